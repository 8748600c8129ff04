package org.netchannel.conformance.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.netchannel.traces.Bytes;

/**
 * A process that answers lines by lines. Whatever it does, a question is over within its time: a thread of its own
 * writes and reads, because a process that leaves its pipes to others can block whoever uses them. One thread asks.
 */
final class ExecProcess implements AutoCloseable {
    /** What the process answered. */
    sealed interface Answer {
        /** One line, without its line feed; valid until the next question. */
        record Line(Bytes bytes) implements Answer {}

        /**
         * No line, and there will be none any more.
         *
         * @param problem what happened instead
         * @param written the beginning of what the process wrote instead, possibly nothing
         */
        record None(String problem, Bytes written) implements Answer {}
    }

    /** How the problem begins when no answer came in time. */
    static final String HUNG = "it did not answer within ";

    private record Question(byte[] lines, int longestAnswer, int answers) {}

    private static final Question LAST = new Question(new byte[0], 0, 0);
    private static final Duration DEATH = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final Process process;
    private final Duration limit;
    private final StandardErrorTail errors;
    private final LinkedTransferQueue<Question> questions = new LinkedTransferQueue<>();
    private final LinkedTransferQueue<Answer> answers = new LinkedTransferQueue<>();

    /**
     * Starts a process.
     *
     * @param command for the shell
     * @param limit the time for each answer
     * @throws IOException when the machine does not start it
     */
    ExecProcess(String command, Duration limit) throws IOException {
        this.limit = limit;
        this.process = LivingProcesses.start(List.of("/bin/sh", "-c", command));
        this.errors = new StandardErrorTail(process.getErrorStream());
        Thread.ofPlatform().daemon().name("exec-" + process.pid()).start(this::converse);
    }

    /** Asks, and waits for the answer. Not to be called again after an answer that was none. */
    Answer ask(byte[] line, int longestAnswer) throws InterruptedException {
        questions.add(new Question(line, longestAnswer, 1));
        return next();
    }

    /** Asks several at once; {@link #next} waits for each answer. All answers together must fit into a pipe. */
    void askAll(byte[] lines, int count, int longestAnswer) {
        questions.add(new Question(lines, longestAnswer, count));
    }

    /** Waits for the next answer. */
    Answer next() throws InterruptedException {
        Answer answer = answers.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        return answer != null
                ? answer
                : new Answer.None(HUNG + limit.toMillis() / 1000.0 + " s", Bytes.EMPTY);
    }

    /** What it wrote to standard error, the last of it. */
    List<String> lastWords() throws InterruptedException {
        errors.awaitEnd(LAST_WORDS);
        return errors.lines();
    }

    /** Ends its input and waits for its end; the exit status, or -1 when it does not end in time. */
    int end(Duration time) throws InterruptedException {
        questions.add(LAST);
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS) ? process.exitValue() : -1;
    }

    private void converse() {
        LineReader reader = new LineReader(process.getInputStream());
        try (OutputStream out = process.getOutputStream()) {
            for (Question question = questions.take(); question != LAST; question = questions.take()) {
                converse(question, reader, out);
            }
        } catch (IOException e) {
            answers.add(new Answer.None(ending("its standard input"), Bytes.EMPTY));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void converse(Question question, LineReader reader, OutputStream out) throws IOException {
        if (hasMore(reader)) {
            LineReader.Read more = reader.next(question.longestAnswer());
            answers.add(new Answer.None("it wrote more than one line for the request before", bytes(more)));
            return;
        }
        out.write(question.lines());
        out.flush();
        for (int i = 0; i < question.answers(); i++) {
            answers.add(answer(question, reader));
        }
    }

    private Answer answer(Question question, LineReader reader) throws IOException {
        return switch (reader.next(question.longestAnswer())) {
            case LineReader.Read.Line(Bytes bytes) -> new Answer.Line(question.answers() == 1 ? bytes : copy(bytes));
            case LineReader.Read.NoLine(LineReader.End end, Bytes beginning) -> new Answer.None(switch (end) {
                case NOTHING -> ending("its standard output");
                case WITHIN -> ending("its standard output") + ", within a line";
                case TOO_LONG -> "it answered a line of more than " + question.longestAnswer() + " bytes";
            }, beginning);
        };
    }

    private static Bytes copy(Bytes bytes) {
        return Bytes.of(bytes.toArray());
    }

    private static boolean hasMore(LineReader reader) {
        try {
            return reader.hasMore();
        } catch (IOException e) { // the other end of the pipe is gone: writing will tell
            return false;
        }
    }

    private static Bytes bytes(LineReader.Read read) {
        return switch (read) {
            case LineReader.Read.Line(Bytes bytes) -> bytes;
            case LineReader.Read.NoLine(LineReader.End end, Bytes beginning) -> beginning;
        };
    }

    private String ending(String pipe) {
        try {
            boolean over = process.waitFor(DEATH.toNanos(), TimeUnit.NANOSECONDS);
            return over ? "it ended without an answer, with exit status " + process.exitValue()
                    : "it has closed " + pipe + ", and lives on";
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /** Ends the process: by the end of its input when it was good, at once when it was not. */
    void close(boolean atOnce) {
        questions.add(LAST);
        keepLastWords();
        LivingProcesses.end(process, atOnce);
    }

    /** What a process that has ended wrote may not have been read yet, and is lost when its pipes are closed. */
    private void keepLastWords() {
        try {
            if (!process.isAlive()) {
                errors.awaitEnd(LAST_WORDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        close(true);
    }

    /** The process, and what it has started as far as one can see. */
    List<ProcessHandle> handles() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }
}
