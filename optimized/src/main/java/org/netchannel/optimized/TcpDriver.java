package org.netchannel.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A channel that is one TCP connection of the kernel's: not blocking, many packets in one call each way. */
final class TcpDriver implements ChannelDriver {
    private final SocketChannel socket;
    private final TcpSender sender;
    private final TcpReceiver receiver;
    private boolean failed;
    private IOException failure;

    /**
     * Takes over a connection.
     *
     * @param socket connected, not blocking; closed with the driver
     * @param segments where payload is put
     * @param begun what was read of the stream already, from position to limit; a whole packet at most
     */
    TcpDriver(SocketChannel socket, SegmentPool segments, ByteBuffer begun) {
        this.socket = socket;
        this.sender = new TcpSender(socket);
        this.receiver = new TcpReceiver(socket, segments, begun);
    }

    @Override
    public int fetch() {
        try {
            int count = failed ? 0 : receiver.fetch();
            failed |= count < 0;
            return Math.max(count, 0);
        } catch (IOException e) {
            // Reset by the peer, unreachable, ...: to a channel it is all the same, it has failed (NC-CH-1).
            return fail(e);
        }
    }

    @Override
    public boolean hasNews() {
        return failed || receiver.hasPacket();
    }

    @Override
    public Dequeued next(IncomingPacket packet) {
        return receiver.next(packet);
    }

    @Override
    public void release(IncomingPacket packet) {
        receiver.release();
    }

    @Override
    public boolean hasRoom() {
        return sender.hasRoom();
    }

    @Override
    public void enqueue(OutgoingPacket packet) {
        sender.enqueue(packet);
    }

    @Override
    public int flush() {
        try {
            return failed ? 0 : sender.flush();
        } catch (IOException e) {
            return fail(e);
        }
    }

    private int fail(IOException cause) {
        failed = true;
        failure = cause;
        return 0;
    }

    @Override
    public IOException failure() {
        return failure;
    }

    @Override
    public boolean isFlushed() {
        return failed || sender.isEmpty();
    }

    /** What arrived before the failure is read first. */
    @Override
    public boolean hasFailed() {
        return failed && !receiver.hasPacket();
    }

    @Override
    public void close() {
        failed = true;
        sender.close();
        receiver.close();
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as it can be, and nobody can do more about it.
            failed = true;
        }
    }
}
