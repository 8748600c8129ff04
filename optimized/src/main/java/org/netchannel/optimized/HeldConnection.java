package org.netchannel.optimized;

import java.io.IOException;
import java.util.List;
import org.netchannel.optimized.Connection.Holder;
import org.netchannel.traces.ErrorCode;

/** A connection as the socket of an application holds it: what both halves of the socket need. */
final class HeldConnection {
    /** A copy of at most so many bytes is made within one turn; longer ones outside, so that nobody waits for them. */
    static final int SMALL = 8_192;

    final Connection connection;
    final HostCore host;
    final Turn turn;
    /** The socket number. */
    final int number;
    /** Null for a stack that leaves no trace. */
    final Tap tap;
    /** Who helps with large copies, possibly nobody. */
    final List<CopyWorker> copyWorkers;
    private final NetStack stack;

    HeldConnection(NetStack stack, Connection connection, int number, List<CopyWorker> copyWorkers) {
        this.stack = stack;
        this.connection = connection;
        this.host = stack.host();
        this.turn = stack.turn();
        this.number = number;
        this.tap = stack.tap();
        this.copyWorkers = copyWorkers;
    }

    boolean isOf(NetStack other) {
        return stack == other;
    }

    /** A socket of the application has it; false after close and abort. */
    boolean isHeld() {
        return connection.holder == Holder.SOCKET;
    }

    /** With the turn: how the connection ended, if it did (protocol.md section 10). */
    void throwIfEnded() throws IOException {
        if (!isHeld()) {
            throw connection.isReclaimed
                    ? new VirtualSocketException(connection.error, connection.reason)
                    : new VirtualSocketException(ErrorCode.NO_SUCH_SOCKET, null);
        }
        if (connection.error != null) {
            throw new VirtualSocketException(connection.error, connection.reason);
        }
        stack.threads().requireRunning();
    }

    /** With the turn: {@link #throwIfEnded} would throw. */
    boolean hasEnded() {
        return connection.error != null || !isHeld() || stack.threads().hasEnded();
    }

    /** With the turn: a copy of so many bytes is made with it. */
    boolean isCopiedAtOnce(int bytes) {
        return bytes <= SMALL || !turn.hasThreads();
    }

    /** Waits, with the turn, until the connection may have changed. */
    void await(long mostNs) throws IOException {
        stack.threads().await(connection.waiters, mostNs);
    }

    /** Something was sent: without a thread that takes it from here, the caller does. */
    void goOn() {
        stack.threads().goOn();
    }
}
