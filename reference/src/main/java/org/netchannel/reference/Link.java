package org.netchannel.reference;

import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.traces.ChannelClass;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * Everything between this host and its peer.
 *
 * @param channels the channels that live, by number
 * @param gone the classes of those that failed or are CLOSED, by number: numbers are never reused (NC-CH-2)
 * @param cameUp how many channels have come up
 * @param dialsOdd whether this host gives odd numbers to the channels it dials; empty before the first channel
 * @param peer the highest incarnation of the peer that is known (NC-FAIL-3)
 * @param lastChosen the data channel that got the last packet, by class (NC-SCH-3)
 */
public record Link(
        PSortedMap<Integer, Channel> channels,
        PSortedMap<Integer, ChannelClass> gone,
        long cameUp,
        Optional<Boolean> dialsOdd,
        OptionalLong peer,
        PSortedMap<ChannelClass, Integer> lastChosen) {

    static final Link EMPTY =
            new Link(TreePMap.empty(), TreePMap.empty(), 0, Optional.empty(), OptionalLong.empty(), TreePMap.empty());

    Optional<Channel> channel(int number) {
        return Optional.ofNullable(channels.get(number));
    }

    /** Control packets are sent on the control channel that came up last here (NC-CH-3). */
    Optional<Channel> newestControl() {
        Channel newest = null;
        for (Channel channel : channels.values()) {
            if (channel.isControl() && (newest == null || channel.cameUp() > newest.cameUp())) {
                newest = channel;
            }
        }
        return Optional.ofNullable(newest);
    }

    /** A channel that may carry new DATA of the class, now or when less is queued on it. */
    boolean hasActive(ChannelClass trafficClass) {
        for (Channel channel : channels.values()) {
            if (channel.isActive(trafficClass)) {
                return true;
            }
        }
        return false;
    }

    Link with(Channel channel) {
        return new Link(channels.plus(channel.number(), channel), gone, cameUp, dialsOdd, peer, lastChosen);
    }

    Link without(Channel channel) {
        return new Link(channels.minus(channel.number()), gone.plus(channel.number(), channel.channelClass()), cameUp,
                dialsOdd, peer, lastChosen);
    }

    Link withOneMore(boolean odd) {
        return new Link(channels, gone, cameUp + 1, Optional.of(odd), peer, lastChosen);
    }

    Link withPeer(long incarnation) {
        return new Link(channels, gone, cameUp, dialsOdd, OptionalLong.of(incarnation), lastChosen);
    }

    Link withChosen(Channel channel) {
        return new Link(channels, gone, cameUp, dialsOdd, peer,
                lastChosen.plus(channel.channelClass(), channel.number()));
    }
}
