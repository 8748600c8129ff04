package org.netchannel.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;

/** A channel that is one connection of a TCP in user space, on a device of DPDK. The thread of its link calls. */
final class DpdkDriver implements ChannelDriver {
    private final TcpConnection connection;
    private final DpdkHost host;
    private final DpdkSender sender;
    private final DpdkReceiver receiver;
    private boolean closed;
    private IOException failure;

    /**
     * Takes over a connection.
     *
     * @param connection established; closed with the driver
     * @param hello the first packet, which was read already; empty when it was not
     */
    DpdkDriver(TcpConnection connection, DpdkHost host, SegmentPool segments, ReceivedSegments views,
            ByteBuffer hello) {
        this.connection = connection;
        this.host = host;
        this.sender = new DpdkSender(connection);
        this.receiver = new DpdkReceiver(connection, segments, views, hello);
    }

    @Override
    public int fetch() {
        if (failure == null) {
            failure = problem();
        }
        return closed ? 0 : receiver.fetch();
    }

    private IOException problem() {
        if (connection.failure() != null) {
            return new IOException("channel over " + host + ": " + switch (connection.failure()) {
                case REFUSED -> "the peer refused the connection";
                case RESET -> "the peer has reset the connection";
                case TIMEOUT -> "the peer does not answer";
                case ABORTED -> "the connection was given up";
            });
        }
        String down = host.problem();
        return down == null ? null : new IOException("channel over " + host + ": " + down);
    }

    @Override
    public boolean hasNews() {
        return closed || failure != null || receiver.hasPacket() || isOver();
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
        return closed ? 0 : sender.flush();
    }

    @Override
    public boolean isFlushed() {
        return closed || failure != null || sender.isEmpty();
    }

    /** What arrived before the failure is read first. */
    @Override
    public boolean hasFailed() {
        return closed || receiver.isEmpty() && (failure != null || isOver());
    }

    /** The peer will send nothing any more. */
    private boolean isOver() {
        State state = connection.state();
        return state == State.CLOSE_WAIT || state == State.CLOSED;
    }

    @Override
    public IOException failure() {
        return failure;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sender.close();
            receiver.close();
            connection.close();
        }
    }
}
