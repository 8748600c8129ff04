package org.netchannel.optimized;

import org.agrona.concurrent.Agent;
import org.netchannel.traces.ChannelClass;

/**
 * Has the dialer add and drain channels of one class as {@link ChannelScaling} says. It samples what this host sends:
 * who dials opens channels, and the protocol has no word by which the other host could ask for one. The stack's first
 * thread calls, which is the dialer's.
 */
final class ChannelScaler implements Agent {
    /** So much of the threshold of NC-SCH-2 is queued when a channel is slow. */
    private static final int PART_OF_THRESHOLD = 8;

    private final HostCore host;
    private final Turn turn;
    private final TcpDialer dialer;
    private final ChannelClass channelClass;
    private final ClassLoad load;
    private final ChannelScaling scaling;
    private final long periodNs;
    private long lastNs = System.nanoTime();
    private long carriedBefore;
    private long refusalsBefore;

    ChannelScaler(NetStack stack, TcpDialer dialer, ChannelClass channelClass, ChannelRange range) {
        this.host = stack.host();
        this.turn = stack.turn();
        this.dialer = dialer;
        this.channelClass = channelClass;
        this.load = host.link.load(channelClass);
        this.periodNs = range.addAfterNs() / ChannelScaling.ADD_AFTER;
        int removeAfter = (int) (range.removeAfterNs() / periodNs);
        this.scaling = new ChannelScaling(range.least(), range.most(), removeAfter);
    }

    @Override
    public String roleName() {
        return "netchannel-scaler";
    }

    @Override
    public int doWork() {
        long tookNs = System.nanoTime() - lastNs;
        if (tookNs < periodNs) {
            return 0;
        }
        lastNs += tookNs;
        switch (decide(tookNs)) {
            case ADD -> dialer.want(channelClass, 1);
            case REMOVE -> dialer.leave(channelClass);
            case STAY -> {
                return 0;
            }
        }
        return 1;
    }

    private ChannelScaling.Decision decide(long tookNs) {
        turn.enter();
        try {
            int active = 0;
            long queued = 0;
            for (Channel channel : host.link.channels(channelClass)) {
                if (channel.isActive()) {
                    active++;
                    queued += channel.transmit.dataBytes();
                }
            }
            long queuedWhenSlow = active * (host.settings.queueThreshold() / PART_OF_THRESHOLD);
            boolean isSlow = load.waiting > 0 || load.refusals > refusalsBefore || queued >= queuedWhenSlow;
            long bytesPerSecond = (long) ((load.carriedBytes - carriedBefore) * 1e9 / tookNs);
            refusalsBefore = load.refusals;
            carriedBefore = load.carriedBytes;
            return scaling.decide(dialer.wanted(channelClass), active, isSlow, bytesPerSecond);
        } finally {
            turn.leave();
        }
    }
}
