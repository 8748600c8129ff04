package org.netchannel.conformance.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.netchannel.traces.Endpoint;

/**
 * An implementation behind the line protocol: a process for each endpoint. Some are started ahead, because starting one
 * takes longer than most runs. Any thread may call.
 */
public final class ExecImplementation implements Supplier<Endpoint>, AutoCloseable {
    /** What a shell answers for a command that it can't run (POSIX, 2.8.2). */
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final Duration TIME_TO_REFUSE = Duration.ofSeconds(2);

    private final String command;
    private final Duration limit;
    private final int ahead;
    private final ConcurrentLinkedQueue<ExecProcess> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ExecutorService starter =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("exec-starter").factory());

    /**
     * Starts nothing yet.
     *
     * @param command for the shell
     * @param limit the time for each answer
     * @param ahead how many processes to have started before they are needed, 0 and more
     */
    public ExecImplementation(String command, Duration limit, int ahead) {
        this.command = command;
        this.limit = limit;
        this.ahead = ahead;
    }

    /**
     * Says why the command can't be run at all, as the shell says it: that is no fault of an implementation.
     *
     * @return one line, or the empty string when it can be run
     * @throws InterruptedException when the thread is interrupted
     */
    public String problem() throws InterruptedException {
        ExecProcess process = start();
        int status = process.end(TIME_TO_REFUSE);
        process.close();
        boolean unknown = status == NOT_EXECUTABLE || status == NOT_FOUND;
        return unknown ? String.join(" ", process.lastWords()) : "";
    }

    /**
     * Takes an endpoint that is not open yet; to be closed.
     *
     * @return the endpoint
     * @throws UncheckedIOException when this machine does not start the shell
     */
    @Override
    public ExecEndpoint get() {
        ExecProcess process = ready.poll();
        if (process == null) {
            process = start();
        }
        if (!closed.get()) {
            starter.execute(this::startAhead);
        }
        return new ExecEndpoint(process);
    }

    /** The time for each answer. */
    Duration limit() {
        return limit;
    }

    private void startAhead() {
        while (ready.size() < ahead && !closed.get()) {
            ready.add(start());
        }
        if (closed.get()) {
            endReady();
        }
    }

    /** A process of its own, to be closed. */
    ExecProcess start() {
        try {
            return new ExecProcess(command, limit);
        } catch (IOException e) {
            throw new UncheckedIOException("starting '" + command + "'", e);
        }
    }

    private void endReady() {
        for (ExecProcess process = ready.poll(); process != null; process = ready.poll()) {
            process.close(false);
        }
    }

    /** Ends the processes that nobody has taken. */
    @Override
    public void close() {
        closed.set(true);
        endReady();
        starter.shutdown();
    }
}
