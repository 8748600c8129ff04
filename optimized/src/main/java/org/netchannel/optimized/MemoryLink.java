package org.netchannel.optimized;

import org.netchannel.traces.ChannelClass;

/** Channels between two stacks in one process: packets change hands, payload is not copied. */
public final class MemoryLink {
    private MemoryLink() {}

    /**
     * Connects two stacks that have no channels yet: one control channel and some data channels come up.
     *
     * @param dialer one stack
     * @param other the other one
     * @param latency how many channels of class LATENCY, 0 and more
     * @param throughput how many channels of class THROUGHPUT, 0 and more
     */
    public static void connect(NetStack dialer, NetStack other, int latency, int throughput) {
        int number = 1;
        open(dialer, other, number, ChannelClass.CONTROL);
        for (int i = 0; i < latency + throughput; i++) {
            number += 2;
            open(dialer, other, number, i < latency ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT);
        }
    }

    private static void open(NetStack dialer, NetStack other, int number, ChannelClass channelClass) {
        MemoryDriver[] ends = MemoryDriver.pair();
        if (dialer.attach(number, channelClass, true, ends[0]) == null
                || other.attach(number, channelClass, false, ends[1]) == null) {
            throw new IllegalStateException("channel " + number + " was used before on this link");
        }
    }
}
