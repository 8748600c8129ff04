package org.netchannel.optimized;

import java.util.Arrays;
import org.agrona.collections.Int2ObjectHashMap;
import org.netchannel.traces.ChannelClass;

/** Everything between this host and its peer: the channels, those that are gone, and the peer's incarnation. */
final class Link {
    /** How many channels a link may have in its life: what is remembered of them is bounded. */
    static final int MOST_CHANNELS = 1 << 20;

    private static final Channel[] NONE = {};

    private final Int2ObjectHashMap<Channel> channels = new Int2ObjectHashMap<>();
    /** Classes of channels that failed or are CLOSED, by number: numbers are never reused (NC-CH-2). */
    private final Int2ObjectHashMap<ChannelClass> gone = new Int2ObjectHashMap<>();
    /** The channels of each class, in the order of their numbers. */
    private final Channel[][] ofClass = {NONE, NONE, NONE};
    private final ClassLoad[] load = {new ClassLoad(), new ClassLoad(), new ClassLoad()};
    private final int[] lastChosen = new int[ChannelClass.values().length];
    private long cameUp;
    private boolean dialsOdd;
    private boolean peerKnown;
    private long peer;
    private int draining;

    /** The channel, or null when it does not live. */
    Channel channel(int number) {
        return channels.get(number);
    }

    int count() {
        return channels.size();
    }

    int dataChannels() {
        return count() - channels(ChannelClass.CONTROL).length;
    }

    ChannelClass classOfGone(int number) {
        return gone.get(number);
    }

    boolean isGone(int number) {
        return gone.containsKey(number);
    }

    /** A copy: steps that change the link may be taken for each of them. */
    Channel[] all() {
        Channel[] all = channels.values().toArray(NONE);
        Arrays.sort(all, (a, b) -> Integer.compare(a.number, b.number));
        return all;
    }

    /** The channels of a class, in the order of their numbers; not to be changed. */
    Channel[] channels(ChannelClass channelClass) {
        return ofClass[channelClass.code()];
    }

    /** What the channels of a class were asked to do. */
    ClassLoad load(ChannelClass channelClass) {
        return load[channelClass.code()];
    }

    /** The data channel of this class that got the last packet, 0 when none has (NC-SCH-3). */
    int lastChosen(ChannelClass trafficClass) {
        return lastChosen[trafficClass.code()];
    }

    void choose(Channel channel) {
        lastChosen[channel.channelClass.code()] = channel.number;
    }

    /** What is wrong with a channel that is to come up, or the empty string (NC-CH-2). */
    String problem(int number, boolean dialer) {
        if (number < 1) {
            return "channel is " + number + ", legal is 1 to " + Integer.MAX_VALUE;
        }
        if (channels.containsKey(number) || gone.containsKey(number)) {
            return "channel " + number + " was used before on this link";
        }
        if (cameUp > 0 && dialsOdd != isOddDialer(number, dialer)) {
            return "channel " + number + " has the parity of the other host's channels";
        }
        return cameUp < MOST_CHANNELS ? ""
                : "the link has had " + MOST_CHANNELS + " channels, the most there may be";
    }

    private static boolean isOddDialer(int number, boolean dialer) {
        return (number % 2 == 1) == dialer;
    }

    Channel add(int number, ChannelClass channelClass, boolean dialer) {
        dialsOdd = isOddDialer(number, dialer);
        Channel channel = new Channel(number, channelClass, ++cameUp);
        channels.put(number, channel);
        arrange(channelClass);
        return channel;
    }

    /** It failed or is CLOSED. */
    void remove(Channel channel) {
        channel.isGone = true;
        draining -= channel.draining ? 1 : 0;
        channels.remove(channel.number);
        gone.put(channel.number, channel.channelClass);
        arrange(channel.channelClass);
    }

    private void arrange(ChannelClass channelClass) {
        ofClass[channelClass.code()] =
                Arrays.stream(all()).filter(it -> it.channelClass == channelClass).toArray(Channel[]::new);
    }

    void drain(Channel channel) {
        draining += channel.draining ? 0 : 1;
        channel.draining = true;
    }

    boolean isDraining() {
        return draining > 0;
    }

    /** Control packets are sent on the control channel that came up last here, null when there is none (NC-CH-3). */
    Channel newestControl() {
        Channel newest = null;
        for (Channel channel : ofClass[ChannelClass.CONTROL.code()]) {
            if (newest == null || channel.cameUp > newest.cameUp) {
                newest = channel;
            }
        }
        return newest;
    }

    /** The control channel that came up first here, null when there is none. */
    Channel oldestControl() {
        Channel oldest = null;
        for (Channel channel : ofClass[ChannelClass.CONTROL.code()]) {
            if (oldest == null || channel.cameUp < oldest.cameUp) {
                oldest = channel;
            }
        }
        return oldest;
    }

    /** A channel that may carry new DATA of the class, now or when less is queued on it. */
    boolean hasActive(ChannelClass trafficClass) {
        for (Channel channel : ofClass[trafficClass.code()]) {
            if (channel.isActive()) {
                return true;
            }
        }
        return false;
    }

    /** How the peer's life that says HELLO stands to the one known: earlier below 0, later above 0 (NC-FAIL-3). */
    int lifeOf(long incarnation) {
        return peerKnown ? Long.compareUnsigned(incarnation, peer) : 0;
    }

    void meet(long incarnation) {
        peerKnown = true;
        peer = incarnation;
    }
}
