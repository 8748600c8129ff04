package org.netchannel.specs.tlc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tlc2.TLCGlobals;
import tlc2.output.EC;
import tlc2.output.MPRecorder;
import tlc2.tool.AbstractChecker;

/**
 * Makes TLC write checkpoints more often than once a minute, and keeps a file that says whether the last one is whole.
 * Runs in the process of TLC: {@link #tick} in the thread that tells progress, {@link #record} in threads of TLC.
 */
final class CheckpointClock extends MPRecorder {
    /** System property: the file that says that a checkpoint is whole. */
    static final String COMPLETE = "netchannel.checkpoint.complete";

    /** System property: milliseconds between two checkpoints. */
    static final String EVERY = "netchannel.checkpoint.every";

    /** The line on standard error after each checkpoint. */
    static final String WRITTEN = "netchannel-checkpoint";

    private final Path complete;
    private final long everyNs;
    private long nextNs;

    CheckpointClock(Path complete, long everyMilliseconds) {
        this.complete = complete;
        everyNs = TimeUnit.MILLISECONDS.toNanos(everyMilliseconds);
        nextNs = System.nanoTime() + everyNs;
    }

    /** Asks for a checkpoint when it is time. */
    void tick(AbstractChecker checker) {
        if (System.nanoTime() - nextNs < 0 || checksTemporalProperties(checker)) {
            return;
        }
        nextNs = System.nanoTime() + everyNs;
        TLCGlobals.forceChkpt();
        // TLC looks once a minute otherwise.
        synchronized (checker) {
            checker.notifyAll();
        }
    }

    /**
     * TLC goes on searching while it writes what it knows of temporal properties, so such a checkpoint may not fit
     * itself.
     */
    private static boolean checksTemporalProperties(AbstractChecker checker) {
        try {
            Field field = AbstractChecker.class.getDeclaredField("checkLiveness");
            field.setAccessible(true);
            return field.getBoolean(checker);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is another TLC: its checker has no checkLiveness", e);
        }
    }

    @Override
    public void record(int code, Object... parameters) {
        try {
            if (code == EC.TLC_CHECKPOINT_START) {
                Files.deleteIfExists(complete);
            } else if (code == EC.TLC_CHECKPOINT_END) {
                Files.writeString(complete, "");
                System.err.println(WRITTEN);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
