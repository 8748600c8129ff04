package org.netchannel.conformance.link;

import java.util.function.Predicate;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.PacketType;

/**
 * A channel between the two hosts, as the driver knows it. Each host has a view of its own: it may not have seen the
 * opening yet, and it may not have seen the failure yet (NC-FAIL-5).
 */
public final class LinkChannel {
    /** What one host knows of the channel. */
    public enum View {
        /** The host has not seen it open. */
        UNSEEN,
        /** The host uses it. */
        UP,
        /** The host has seen it fail, or has failed it. */
        DOWN
    }

    private final int number;
    private final ChannelClass channelClass;
    private final int dialer;
    private final View[] views = {View.UNSEEN, View.UNSEEN};
    private final Wire[] toward;
    private final boolean[] helloArrived = new boolean[2];
    private final boolean[] helloSent = new boolean[2];
    private final boolean[] closeArrived = new boolean[2];
    private final boolean[] closeSent = new boolean[2];
    private final boolean[] draining = new boolean[2];
    private boolean failed;

    LinkChannel(int number, ChannelClass channelClass, int dialer, Wire towardA, Wire towardB) {
        this.number = number;
        this.channelClass = channelClass;
        this.dialer = dialer;
        this.toward = new Wire[] {towardA, towardB};
    }

    /**
     * The channel's number.
     *
     * @return odd where the host that dialed the link dialed the channel, even otherwise (NC-CH-2)
     */
    public int number() {
        return number;
    }

    /**
     * What the channel carries.
     *
     * @return the class
     */
    public ChannelClass channelClass() {
        return channelClass;
    }

    /**
     * Who dialed the channel.
     *
     * @return 0 for host A, 1 for host B
     */
    public int dialer() {
        return dialer;
    }

    /**
     * What a host knows of the channel.
     *
     * @param host 0 or 1
     * @return the host's view
     */
    public View view(int host) {
        return views[host];
    }

    /**
     * Whether a host may call the channel's operations.
     *
     * @param host 0 or 1
     * @return true from the opening to the failure, as the host sees them
     */
    public boolean up(int host) {
        return views[host] == View.UP;
    }

    /**
     * Whether the channel has failed, seen or not.
     *
     * @return true once it has
     */
    public boolean failed() {
        return failed;
    }

    /**
     * Whether a host may put new DATA on the channel (NC-CH-2, NC-CH-5).
     *
     * @param host 0 or 1
     * @return true when it is up, identified, and neither drained nor failed
     */
    public boolean active(int host) {
        return up(host) && helloArrived[host] && !draining[host] && !closeArrived[host];
    }

    /**
     * Whether the channel still has a future.
     *
     * @return true unless it has failed or is being drained
     */
    public boolean lasting() {
        return !failed && !draining[0] && !draining[1] && !closeArrived[0] && !closeArrived[1];
    }

    /**
     * Whether a packet can be offered to a host now.
     *
     * @param host 0 or 1
     * @return true when one is in flight towards it
     */
    public boolean deliverable(int host) {
        return up(host) && toward[host].size() > 0;
    }

    /**
     * Whether the other host's HELLO has arrived.
     *
     * @param host the host it arrived at, 0 or 1
     * @return true once it has
     */
    public boolean helloArrived(int host) {
        return helloArrived[host];
    }

    /**
     * Whether the other host has said that nothing more comes (NC-CH-5).
     *
     * @param host the host it was told, 0 or 1
     * @return true once CHANNEL_CLOSE has arrived
     */
    public boolean closeArrived(int host) {
        return closeArrived[host];
    }

    /**
     * How many packets are in flight.
     *
     * @param host the host they travel to, 0 or 1
     * @return their number
     */
    public int inFlight(int host) {
        return toward[host].size();
    }

    /**
     * Looks for a packet in flight.
     *
     * @param host the host it travels to, 0 or 1
     * @param which what to look for
     * @return how many packets will arrive before it; -1 when there is none
     */
    public int before(int host, Predicate<PacketInFlight> which) {
        return toward[host].before(which);
    }

    Wire toward(int host) {
        return toward[host];
    }

    /** Nobody will call on it again. */
    boolean over() {
        return views[0] == View.DOWN && views[1] == View.DOWN;
    }

    void view(int host, View view) {
        views[host] = view;
    }

    void fail(int keptTowardA, int keptTowardB) {
        failed = true;
        toward[0].cut(keptTowardA);
        toward[1].cut(keptTowardB);
    }

    void drain(int host) {
        draining[host] = true;
    }

    boolean draining(int host) {
        return draining[host];
    }

    /** Notes what a host put on the channel; says what is wrong with it, or the empty string. */
    String noteSent(int host, PacketInFlight packet) {
        if (packet.is(PacketType.HELLO) == helloSent[host]) {
            return helloSent[host] ? "a second HELLO" : "something else than HELLO first";
        }
        if (closeSent[host]) {
            return "a packet after CHANNEL_CLOSE";
        }
        helloSent[host] = true;
        closeSent[host] |= packet.is(PacketType.CHANNEL_CLOSE);
        return "";
    }

    void noteArrived(int host, PacketInFlight packet) {
        helloArrived[host] |= packet.is(PacketType.HELLO);
        closeArrived[host] |= packet.is(PacketType.CHANNEL_CLOSE);
    }

    @Override
    public String toString() {
        return channelClass + " channel " + number;
    }
}
