package org.netchannel.optimized;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.netchannel.optimized.Connection.Fin;
import org.netchannel.optimized.Connection.Holder;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Reason;

/**
 * One end of a connection, for an application (protocol.md section 10). One thread sends and one receives, the same or
 * another; any thread may close. Bytes are copied once each way. Calls without "try" wait: for the stack's own threads,
 * or, where it has none, by doing their work.
 */
public final class VirtualSocket implements Closeable {
    /** A copy of at most so many bytes is made within one turn; longer ones outside, so that nobody waits for them. */
    private static final int SMALL = 8_192;
    private static final int MOST_PIECES = 16;
    /** What is longer is copied in parts, so that the peer has something to do meanwhile. */
    private static final int MOST_COPIED = 4 * Wire.MAX_PAYLOAD;
    /** How often a sender looks again whether there is memory: nobody tells it. */
    private static final long MEMORY_NS = 100_000;

    private final NetStack stack;
    private final HostCore host;
    private final Connection connection;
    private final int number;
    private final SegmentChain sending;
    private final Segment[] segments = new Segment[MOST_PIECES];
    private final int[] starts = new int[MOST_PIECES];
    private final int[] lengths = new int[MOST_PIECES];

    VirtualSocket(NetStack stack, Connection connection, int number) {
        this.stack = stack;
        this.host = stack.host();
        this.connection = connection;
        this.number = number;
        this.sending = new SegmentChain(host.segments);
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
     * How far the connection has come.
     *
     * @return SYN_SENT, ESTABLISHED or CLOSED
     */
    public State state() {
        stack.turn().enter();
        try {
            return connection.state;
        } finally {
            stack.turn().leave();
        }
    }

    /** Waits until the connection is open (NC-HS-3). */
    void awaitOpen() throws IOException {
        stack.turn().enter();
        try {
            while (connection.state == State.SYN_SENT) {
                stack.await(connection.waiters, Long.MAX_VALUE);
            }
            throwIfEnded();
        } finally {
            stack.turn().leave();
        }
    }

    /**
     * Sends what the send buffer has room for (NC-DATA-3).
     *
     * @param source the bytes; its position says how many were taken
     * @return how many, possibly 0
     * @throws VirtualSocketException RESET, REFUSED, TIMEOUT, or NOT_CONNECTED after {@link #shutdown}
     */
    public int trySend(ByteBuffer source) throws VirtualSocketException {
        stack.turn().enter();
        int room;
        try {
            room = (int) Math.min(Math.min(roomToSend(), source.remaining()), MOST_COPIED);
            if (room <= SMALL || !stack.turn().hasThreads()) {
                return sendNow(source, room);
            }
        } finally {
            stack.turn().leave();
        }
        copy(source, room);
        stack.turn().enter();
        try {
            return sendCopied(source);
        } finally {
            stack.turn().leave();
        }
    }

    private long roomToSend() throws VirtualSocketException {
        if (connection.fin != Fin.OPEN && connection.error == null) {
            throw new VirtualSocketException(ErrorCode.NOT_CONNECTED, null);
        }
        throwIfEnded();
        return host.delivery.room(connection);
    }

    private void throwIfEnded() throws VirtualSocketException {
        if (connection.holder == Holder.NOBODY) {
            throw new VirtualSocketException(ErrorCode.NO_SUCH_SOCKET, null);
        }
        if (connection.error != null) {
            throw new VirtualSocketException(connection.error, connection.reason);
        }
    }

    private int sendNow(ByteBuffer source, int room) throws VirtualSocketException {
        if (room == 0) {
            return 0;
        }
        copy(source, room);
        return sendCopied(source);
    }

    private void copy(ByteBuffer source, int room) {
        int limit = source.limit();
        source.limit(source.position() + room);
        sending.put(source);
        source.limit(limit);
    }

    private int sendCopied(ByteBuffer source) throws VirtualSocketException {
        int taken = sending.length();
        Segment chain = sending.take();
        if (connection.isEstablished() && connection.fin == Fin.OPEN) {
            if (chain != null) {
                host.delivery.send(connection, chain);
                if (stack.tap() != null) {
                    stack.tap().send(number, source, taken);
                }
            }
            return taken;
        }
        source.position(source.position() - taken);
        while (chain != null) {
            Segment next = chain.next;
            chain.release();
            chain = next;
        }
        roomToSend();
        return 0;
    }

    /**
     * Sends all bytes, waiting for room as often as it takes.
     *
     * @param source the bytes
     * @throws IOException as {@link #trySend}; or the thread was interrupted
     */
    public void send(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (trySend(source) == 0) {
                awaitRoom();
            } else {
                stack.goOn();
            }
        }
    }

    private void awaitRoom() throws IOException {
        stack.turn().enter();
        try {
            stack.await(connection.waiters, roomToSend() == 0 ? Long.MAX_VALUE : MEMORY_NS);
        } finally {
            stack.turn().leave();
        }
    }

    /**
     * Receives what is there (NC-DATA-1).
     *
     * @param target gets the bytes; has to have room for at least one
     * @return how many, 0 for none yet, -1 at end-of-stream (NC-FIN-2)
     * @throws VirtualSocketException RESET, REFUSED or TIMEOUT, after everything in sequence was received (NC-RST-1)
     */
    public int tryReceive(ByteBuffer target) throws VirtualSocketException {
        if (!target.hasRemaining()) {
            throw new IllegalArgumentException("target has no room, legal is at least 1 byte");
        }
        stack.turn().enter();
        int count;
        try {
            long readable = connection.receiving.readable();
            if (readable == 0) {
                return nothingToRead();
            }
            int most = (int) Math.min(readable, target.remaining());
            if (most <= SMALL || !stack.turn().hasThreads()) {
                return receiveNow(target, most);
            }
            count = keep(most);
        } finally {
            stack.turn().leave();
        }
        int copied = copyKept(target, count);
        stack.turn().enter();
        try {
            if (connection.holder != Holder.NOBODY) {
                consume(target, copied);
            }
            return copied;
        } finally {
            stack.turn().leave();
        }
    }

    private int nothingToRead() throws VirtualSocketException {
        if (connection.isFinReceived() && connection.holder != Holder.NOBODY) {
            if (stack.tap() != null) {
                stack.tap().end(number);
            }
            return -1;
        }
        throwIfEnded();
        return 0;
    }

    private int receiveNow(ByteBuffer target, int most) {
        int left = most;
        for (Piece piece = connection.receiving.firstReadable(); left > 0; piece = piece.next) {
            int length = Math.min(piece.length, left);
            copy(target, piece.segment, piece.at, length);
            left -= length;
        }
        consume(target, most);
        return most;
    }

    private void consume(ByteBuffer target, int count) {
        host.delivery.consume(connection, count);
        if (stack.tap() != null) {
            stack.tap().receive(number, target, count);
        }
    }

    private static void copy(ByteBuffer target, Segment segment, int at, int length) {
        target.put(target.position(), segment.bytes(), at, length);
        target.position(target.position() + length);
    }

    /** Notes the first pieces, so that they can be copied without the turn; they stay where they are. */
    private int keep(int most) {
        int count = 0;
        int left = most;
        for (Piece piece = connection.receiving.firstReadable(); left > 0 && count < MOST_PIECES; piece = piece.next) {
            piece.segment.retain();
            segments[count] = piece.segment;
            starts[count] = piece.at;
            lengths[count] = Math.min(piece.length, left);
            left -= lengths[count++];
        }
        return count;
    }

    private int copyKept(ByteBuffer target, int count) {
        int copied = 0;
        for (int i = 0; i < count; i++) {
            copy(target, segments[i], starts[i], lengths[i]);
            segments[i].release();
            segments[i] = null;
            copied += lengths[i];
        }
        return copied;
    }

    /**
     * Receives at least one byte, waiting for it if need be.
     *
     * @param target gets the bytes; has to have room for at least one
     * @return how many, or -1 at end-of-stream
     * @throws IOException as {@link #tryReceive}; or the thread was interrupted
     */
    public int receive(ByteBuffer target) throws IOException {
        int count = tryReceive(target);
        while (count == 0) {
            awaitReadable();
            count = tryReceive(target);
        }
        return count;
    }

    private void awaitReadable() throws IOException {
        stack.turn().enter();
        try {
            if (connection.receiving.readable() == 0 && nothingToRead() == 0) {
                stack.await(connection.waiters, Long.MAX_VALUE);
            }
        } finally {
            stack.turn().leave();
        }
    }

    /** Ends the sending direction; what was sent before still arrives (NC-FIN-1). */
    public void shutdown() {
        stack.turn().enter();
        try {
            if (connection.holder == Holder.SOCKET) {
                host.closing.shutdown(connection);
                if (stack.tap() != null) {
                    stack.tap().shutdown(number);
                }
            }
        } finally {
            stack.turn().leave();
        }
    }

    /** Ends sending and reading; what was sent before still arrives, unless bytes were left unread (NC-FIN-4). */
    @Override
    public void close() {
        release(false);
    }

    /** Resets the connection with ABORTED (NC-RST-1). */
    public void abort() {
        release(true);
    }

    private void release(boolean abort) {
        stack.turn().enter();
        try {
            if (connection.holder == Holder.SOCKET) {
                host.sockets.forget(number);
                release(stack.tap(), abort);
                connection.waiters.wake();
            }
        } finally {
            stack.turn().leave();
        }
    }

    private void release(Tap tap, boolean abort) {
        if (abort) {
            host.closing.release(connection, Reason.ABORTED);
        } else {
            host.closing.close(connection);
        }
        if (tap != null && abort) {
            tap.abort(number);
        } else if (tap != null) {
            tap.close(number);
        }
    }
}
