package org.netchannel.specs.tlc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netchannel.specs.Counts;

/** Standard error of the process in which TLC runs: progress, and whatever the JVM has to say. */
final class ErrorOutput {
    private static final int MOST_LINES = 50;
    private static final Pattern PROGRESS =
            Pattern.compile(Pattern.quote(TlcMain.PROGRESS) + "(\\d{1,18}) (\\d{1,18}) (\\d{1,18}) (\\d{1,18})");

    private static final Pattern PROCESSOR_TIME =
            Pattern.compile(Pattern.quote(TlcMain.PROCESSOR_TIME) + "(\\d{1,18})");

    private final Consumer<Counts> onProgress;
    private final Runnable onMark;
    private final Consumer<String> onExpression;
    private final List<String> lines = new ArrayList<>();
    private Counts latest = Counts.NONE;
    private Duration processorTime = Duration.ZERO;
    private long expressions;

    ErrorOutput(Consumer<Counts> onProgress, Runnable onMark, Consumer<String> onExpression) {
        this.onProgress = onProgress;
        this.onMark = onMark;
        this.onExpression = onExpression;
    }

    /** Reads to the end. */
    void read(Reader source) throws IOException {
        BufferedReader reader = new BufferedReader(source);
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            Matcher progress = PROGRESS.matcher(line);
            Matcher time = PROCESSOR_TIME.matcher(line);
            if (progress.matches()) {
                latest = new Counts(
                        number(progress, 1), number(progress, 2), number(progress, 3), number(progress, 4));
                onProgress.accept(latest);
            } else if (line.equals(CheckpointClock.WRITTEN) || line.equals(TlcMain.LISTENING)) {
                onMark.run();
            } else if (line.startsWith(Evaluations.EXPRESSION)) {
                expressions++;
                onExpression.accept(line.substring(Evaluations.EXPRESSION.length()));
            } else if (time.matches()) {
                processorTime = Duration.ofNanos(number(time, 1));
            } else if (lines.size() < MOST_LINES) {
                lines.add(line);
            }
        }
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }

    /** The last progress; read it after {@link #read} has returned. */
    Counts latest() {
        return latest;
    }

    /** What TLC took of the processors; zero when it was killed. Read it after {@link #read} has returned. */
    Duration processorTime() {
        return processorTime;
    }

    /** Of how many expressions TLC told; read it after {@link #read} has returned. */
    long expressions() {
        return expressions;
    }

    /** The first lines that are no progress; read them after {@link #read} has returned. */
    List<String> lines() {
        return lines;
    }
}
