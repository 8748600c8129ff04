package org.netchannel.optimized;

import org.netchannel.optimized.time.Deadline;

/** A timer of a connection, or of an answer that waits. */
final class Timer extends Deadline {
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
}
