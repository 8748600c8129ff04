package org.netchannel.optimized;

/**
 * A timer of a connection, or of an answer that waits. It knows its own place in the {@link TimerQueue}, so that moving
 * it needs no search.
 */
final class Timer {
    /** The deadline of a timer that does not run. */
    static final long NEVER = Long.MAX_VALUE;

    /** What happens on expiry. */
    enum Kind {
        /** Connect gives up (NC-HS-6). */
        CONNECT,
        /** STOP is sent (NC-HOL-4). */
        HEAD_OF_LINE,
        /** ACK is sent (NC-DATA-5). */
        ACKNOWLEDGEMENT,
        /** The connection is reset for want of a channel (NC-FAIL-1). */
        CHANNEL_LOST,
        /** The merged RST goes out (NC-HS-7). */
        ANSWER
    }

    final Kind kind;
    /** The connection, or null for an answer. */
    final Connection connection;
    /** The answer, or null for a connection. */
    final Answer answer;
    private long deadline = NEVER;
    /** Where the queue has filed it: at its deadline or earlier. */
    long filedAt = NEVER;
    /** Index in the queue, or -1 when it is in none. */
    int index = -1;

    Timer(Kind kind, Connection connection) {
        this.kind = kind;
        this.connection = connection;
        this.answer = null;
    }

    Timer(Answer answer) {
        this.kind = Kind.ANSWER;
        this.connection = null;
        this.answer = answer;
    }

    /** In nanoseconds of this host, or {@link #NEVER}. */
    long deadline() {
        return deadline;
    }

    boolean isRunning() {
        return deadline != NEVER;
    }

    /** It does not expire any more; it stays filed, so that starting it again costs nothing. */
    void stop() {
        deadline = NEVER;
    }

    void runUntil(long nanos) {
        deadline = nanos;
    }
}
