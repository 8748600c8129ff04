package org.netchannel.optimized;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.Agent;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.traces.ChannelClass;

/** Opens the channels that there are to be, and new ones in place of those that are gone. The stack's thread calls. */
final class DpdkDialer implements Agent {
    /** How often it looks: channels come and go rarely. */
    private static final long EVERY_NS = 1_000_000;
    /** After an attempt that failed so long passes before the next. */
    private static final long RETRY_NS = 50_000_000;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A channel that there is to be. */
    private static final class Wanted {
        private final ChannelClass channelClass;
        private TcpConnection connection;
        private Channel channel;
        private long notBeforeNs;

        private Wanted(ChannelClass channelClass, long now) {
            this.channelClass = channelClass;
            this.notBeforeNs = now;
        }
    }

    /** It may become a channel, or is ready to. One that the peer has ended by then is none. */
    private static final Set<State> OPENING = EnumSet.of(State.SYN_SENT, State.SYN_RECEIVED, State.ESTABLISHED);

    private final DpdkLink link;
    private final Ipv6Address address;
    private final int port;
    private final ChannelNumbers numbers;
    private final List<Wanted> wanted = new ArrayList<>();
    private long nextLookNs = System.nanoTime();

    /** Of no channels yet; several dialers for one peer have the same numbers. */
    DpdkDialer(DpdkLink link, Ipv6Address address, int port, ChannelNumbers numbers) {
        this.link = link;
        this.address = address;
        this.port = port;
        this.numbers = numbers;
    }

    /** There is to be one more channel; before {@link #start}. */
    void want(ChannelClass channelClass) {
        wanted.add(new Wanted(channelClass, nextLookNs));
    }

    /** From now on the thread of the link opens channels. */
    void start() {
        link.add(this);
    }

    @Override
    public String roleName() {
        return "netchannel-dpdk-dialer";
    }

    @Override
    public int doWork() {
        long now = System.nanoTime();
        if (now - nextLookNs < 0) {
            return 0;
        }
        nextLookNs = now + EVERY_NS;
        int work = 0;
        for (int i = 0; i < wanted.size(); i++) {
            work += look(wanted.get(i), now);
        }
        return work;
    }

    private int look(Wanted one, long now) {
        if (one.channel != null && one.channel.isGone) {
            // As in TcpDialer: numbers are not to be used up.
            one.notBeforeNs = one.channel.helloArrived ? now : now + RETRY_NS;
            one.channel = null;
        }
        if (one.channel != null || now - one.notBeforeNs < 0 || link.host().problem() != null) {
            return 0;
        }
        if (one.connection == null) {
            one.connection = link.host().ip().connect(address, port);
        }
        if (one.connection == null || !OPENING.contains(one.connection.state())) {
            // Nobody listens yet, or not any more, or there are no ports: it is tried again.
            if (one.connection != null) {
                one.connection.abort();
            }
            one.connection = null;
            one.notBeforeNs = now + RETRY_NS;
            return 0;
        }
        return one.connection.state() == State.ESTABLISHED ? open(one, now) : 0;
    }

    private int open(Wanted one, long now) {
        one.channel = link.attach(numbers.take(), one.channelClass, true, one.connection, NOTHING);
        one.connection = null;
        if (one.channel == null) {
            one.notBeforeNs = now + RETRY_NS;
        }
        return 1;
    }
}
