package org.netchannel.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Shows on standard error how far a long job is: on a terminal in one line that changes, elsewhere in a line now and
 * then. Any thread may call.
 */
public final class Progress {
    private static final long TERMINAL_NANOS = 100_000_000;
    private static final long ELSEWHERE_NANOS = 15_000_000_000L;
    private static final int WIDTH = 110;

    private final PrintWriter err;
    private final boolean terminal;
    private long shownNs;
    private boolean dirty;

    /**
     * Shows nothing yet.
     *
     * @param err standard error
     * @param terminal whether a person sees it as it comes
     */
    public Progress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
        this.shownNs = System.nanoTime() - ELSEWHERE_NANOS;
    }

    /** Shows on the standard error of a command. */
    static Progress onStandardError(CommandSpec spec) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new Progress(spec.commandLine().getErr(), terminal);
    }

    /**
     * A line about how far the job is; may be left out when the last one is young.
     *
     * @param text what to show
     */
    public synchronized void show(String text) {
        long nowNs = System.nanoTime();
        if (nowNs - shownNs < (terminal ? TERMINAL_NANOS : ELSEWHERE_NANOS)) {
            return;
        }
        shownNs = nowNs;
        if (terminal) {
            err.print("\r\u001b[K" + text.substring(0, Math.min(text.length(), WIDTH)));
            err.flush();
            dirty = true;
        } else {
            err.println(text);
        }
    }

    /** Makes room for lines that stay. */
    public synchronized void clear() {
        if (dirty) {
            err.print("\r\u001b[K");
            err.flush();
            dirty = false;
        }
        shownNs = System.nanoTime() - ELSEWHERE_NANOS;
    }
}
