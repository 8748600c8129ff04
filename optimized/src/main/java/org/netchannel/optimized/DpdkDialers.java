package org.netchannel.optimized;

import java.util.List;
import org.netchannel.traces.ChannelClass;

/**
 * The dialers of all queues of a device. A channel more is on the queue that has the fewest, one less on the queue that
 * has the most of its class, the last one where several do: so the newest goes first. One thread at a time calls.
 */
final class DpdkDialers implements ChannelSupply {
    private final List<? extends ChannelSupply> dialers;

    DpdkDialers(List<? extends ChannelSupply> dialers) {
        this.dialers = dialers;
    }

    @Override
    public void want(ChannelClass channelClass) {
        ChannelSupply emptiest = dialers.getFirst();
        for (ChannelSupply dialer : dialers) {
            if (all(dialer) < all(emptiest)) {
                emptiest = dialer;
            }
        }
        emptiest.want(channelClass);
    }

    private static int all(ChannelSupply dialer) {
        int count = 0;
        for (ChannelClass channelClass : ChannelClass.values()) {
            count += dialer.wanted(channelClass);
        }
        return count;
    }

    @Override
    public int wanted(ChannelClass channelClass) {
        int count = 0;
        for (ChannelSupply dialer : dialers) {
            count += dialer.wanted(channelClass);
        }
        return count;
    }

    /** From a queue whose channels are not up yet none can go: the next best one is asked then. */
    @Override
    public boolean leave(ChannelClass channelClass) {
        for (int count = most(channelClass); count > 0; count--) {
            for (int i = dialers.size() - 1; i >= 0; i--) {
                if (dialers.get(i).wanted(channelClass) == count && dialers.get(i).leave(channelClass)) {
                    return true;
                }
            }
        }
        return false;
    }

    private int most(ChannelClass channelClass) {
        int most = 0;
        for (ChannelSupply dialer : dialers) {
            most = Math.max(most, dialer.wanted(channelClass));
        }
        return most;
    }
}
