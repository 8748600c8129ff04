package org.netchannel.optimized;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.netchannel.traces.Bytes;

/**
 * Moves packets between transports and the protocol. Duty cycle: what transports have is read; with the turn, timers
 * expire, packets are delivered and transmit queues emptied, a batch of each channel; what was enqueued is written. One
 * thread calls, dedicated or the application's own.
 */
final class ChannelAgent implements Agent {
    /** The most packets of one channel that a turn delivers, and the most that it takes to be sent. */
    private static final int BATCH = 32;

    private record Wired(Channel channel, ChannelDriver driver) {}

    private final HostCore host;
    private final Turn turn;
    private final Tap tap;
    private final List<Wired> channels = new ArrayList<>();
    private final ManyToOneConcurrentLinkedQueue<Wired> arrivals = new ManyToOneConcurrentLinkedQueue<>();
    private final IncomingPacket incoming = new IncomingPacket();

    /**
     * Moves nothing yet.
     *
     * @param tap is told of packets, or null
     */
    ChannelAgent(HostCore host, Turn turn, Tap tap) {
        this.host = host;
        this.turn = turn;
        this.tap = tap;
    }

    @Override
    public String roleName() {
        return "netchannel-channels";
    }

    /** Takes charge of a channel that has come up. Any thread. */
    void add(Channel channel, ChannelDriver driver) {
        arrivals.add(new Wired(channel, driver));
    }

    @Override
    public int doWork() {
        int work = 0;
        if (!arrivals.isEmpty()) {
            channels.add(arrivals.poll());
            work++;
        }
        for (int i = 0; i < channels.size(); i++) {
            work += channels.get(i).driver().fetch();
        }
        turn.enter();
        try {
            for (int i = 0; i < channels.size(); i++) {
                work += deliver(channels.get(i)) + transmit(channels.get(i));
            }
        } finally {
            turn.leave();
        }
        for (int i = channels.size() - 1; i >= 0; i--) {
            work += finish(channels.get(i), i);
        }
        return work;
    }

    private int deliver(Wired wired) {
        int count = 0;
        while (count < BATCH && mayRead(wired.channel())) {
            ChannelDriver.Dequeued dequeued = wired.driver().next(incoming);
            if (dequeued == ChannelDriver.Dequeued.NOTHING) {
                break;
            }
            count++;
            if (dequeued == ChannelDriver.Dequeued.MALFORMED) {
                host.failure.failBecauseOfPacket(wired.channel());
                tell(wired.channel(), Bytes.EMPTY);
                break;
            }
            host.statistics.received(incoming);
            Bytes packet = tap == null ? null : Tap.bytes(incoming);
            deliver(wired.channel());
            tell(wired.channel(), packet);
            wired.driver().release(incoming);
        }
        if (!wired.channel().isGone && wired.driver().hasFailed()) {
            host.failure.fail(wired.channel());
            host.statistics.error(wired.driver().failure());
            if (tap != null) {
                tap.channelDown(wired.channel().number);
            }
        }
        return count;
    }

    private void tell(Channel channel, Bytes packet) {
        if (tap != null) {
            tap.deliver(channel, packet);
        }
    }

    /** NC-CH-4; and nothing is taken in that there is no room to keep track of. */
    private boolean mayRead(Channel channel) {
        return !channel.isGone && host.channels.isReadable(channel)
                && (channel.isControl() || !host.pieces.isShort());
    }

    private void deliver(Channel channel) {
        if (host.demultiplexer.mayCome(channel, incoming)) {
            host.demultiplexer.deliver(channel, incoming);
        } else {
            host.failure.failBecauseOfPacket(channel);
        }
    }

    private int transmit(Wired wired) {
        int count = 0;
        while (count < BATCH && wired.driver().hasRoom()) {
            OutgoingPacket packet = host.channels.poll(wired.channel());
            if (packet == null) {
                break;
            }
            if (tap != null) {
                tap.pull(wired.channel(), packet);
            }
            host.statistics.sent(packet);
            wired.driver().enqueue(packet);
            host.packets.release(packet);
            count++;
        }
        return count;
    }

    /** Writes; a channel that is gone is closed after its last packet. */
    private int finish(Wired wired, int index) {
        int work = wired.driver().flush();
        if (wired.channel().isGone && (wired.channel().hasFailed || wired.driver().isFlushed())) {
            wired.driver().close();
            channels.remove(index);
        }
        return work;
    }

    @Override
    public void onClose() {
        for (Wired wired : channels) {
            wired.driver().close();
        }
        for (Wired wired = arrivals.poll(); wired != null; wired = arrivals.poll()) {
            wired.driver().close();
        }
        channels.clear();
    }
}
