package org.netchannel.optimized;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ManyToOneConcurrentLinkedQueue;
import org.netchannel.traces.Bytes;

/**
 * Moves packets between the transports of some channels and the protocol. Duty cycle: what transports have is read;
 * then, channel by channel and with the turn, packets are delivered and the transmit queue is emptied, a batch of each;
 * what was enqueued is written. The turn is taken for a channel that has something to do, and for a batch only, so that
 * agents on other threads and applications get theirs in between. One thread calls, dedicated or the application's own.
 */
final class ChannelAgent implements Agent {
    /** The most packets of one channel that a turn delivers, and the most that it takes to be sent. */
    private static final int BATCH = 32;

    private static final class Wired {
        private final Channel channel;
        private final ChannelDriver driver;
        /** This agent has seen, with the turn, that the channel is gone. */
        private boolean isOver;
        /** Since when. */
        private long overNs;

        private Wired(Channel channel, ChannelDriver driver) {
            this.channel = channel;
            this.driver = driver;
        }

        /** Whether there is anything to do with the turn; what comes to be there right now is found next time. */
        private boolean needsTurn() {
            return !isOver && (channel.isGone || driver.hasNews()
                    || channel.transmit.mayHavePackets() && driver.hasRoom());
        }
    }

    private final HostCore host;
    private final Turn turn;
    private final Tap tap;
    private final boolean expiresTimers;
    private final List<Wired> channels = new ArrayList<>();
    private final ManyToOneConcurrentLinkedQueue<Wired> arrivals = new ManyToOneConcurrentLinkedQueue<>();
    private final IncomingPacket incoming = new IncomingPacket();

    /**
     * Moves nothing yet.
     *
     * @param tap is told of packets, or null
     * @param expiresTimers whether it takes the turn when nothing else calls for it
     */
    ChannelAgent(HostCore host, Turn turn, Tap tap, boolean expiresTimers) {
        this.host = host;
        this.turn = turn;
        this.tap = tap;
        this.expiresTimers = expiresTimers;
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
        // A queue that is not empty may still have nothing to give for a moment.
        Wired arrival = arrivals.poll();
        if (arrival != null) {
            channels.add(arrival);
            work++;
        }
        for (int i = 0; i < channels.size(); i++) {
            work += channels.get(i).driver.fetch();
        }
        work += takeTurns();
        for (int i = channels.size() - 1; i >= 0; i--) {
            work += finish(channels.get(i), i);
        }
        return work;
    }

    private int takeTurns() {
        int work = 0;
        boolean hadTurn = false;
        for (int i = 0; i < channels.size(); i++) {
            Wired wired = channels.get(i);
            if (wired.needsTurn()) {
                hadTurn = true;
                work += takeTurn(wired);
            }
        }
        if (!hadTurn && expiresTimers) {
            turn.enter();
            turn.leave();
        }
        return work;
    }

    private int takeTurn(Wired wired) {
        turn.enter();
        try {
            int work = deliver(wired) + transmit(wired);
            wired.isOver = wired.channel.isGone;
            wired.overNs = System.nanoTime();
            return work;
        } finally {
            turn.leave();
        }
    }

    private int deliver(Wired wired) {
        int count = 0;
        while (count < BATCH && mayRead(wired.channel)) {
            ChannelDriver.Dequeued dequeued = wired.driver.next(incoming);
            if (dequeued == ChannelDriver.Dequeued.NOTHING) {
                break;
            }
            count++;
            if (dequeued == ChannelDriver.Dequeued.MALFORMED) {
                host.failure.failBecauseOfPacket(wired.channel);
                tell(wired.channel, Bytes.EMPTY);
                break;
            }
            host.statistics.received(incoming);
            Bytes packet = tap == null ? null : Tap.bytes(incoming);
            deliver(wired.channel);
            tell(wired.channel, packet);
            wired.driver.release(incoming);
        }
        if (!wired.channel.isGone && wired.driver.hasFailed()) {
            host.failure.fail(wired.channel);
            host.statistics.error(wired.driver.failure());
            if (tap != null) {
                tap.channelDown(wired.channel.number);
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
        while (count < BATCH && wired.driver.hasRoom()) {
            OutgoingPacket packet = host.channels.poll(wired.channel);
            if (packet == null) {
                break;
            }
            if (tap != null) {
                tap.pull(wired.channel, packet);
            }
            host.statistics.sent(packet);
            wired.driver.enqueue(packet);
            host.packets.release(packet);
            count++;
        }
        return count;
    }

    /** Writes; a channel that is gone is closed after its last packet. */
    private int finish(Wired wired, int index) {
        int work = wired.driver.flush();
        if (wired.isOver && (wired.channel.hasFailed || wired.driver.isFlushed() || hasHadTime(wired))) {
            wired.driver.close();
            channels.remove(index);
        }
        return work;
    }

    /** What mattered has arrived (NC-CH-5): a peer that does not read the rest does not keep the transport for ever. */
    private boolean hasHadTime(Wired wired) {
        return System.nanoTime() - wired.overNs > host.settings.connectTimeoutNs();
    }

    @Override
    public void onClose() {
        for (Wired wired : channels) {
            wired.driver.close();
        }
        for (Wired wired = arrivals.poll(); wired != null; wired = arrivals.poll()) {
            wired.driver.close();
        }
        channels.clear();
    }
}
