package org.netchannel.optimized;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Reason;

/**
 * One end of a connection, for an application (protocol.md section 10). One thread sends and one receives, the same or
 * another; any thread may close. Bytes are copied once each way, or not at all: a {@link SegmentClaim} is filled where
 * it is sent from, a {@link SegmentView} shows bytes where they were received. Calls without "try" wait: for the
 * stack's own threads, or, where it has none, by doing their work. A {@link Poller} tells which of many sockets is
 * ready.
 */
public final class VirtualSocket implements Closeable {
    private final HeldConnection held;
    private final Connection connection;
    private final HostCore host;
    private final Turn turn;
    private final SendingHalf sending;
    private final ReceivingHalf receiving;

    VirtualSocket(NetStack stack, Connection connection, int number) {
        this(stack, connection, number, stack.copyWorkers());
    }

    VirtualSocket(NetStack stack, Connection connection, int number, List<CopyWorker> copyWorkers) {
        this.held = new HeldConnection(stack, connection, number, copyWorkers);
        this.connection = connection;
        this.host = held.host;
        this.turn = held.turn;
        this.sending = new SendingHalf(held);
        this.receiving = new ReceivingHalf(held);
    }

    /**
     * The connection's id.
     *
     * @return never 0
     */
    public long connection() {
        return connection.id;
    }

    /**
     * This end's virtual port.
     *
     * @return 1 to 65,535
     */
    public int localPort() {
        return connection.localPort;
    }

    /**
     * The peer's virtual port.
     *
     * @return 1 to 65,535
     */
    public int remotePort() {
        return connection.remotePort;
    }

    /**
     * What kind of channels carry it (NC-SCH-1).
     *
     * @return LATENCY or THROUGHPUT
     */
    public ChannelClass trafficClass() {
        return connection.trafficClass;
    }

    /**
     * How far the connection has come.
     *
     * @return SYN_SENT, ESTABLISHED or CLOSED
     */
    public State state() {
        turn.enter();
        try {
            return connection.state;
        } finally {
            turn.leave();
        }
    }

    /**
     * Whether the peer has accepted, after {@link NetStack#startConnecting} (NC-HS-3).
     *
     * @return true when the connection is open or has been, false in SYN_SENT
     * @throws IOException REFUSED, TIMEOUT or RESET, see {@link VirtualSocketException}; or the stack was closed
     */
    public boolean tryFinishConnecting() throws IOException {
        turn.enter();
        try {
            return isConnected();
        } finally {
            turn.leave();
        }
    }

    private boolean isConnected() throws IOException {
        held.throwIfEnded();
        return connection.state != State.SYN_SENT;
    }

    /**
     * Waits until the peer has accepted, after {@link NetStack#startConnecting} (NC-HS-3).
     *
     * @throws IOException as {@link #tryFinishConnecting}; or the thread was interrupted
     */
    public void finishConnecting() throws IOException {
        finishConnecting(Long.MAX_VALUE);
    }

    /**
     * Waits until the peer has accepted, or so long.
     *
     * @param mostNs the most to wait, in nanoseconds
     * @return whether the peer has accepted
     * @throws IOException as {@link #tryFinishConnecting}; or the thread was interrupted
     */
    public boolean finishConnecting(long mostNs) throws IOException {
        long began = System.nanoTime();
        turn.enter();
        try {
            long left = mostNs;
            while (!isConnected() && left > 0) {
                held.await(left);
                left = mostNs - (System.nanoTime() - began);
            }
            return isConnected();
        } finally {
            turn.leave();
        }
    }

    /**
     * Sends what the send buffer has room for (NC-DATA-3).
     *
     * @param source the bytes; its position says how many were taken
     * @return how many, possibly 0
     * @throws IOException RESET, REFUSED, TIMEOUT, or NOT_CONNECTED after {@link #shutdown}, see
     *     {@link VirtualSocketException}; or the stack was closed
     */
    public int trySend(ByteBuffer source) throws IOException {
        return sending.trySend(source);
    }

    /**
     * Sends what the send buffer has room for, of one buffer after the other.
     *
     * @param sources the bytes; positions say how many were taken
     * @param from index of the first buffer
     * @param count how many buffers
     * @return how many bytes, possibly 0
     * @throws IOException as {@link #trySend(ByteBuffer)}
     */
    public int trySend(ByteBuffer[] sources, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, sources.length);
        return sending.trySend(sources, from, count);
    }

    /**
     * Sends all bytes, waiting for room as often as it takes.
     *
     * @param source the bytes
     * @throws IOException as {@link #trySend(ByteBuffer)}; or the thread was interrupted
     */
    public void send(ByteBuffer source) throws IOException {
        sending.send(source);
    }

    /**
     * Sends all bytes of one buffer after the other, waiting for room as often as it takes.
     *
     * @param sources the bytes
     * @param from index of the first buffer
     * @param count how many buffers
     * @throws IOException as {@link #trySend(ByteBuffer)}; or the thread was interrupted
     */
    public void send(ByteBuffer[] sources, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, sources.length);
        sending.send(sources, from, count);
    }

    /**
     * Claims memory to write into, and as much of the send buffer.
     *
     * @param claim gets it, holds none yet
     * @param bytes how much is wanted, at least 1; no claim is larger than one packet, 65,496 bytes
     * @return how much was claimed, 0 for none now
     * @throws IOException as {@link #trySend(ByteBuffer)}
     * @throws IllegalStateException when the claim before is neither committed nor aborted
     */
    public int tryClaim(SegmentClaim claim, int bytes) throws IOException {
        require(claim, bytes);
        return sending.tryClaim(claim, bytes);
    }

    /**
     * Claims memory to write into, waiting for some if need be.
     *
     * @param claim gets it, holds none yet
     * @param bytes how much is wanted, at least 1; no claim is larger than one packet, 65,496 bytes
     * @return how much was claimed, at least 1
     * @throws IOException as {@link #trySend(ByteBuffer)}; or the thread was interrupted
     * @throws IllegalStateException when the claim before is neither committed nor aborted
     */
    public int claim(SegmentClaim claim, int bytes) throws IOException {
        require(claim, bytes);
        return sending.claim(claim, bytes);
    }

    private static void require(SegmentClaim claim, int bytes) {
        claim.requireNone();
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes is " + bytes + ", legal is at least 1");
        }
    }

    /**
     * Receives what is there (NC-DATA-1).
     *
     * @param target gets the bytes; has to have room for at least one
     * @return how many, 0 for none yet, -1 at end-of-stream (NC-FIN-2)
     * @throws IOException RESET, REFUSED or TIMEOUT, see {@link VirtualSocketException}, or the stack was closed; after
     *     everything in sequence was received (NC-RST-1)
     * @throws IllegalStateException when views of bytes before these are not released
     */
    public int tryReceive(ByteBuffer target) throws IOException {
        return receiving.tryReceive(target);
    }

    /**
     * Receives what is there, into one buffer after the other.
     *
     * @param targets get the bytes; together they have to have room for at least one
     * @param from index of the first buffer
     * @param count how many buffers
     * @return how many bytes, 0 for none yet, -1 at end-of-stream (NC-FIN-2)
     * @throws IOException as {@link #tryReceive(ByteBuffer)}
     * @throws IllegalStateException when views of bytes before these are not released
     */
    public int tryReceive(ByteBuffer[] targets, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, targets.length);
        return receiving.tryReceive(targets, from, count);
    }

    /**
     * Shows the bytes that come next, as far as they lie together.
     *
     * @param view shows them, and nothing before
     * @return how many, 0 for none yet, -1 at end-of-stream (NC-FIN-2)
     * @throws IOException as {@link #tryReceive(ByteBuffer)}
     * @throws IllegalStateException when what the view showed before was not released
     */
    public int tryReceive(SegmentView view) throws IOException {
        view.requireNone();
        return receiving.tryReceive(view);
    }

    /**
     * Shows the bytes that come next, in as many views as it takes.
     *
     * @param views show them, those first that come first, and nothing before; some may still show nothing after it
     * @param from index of the first view
     * @param count how many views, at least 1
     * @return how many bytes, 0 for none yet, -1 at end-of-stream (NC-FIN-2)
     * @throws IOException as {@link #tryReceive(ByteBuffer)}
     * @throws IllegalStateException when what a view showed before was not released
     */
    public int tryReceive(SegmentView[] views, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, views.length);
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + ", legal is at least 1");
        }
        for (int i = from; i < from + count; i++) {
            views[i].requireNone();
        }
        return receiving.tryReceive(views, from, count);
    }

    /**
     * Receives at least one byte, waiting for it if need be.
     *
     * @param target gets the bytes; has to have room for at least one
     * @return how many, or -1 at end-of-stream
     * @throws IOException as {@link #tryReceive(ByteBuffer)}; or the thread was interrupted
     */
    public int receive(ByteBuffer target) throws IOException {
        return receiving.receive(target, Long.MAX_VALUE);
    }

    /**
     * Receives what is there, waiting for the first byte for so long.
     *
     * @param target gets the bytes; has to have room for at least one
     * @param mostNs the most to wait, in nanoseconds
     * @return how many, 0 when none has come in time, -1 at end-of-stream
     * @throws IOException as {@link #tryReceive(ByteBuffer)}; or the thread was interrupted
     */
    public int receive(ByteBuffer target, long mostNs) throws IOException {
        return receiving.receive(target, mostNs);
    }

    /**
     * Receives at least one byte, into one buffer after the other, waiting for it if need be.
     *
     * @param targets get the bytes; together they have to have room for at least one
     * @param from index of the first buffer
     * @param count how many buffers
     * @return how many bytes, or -1 at end-of-stream
     * @throws IOException as {@link #tryReceive(ByteBuffer)}; or the thread was interrupted
     */
    public int receive(ByteBuffer[] targets, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, targets.length);
        return receiving.receive(targets, from, count);
    }

    /**
     * Shows at least one byte, waiting for it if need be.
     *
     * @param view shows what comes next, and nothing before
     * @return how many bytes, or -1 at end-of-stream
     * @throws IOException as {@link #tryReceive(ByteBuffer)}; or the thread was interrupted
     */
    public int receive(SegmentView view) throws IOException {
        view.requireNone();
        return receiving.receive(view);
    }

    /**
     * Ends reading, for this end only: calls answer end-of-stream, what comes stays unread, and {@link #close} resets
     * the connection then (NC-FIN-4). Who waits for bytes hears it.
     */
    public void shutdownInput() {
        turn.enter();
        try {
            receiving.shut();
        } finally {
            turn.leave();
        }
    }

    /** Ends the sending direction; what was sent before still arrives (NC-FIN-1). */
    public void shutdown() {
        turn.enter();
        try {
            if (held.isHeld()) {
                host.closing.shutdown(connection);
                if (held.tap != null) {
                    held.tap.shutdown(held.number);
                }
            }
        } finally {
            turn.leave();
        }
    }

    /**
     * Ends sending and reading; what was sent before still arrives, unless bytes were left unread (NC-FIN-4). When it
     * returns, nothing is written to a buffer that another thread receives into.
     */
    @Override
    public void close() {
        release(false);
    }

    /** Resets the connection with ABORTED (NC-RST-1). */
    public void abort() {
        release(true);
    }

    private void release(boolean abort) {
        turn.enter();
        try {
            receiving.leave();
            if (held.isHeld()) {
                host.sockets.forget(held.number);
                release(held.tap, abort);
            }
            connection.waiters.end();
        } finally {
            turn.leave();
        }
    }

    boolean isOf(NetStack other) {
        return held.isOf(other);
    }

    Waiters waiters() {
        return connection.waiters;
    }

    /** With the turn: not closed here. */
    boolean isOpen() {
        return held.isHeld();
    }

    /** With the turn: what calls would not wait for now, as {@link PollKey} says. */
    int readiness() {
        if (connection.state == State.SYN_SENT && !held.hasEnded()) {
            return 0;
        }
        return PollKey.CONNECTED | (receiving.isReady() ? PollKey.READABLE : 0)
                | (sending.isReady() ? PollKey.WRITABLE : 0);
    }

    private void release(Tap tap, boolean abort) {
        if (abort) {
            host.closing.release(connection, Reason.ABORTED);
        } else {
            host.closing.close(connection);
        }
        if (tap != null && abort) {
            tap.abort(held.number);
        } else if (tap != null) {
            tap.close(held.number);
        }
    }
}
