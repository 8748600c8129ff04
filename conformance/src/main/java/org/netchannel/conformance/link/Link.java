package org.netchannel.conformance.link;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.netchannel.conformance.link.LinkChannel.View;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.PacketType;

/**
 * Everything between two hosts. The caller owns all interleaving: packets move only when it pulls and delivers, and
 * each host sees an opening and a failure when it is told. Hosts are 0 for A and 1 for B. One thread calls.
 */
public final class Link {
    private final Host[] hosts;
    private final int dialingHost;
    private final LinkWatcher watcher;
    private final ControlAge controlAge;
    private final List<LinkChannel> channels = new ArrayList<>();
    private final int[] nextNumber = new int[2];
    private boolean redialDue = true;
    private boolean restartForged;

    /**
     * Makes a link without channels.
     *
     * @param a host A
     * @param b host B
     * @param dialingHost which of them dials the control channels
     * @param watcher sees what passes
     */
    public Link(Host a, Host b, int dialingHost, LinkWatcher watcher) {
        hosts = new Host[] {a, b};
        this.dialingHost = dialingHost;
        this.watcher = watcher;
        controlAge = new ControlAge(this, a, b);
        nextNumber[dialingHost] = 1;
        nextNumber[1 - dialingHost] = 2;
    }

    /**
     * A host.
     *
     * @param index 0 or 1
     * @return the host
     */
    public Host host(int index) {
        return hosts[index];
    }

    /**
     * The host that dials control channels.
     *
     * @return 0 or 1
     */
    public int dialingHost() {
        return dialingHost;
    }

    /**
     * Every channel that some host still sees, in the order of opening.
     *
     * @return the channels; the caller does not change the list
     */
    public List<LinkChannel> channels() {
        return channels;
    }

    /**
     * Counts channels.
     *
     * @param which which ones
     * @return how many
     */
    public int count(Predicate<LinkChannel> which) {
        int count = 0;
        for (LinkChannel channel : channels) {
            if (which.test(channel)) {
                count++;
            }
        }
        return count;
    }

    /**
     * Picks a channel.
     *
     * @param pick any number of 0 or more, taken modulo the number of candidates
     * @param which the candidates
     * @return one of them, or null when there is none
     */
    public LinkChannel pick(int pick, Predicate<LinkChannel> which) {
        int count = count(which);
        if (count == 0) {
            return null;
        }
        int left = pick % count;
        for (LinkChannel channel : channels) {
            if (which.test(channel) && left-- == 0) {
                return channel;
            }
        }
        throw new IllegalStateException("counted " + count + " channels, found fewer");
    }

    /**
     * Opens a channel that no host has seen yet.
     *
     * @param dialer the host that dials it; for a control channel the dialing host of the link
     * @param channelClass what it will carry
     * @return the channel
     */
    public LinkChannel open(int dialer, ChannelClass channelClass) {
        int number = nextNumber[dialer];
        nextNumber[dialer] += 2;
        boolean control = channelClass == ChannelClass.CONTROL;
        LinkChannel channel = control
                ? new LinkChannel(number, channelClass, dialer, controlAge.wireOfNew(), controlAge.wireOfNew())
                : new LinkChannel(number, channelClass, dialer, newWire(), newWire());
        if (control) {
            controlAge.dialed();
            redialDue = false;
        }
        channels.add(channel);
        return channel;
    }

    private Wire newWire() {
        return new Wire(hosts[0].nanos(), hosts[1].nanos());
    }

    /**
     * Tells a host that a channel has opened. Control channels are seen in the order in which they were dialed.
     *
     * @param channel one that the host has not seen
     * @param host 0 or 1
     */
    public void seeOpening(LinkChannel channel, int host) {
        channel.view(host, View.UP);
        hosts[host].expect(
                hosts[host].endpoint().channelUp(channel.number(), channel.channelClass(), channel.dialer() == host),
                "channelUp");
    }

    /**
     * Fails a channel. No host is told.
     *
     * @param channel one that has not failed
     * @param keptTowardA how many of the packets in flight to A may still reach it
     * @param keptTowardB the same for B
     */
    public void fail(LinkChannel channel, int keptTowardA, int keptTowardB) {
        if (channel.channelClass() == ChannelClass.CONTROL) {
            controlAge.lost(channel);
            redialDue = true;
        }
        channel.fail(keptTowardA, keptTowardB);
    }

    /**
     * Whether a control channel has failed and none was dialed since: then one has to be, even if an older one still
     * lives (NC-FAIL-2).
     *
     * @return true until a control channel is opened
     */
    public boolean redialDue() {
        return redialDue;
    }

    /**
     * Tells a host that a channel has failed. A host that never saw it open never will.
     *
     * @param channel one that has failed
     * @param host 0 or 1
     */
    public void seeFailure(LinkChannel channel, int host) {
        boolean up = channel.up(host);
        lose(channel, host);
        if (up) {
            hosts[host].expect(hosts[host].endpoint().channelDown(channel.number()), "channelDown");
        }
    }

    private void lose(LinkChannel channel, int host) {
        channel.view(host, View.DOWN);
        channel.toward(host).cut(0);
        if (channel.over()) {
            channels.remove(channel);
        }
    }

    /**
     * Begins to drain a data channel.
     *
     * @param channel one that is up at the host
     * @param host the host that drains it, 0 or 1
     */
    public void drain(LinkChannel channel, int host) {
        channel.drain(host);
        hosts[host].expect(hosts[host].endpoint().channelDrain(channel.number()), "channelDrain");
    }

    /**
     * Takes packets from a host and puts them on a channel.
     *
     * @param channel one that is up at the host
     * @param host 0 or 1
     * @param max at most this many, at least 1
     * @return how many there were
     */
    public int pull(LinkChannel channel, int host, int max) {
        List<Bytes> packets = hosts[host].expect(hosts[host].endpoint().pull(channel.number(), max), "pull");
        if (packets.size() > max) {
            throw ChannelRules.violation("pull gave too many packets", channel, host,
                    packets.size() + " of at most " + max, "endpoint.md");
        }
        Wire wire = channel.toward(1 - host);
        for (Bytes bytes : packets) {
            PacketInFlight packet = PacketInFlight.of(bytes, wire.emptyAt(0), wire.emptyAt(1));
            ChannelRules.checkSent(channel, host, packet);
            if (!channel.failed()) {
                wire.add(packet);
            }
            watcher.pulled(host, channel, packet);
        }
        if (packets.size() < max) {
            wire.transmitQueueEmpty(hosts[0].nanos(), hosts[1].nanos());
        }
        return packets.size();
    }

    /**
     * Offers a host the packets in flight to it, oldest first, until one is refused.
     *
     * @param channel one that is up at the host
     * @param host 0 or 1
     * @param max at most this many
     * @return how many were accepted
     */
    public int deliver(LinkChannel channel, int host, int max) {
        int accepted = 0;
        while (accepted < max && channel.deliverable(host) && deliverHead(channel, host)) {
            accepted++;
        }
        return accepted;
    }

    private boolean deliverHead(LinkChannel channel, int host) {
        PacketInFlight packet = channel.toward(host).head();
        Delivery delivery = hosts[host].expect(
                hosts[host].endpoint().deliver(channel.number(), packet.bytes()), "deliver");
        if (!delivery.accepted()) {
            ChannelRules.checkRefused(channel, host);
            watcher.delivered(host, channel, packet, false, delivery);
            return false;
        }
        channel.toward(host).removeHead();
        channel.noteArrived(host, packet);
        watcher.delivered(host, channel, packet, false, delivery);
        if (delivery.failed()) {
            noteFailedByHost(channel, host, packet);
        }
        return true;
    }

    private void noteFailedByHost(LinkChannel channel, int host, PacketInFlight packet) {
        if (!restartForged) {
            throw ChannelRules.violation("a host failed a channel because of a packet its peer had sent", channel, host,
                    String.valueOf(packet.header()), "NC-HDR-2", "NC-HDR-5", "NC-CH-2");
        }
        failedBy(channel, host);
    }

    /** A host has failed a channel by itself: what was in flight to its peer is lost from some point on. */
    private void failedBy(LinkChannel channel, int host) {
        if (!channel.failed()) {
            int towardPeer = channel.toward(1 - host).size();
            fail(channel, host == 0 ? 0 : towardPeer / 2, host == 0 ? towardPeer / 2 : 0);
        }
        lose(channel, host);
    }

    /**
     * Offers a host a packet that its peer never sent.
     *
     * @param channel one that is up at the host
     * @param host 0 or 1
     * @param bytes header and payload, possibly garbage
     * @return the host's answer
     */
    public Delivery forge(LinkChannel channel, int host, Bytes bytes) {
        PacketInFlight packet = PacketInFlight.of(bytes, 0, 0);
        Delivery delivery = hosts[host].expect(
                hosts[host].endpoint().deliverForged(channel.number(), bytes), "deliver");
        restartForged |= delivery.accepted() && packet.is(PacketType.HELLO);
        watcher.delivered(host, channel, packet, true, delivery);
        if (delivery.accepted() && delivery.failed()) {
            failedBy(channel, host);
        }
        return delivery;
    }

    /**
     * Lets time pass on a host. Control packets that would get older than a connect timeout are moved first: the
     * protocol assumes so (NC-HS-2).
     *
     * @param host 0 or 1
     * @param nanos by how much
     */
    public void advance(int host, long nanos) {
        long left = nanos;
        do {
            long step = Math.min(left, controlAge.room(host));
            hosts[host].advance(step);
            left -= step;
            watcher.advanced(host);
        } while (left > 0);
    }
}
