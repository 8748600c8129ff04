package org.netchannel.conformance.transfer;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.netchannel.traces.ChannelClass;

/**
 * Opens the channels of a link and opens new ones for those that fail (NC-FAIL-2). Numbers are odd and never used again
 * (NC-CH-2).
 */
final class Dialer implements ChannelSource {
    /** After an attempt that failed, this long passes before the next. */
    static final long RETRY_NANOS = 50_000_000;

    private final SocketAddress peer;
    private final LinkPlan plan;
    private final List<Attempt> due = new ArrayList<>();
    private Selector selector;
    private Opened opened;
    private int nextNumber = 1;
    private long nowNs;

    /**
     * A dialer that has not dialed yet.
     *
     * @param peer where the accepting host listens
     * @param plan how many channels there are to be
     */
    Dialer(SocketAddress peer, LinkPlan plan) {
        this.peer = peer;
        this.plan = plan;
    }

    @Override
    public void begin(Selector pumpSelector, Opened whenOpened, long now) {
        selector = pumpSelector;
        opened = whenOpened;
        nowNs = now;
        want(ChannelClass.CONTROL, 1);
        want(ChannelClass.LATENCY, plan.latency());
        want(ChannelClass.THROUGHPUT, plan.throughput());
    }

    private void want(ChannelClass channelClass, int count) {
        for (int i = 0; i < count; i++) {
            due.add(new Attempt(nextNumber, channelClass));
            nextNumber += 2;
        }
    }

    @Override
    public void turn(long now) throws IOException {
        nowNs = now;
        for (Attempt attempt : List.copyOf(due)) {
            if (now - attempt.notBeforeNs >= 0) {
                due.remove(attempt);
                attempt.begin();
            }
        }
    }

    @Override
    public void over(TcpChannel channel) {
        want(channel.channelClass(), 1);
    }

    @Override
    public void close() {
        // sockets that are being opened are closed with the selector's keys
    }

    /** A channel that is to be opened: tried until it is. */
    private final class Attempt implements Handler {
        private final int number;
        private final ChannelClass channelClass;
        private long notBeforeNs = nowNs;
        private SocketChannel socket;

        Attempt(int number, ChannelClass channelClass) {
            this.number = number;
            this.channelClass = channelClass;
        }

        void begin() throws IOException {
            socket = SocketChannel.open();
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_CONNECT, this);
            try {
                if (socket.connect(peer)) {
                    connected();
                }
            } catch (IOException e) { // nobody listens: try again later
                failed();
            }
        }

        @Override
        public void ready() throws IOException {
            boolean connected;
            try {
                connected = socket.finishConnect();
            } catch (IOException e) { // nobody listens: try again later
                failed();
                return;
            }
            if (connected) {
                connected();
            }
        }

        private void connected() throws IOException {
            if (!opened.opened(new TcpChannel(selector, socket, number, channelClass), true)) {
                throw new IllegalStateException("the endpoint refuses channel " + number);
            }
        }

        private void failed() throws IOException {
            socket.close();
            notBeforeNs = nowNs + RETRY_NANOS;
            due.add(this);
        }
    }
}
