package org.netchannel.optimized;

import org.agrona.concurrent.Agent;
import org.netchannel.traces.ChannelClass;

/**
 * Has a supply add and drain channels of one class as {@link ChannelScaling} says. It samples what this host sends:
 * who dials opens channels, and the protocol has no word by which the other host could ask for one. One thread of the
 * stack's calls.
 */
final class ChannelScaler implements Agent {
    /** So much of the threshold of NC-SCH-2 is queued when a channel is slow. */
    private static final int PART_OF_THRESHOLD = 8;

    private final HostCore host;
    private final Turn turn;
    private final ChannelSupply supply;
    private final ChannelClass channelClass;
    private final ClassLoad load;
    private final ChannelScaling scaling;
    private final long periodNs;
    private long lastNs = System.nanoTime();
    private long carriedBefore;
    private long refusalsBefore;

    ChannelScaler(NetStack stack, ChannelSupply supply, ChannelClass channelClass, ChannelRange range) {
        this.host = stack.host();
        this.turn = stack.turn();
        this.supply = supply;
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
            case ADD -> supply.want(channelClass);
            case REMOVE -> supply.leave(channelClass);
            case STAY -> {
                return 0;
            }
        }
        return 1;
    }

    private ChannelScaling.Decision decide(long tookNs) {
        // Before the turn: who dials may have to wait for that.
        int wanted = supply.wanted(channelClass);
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
            return scaling.decide(wanted, active, isSlow, bytesPerSecond);
        } finally {
            turn.leave();
        }
    }
}
