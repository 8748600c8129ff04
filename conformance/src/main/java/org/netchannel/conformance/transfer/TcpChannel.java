package org.netchannel.conformance.transfer;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;

/**
 * A channel that is a TCP connection (protocol.md section 3). Holds at most one batch of packets on their way out and
 * one framer of bytes on their way in. Never blocks. Used by the pump's thread.
 */
final class TcpChannel implements Handler {
    private final int number;
    private final ChannelClass channelClass;
    private final SocketChannel socket;
    private final SelectionKey key;
    private final PacketFramer framer = new PacketFramer();
    private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
    private boolean ended;
    private boolean broken;
    private long seenTouch = -1;

    TcpChannel(Selector selector, SocketChannel socket, int number, ChannelClass channelClass) throws IOException {
        this.number = number;
        this.channelClass = channelClass;
        this.socket = socket;
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey registered = socket.keyFor(selector);
        if (registered == null) {
            registered = socket.register(selector, SelectionKey.OP_READ);
        }
        this.key = registered.interestOps(SelectionKey.OP_READ);
        key.attach(this);
    }

    int number() {
        return number;
    }

    ChannelClass channelClass() {
        return channelClass;
    }

    PacketFramer framer() {
        return framer;
    }

    /** Reads and writes as much as the kernel takes and gives. */
    @Override
    public void ready() {
        if (key.isValid() && key.isReadable()) {
            read();
        }
        if (key.isValid() && key.isWritable()) {
            flush();
        }
    }

    private void read() {
        try {
            ended |= framer.read(socket) < 0;
        } catch (IOException e) { // reset by the peer: the end of a channel is an event, not an error
            broken = true;
        }
    }

    /** Puts packets behind those that are on their way out already. */
    void queue(List<Bytes> packets) {
        for (Bytes packet : packets) {
            unsent.add(ByteBuffer.wrap(packet.array(), packet.from(), packet.length()));
        }
    }

    /**
     * Writes what the kernel takes.
     *
     * @return whether everything queued has been written
     */
    boolean flush() {
        try {
            while (!unsent.isEmpty() && socket.write(unsent.toArray(ByteBuffer[]::new)) > 0) {
                while (!unsent.isEmpty() && !unsent.peek().hasRemaining()) {
                    unsent.remove();
                }
            }
        } catch (IOException e) { // the peer is gone: the end of a channel is an event, not an error
            broken = true;
        }
        return unsent.isEmpty();
    }

    boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    /** Whether the channel has failed, or has ended with everything that came delivered. */
    boolean isOver() {
        return broken || ended && framer.head() == null;
    }

    /** Waits for what can make the channel go on: bytes when there is room for them, room when there are bytes. */
    void awaitMore() {
        boolean wantsBytes = !ended && framer.head() == null;
        key.interestOps((wantsBytes ? SelectionKey.OP_READ : 0) | (unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE));
    }

    /** Whether the endpoint was touched since the channel was last found empty. */
    boolean mayHaveMore(long touches) {
        return seenTouch != touches;
    }

    /** Remembers that the endpoint had nothing more for this channel. */
    void emptyAt(long touches) {
        seenTouch = touches;
    }

    /** Ends the connection; what was written still reaches the peer. */
    void close() throws IOException {
        socket.close();
    }

    /** Ends the connection as a broken cable would: what is on its way is lost, in the middle of a packet. */
    void cut() throws IOException {
        if (!unsent.isEmpty()) {
            ByteBuffer first = unsent.peek().duplicate();
            socket.write(first.limit(first.position() + (first.remaining() + 1) / 2));
        }
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
        broken = true;
    }
}
