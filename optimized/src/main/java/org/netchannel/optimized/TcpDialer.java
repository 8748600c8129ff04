package org.netchannel.optimized;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.netchannel.traces.ChannelClass;

/**
 * Opens the channels that there are to be, and new ones in place of those that are gone, and drains what there is no
 * longer to be. The stack's first thread calls.
 */
final class TcpDialer implements Agent {
    /** How often it looks: channels come and go rarely. */
    private static final long EVERY_NS = 1_000_000;
    /** After an attempt that failed so long passes before the next. */
    private static final long RETRY_NS = 50_000_000;

    /** A channel that there is to be. */
    private static final class Wanted {
        private final ChannelClass channelClass;
        private SocketChannel socket;
        private Channel channel;
        private long notBeforeNs;
        /** It drains, and nothing takes its place. */
        private boolean leaves;

        private Wanted(ChannelClass channelClass, long now) {
            this.channelClass = channelClass;
            this.notBeforeNs = now;
        }
    }

    private final NetStack stack;
    private final SocketAddress peer;
    private final List<Wanted> wanted = new ArrayList<>();
    private int nextNumber = 1;
    private long nextLookNs = System.nanoTime();

    TcpDialer(NetStack stack, SocketAddress peer) {
        this.stack = stack;
        this.peer = peer;
    }

    /** So many channels more. */
    void want(ChannelClass channelClass, int count) {
        for (int i = 0; i < count; i++) {
            wanted.add(new Wanted(channelClass, nextLookNs));
        }
    }

    /** How many channels of a class there are to be. */
    int wanted(ChannelClass channelClass) {
        int count = 0;
        for (Wanted one : wanted) {
            count += one.channelClass == channelClass && !one.leaves ? 1 : 0;
        }
        return count;
    }

    /** NC-CH-5: a channel less, the newest: it drains, if there is one, and what it carries still arrives. */
    void leave(ChannelClass channelClass) {
        for (int i = wanted.size() - 1; i >= 0; i--) {
            Wanted one = wanted.get(i);
            if (one.channelClass == channelClass && !one.leaves && one.channel != null) {
                one.leaves = true;
                stack.drain(one.channel.number);
                return;
            }
        }
    }

    @Override
    public String roleName() {
        return "netchannel-dialer";
    }

    @Override
    public int doWork() {
        long now = System.nanoTime();
        if (now - nextLookNs < 0) {
            return 0;
        }
        nextLookNs = now + EVERY_NS;
        int work = 0;
        for (Wanted one : wanted) {
            work += look(one, now);
        }
        wanted.removeIf(one -> one.leaves && one.channel == null);
        return work;
    }

    private int look(Wanted one, long now) {
        if (one.channel != null && one.channel.isGone) {
            // A peer that takes channels and ends them at once would have all numbers used up soon.
            one.notBeforeNs = one.channel.helloArrived ? now : now + RETRY_NS;
            one.channel = null;
        }
        if (one.channel != null || one.leaves || now - one.notBeforeNs < 0) {
            return 0;
        }
        try {
            if (one.socket == null) {
                one.socket = SocketChannel.open();
                one.socket.configureBlocking(false);
                one.socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                one.socket.connect(peer);
            }
            return one.socket.finishConnect() ? open(one, now) : 0;
        } catch (IOException e) {
            // Nobody listens yet, or not any more: it is tried again.
            giveUp(one);
            one.notBeforeNs = now + RETRY_NS;
            return 0;
        }
    }

    private int open(Wanted one, long now) {
        TcpDriver driver = new TcpDriver(one.socket, stack.host().segments, ByteBuffer.allocate(0));
        one.channel = stack.attach(nextNumber, one.channelClass, true, driver);
        one.socket = null;
        nextNumber += 2;
        if (one.channel == null) {
            driver.close();
            one.notBeforeNs = now + RETRY_NS;
        }
        return 1;
    }

    private static void giveUp(Wanted one) {
        if (one.socket != null) {
            try {
                one.socket.close();
            } catch (IOException e) {
                // It is closed as far as it can be; the next attempt has a socket of its own.
                one.socket = null;
            }
            one.socket = null;
        }
    }

    @Override
    public void onClose() {
        wanted.forEach(TcpDialer::giveUp);
    }
}
