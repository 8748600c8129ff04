package org.netchannel.conformance.link;

import java.util.Arrays;
import java.util.List;
import org.netchannel.conformance.link.LinkChannel.View;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/**
 * Keeps the assumption of NC-HS-2 and NC-FAIL-2: on either host's clock, a connect timeout after a control packet was
 * sent it was delivered, or both hosts know that it is lost and there is a control channel to repeat it on. A packet's
 * age counts from the last time its transmit queue was seen empty before it.
 */
final class ControlAge {
    private final Link link;
    private final Host[] hosts;
    private final long limitNanos;
    /** For each host's clock the age of what the control channels that failed have lost, until one is dialed. */
    private final long[] lostSince = {Long.MAX_VALUE, Long.MAX_VALUE};

    ControlAge(Link link, Host a, Host b) {
        this.link = link;
        hosts = new Host[] {a, b};
        long timeout = Math.min(
                a.get(Config.Setting.CONNECT_TIMEOUT_NANOS), b.get(Config.Setting.CONNECT_TIMEOUT_NANOS));
        limitNanos = Math.max(1, timeout - 1);
    }

    /**
     * How far a host's clock may move before the next look; at least 1. Moves control packets when there is no room.
     */
    long room(int host) {
        long room = roomNow(host);
        if (room > 0) {
            return room;
        }
        flush();
        return Math.max(1, roomNow(host));
    }

    /** A control channel has failed. */
    void lost(LinkChannel channel) {
        for (int clock = 0; clock < 2; clock++) {
            for (int host = 0; host < 2; host++) {
                lostSince[clock] = Math.min(lostSince[clock], channel.toward(host).oldest(clock));
            }
        }
    }

    /** A wire of a control channel that is dialed now: what the ones before have lost is repeated on it. */
    Wire wireOfNew() {
        return new Wire(Math.min(hosts[0].nanos(), lostSince[0]), Math.min(hosts[1].nanos(), lostSince[1]));
    }

    /** A control channel was dialed. */
    void dialed() {
        Arrays.fill(lostSince, Long.MAX_VALUE);
    }

    private long roomNow(int host) {
        long room = link.redialDue() && lostSince[host] < Long.MAX_VALUE
                ? limitNanos - (hosts[host].nanos() - lostSince[host])
                : limitNanos;
        for (LinkChannel channel : link.channels()) {
            if (channel.channelClass() == ChannelClass.CONTROL) {
                room = Math.min(room, Math.min(roomOn(channel, 0, host), roomOn(channel, 1, host)));
            }
        }
        return room;
    }

    private long roomOn(LinkChannel channel, int toward, int clock) {
        Wire wire = channel.toward(toward);
        boolean nothingIsUnderWay = wire.size() == 0 && channel.view(1 - toward) == View.DOWN;
        return nothingIsUnderWay ? limitNanos : limitNanos - (hosts[clock].nanos() - wire.oldest(clock));
    }

    /** Moves everything on the control channels, both ways, once, and dials one where one is due. */
    private void flush() {
        if (link.redialDue()) {
            link.open(link.dialingHost(), ChannelClass.CONTROL);
        }
        for (LinkChannel channel : List.copyOf(link.channels())) {
            if (channel.channelClass() == ChannelClass.CONTROL) {
                flush(channel);
            }
        }
    }

    private void flush(LinkChannel channel) {
        for (int host = 0; host < 2; host++) {
            if (channel.view(host) == View.UNSEEN && channel.failed()) {
                link.seeFailure(channel, host);
            } else if (channel.view(host) == View.UNSEEN) {
                link.seeOpening(channel, host);
            }
        }
        for (int host = 0; host < 2; host++) {
            if (channel.up(host)) {
                link.pull(channel, host, Integer.MAX_VALUE);
            }
        }
        for (int host = 0; host < 2; host++) {
            if (channel.up(host)) {
                link.deliver(channel, host, Integer.MAX_VALUE);
            }
        }
        for (int host = 0; host < 2; host++) {
            if (channel.failed() && channel.up(host)) {
                link.seeFailure(channel, host);
            }
        }
    }
}
