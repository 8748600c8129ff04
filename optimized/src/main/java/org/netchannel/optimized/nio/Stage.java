package org.netchannel.optimized.nio;

import java.nio.channels.SelectionKey;
import org.netchannel.optimized.PollKey;

/** How far a socket channel has come; what a selector can notice about it depends on that. */
enum Stage {
    /** Connect was not called. */
    UNCONNECTED,
    /** Connect was called, and its end was not looked at yet. */
    PENDING,
    /** The peer has accepted. */
    CONNECTED;

    /** What to notice for these operations. */
    int interestFor(int operations) {
        return switch (this) {
            case UNCONNECTED -> 0;
            case PENDING -> one(operations, SelectionKey.OP_CONNECT, PollKey.CONNECTED);
            case CONNECTED -> one(operations, SelectionKey.OP_READ, PollKey.READABLE)
                    | one(operations, SelectionKey.OP_WRITE, PollKey.WRITABLE);
        };
    }

    /** The operations that these readinesses mean. */
    int operationsFor(int readiness) {
        return switch (this) {
            case UNCONNECTED -> 0;
            case PENDING -> one(readiness, PollKey.CONNECTED, SelectionKey.OP_CONNECT);
            case CONNECTED -> one(readiness, PollKey.READABLE, SelectionKey.OP_READ)
                    | one(readiness, PollKey.WRITABLE, SelectionKey.OP_WRITE);
        };
    }

    private static int one(int bits, int bit, int meaning) {
        return (bits & bit) == 0 ? 0 : meaning;
    }
}
