package org.netchannel.conformance.link;

import java.util.List;
import org.netchannel.conformance.link.LinkChannel.View;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/**
 * Keeps the assumption of NC-HS-2: no control packet is delivered more than a connect timeout after it was sent, on
 * either host's clock. A packet's age counts from the last time its transmit queue was seen empty before it.
 */
final class ControlAge {
    private final Link link;
    private final Host[] hosts;
    private final long limitNanos;

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

    private long roomNow(int host) {
        long room = limitNanos;
        for (LinkChannel channel : link.channels()) {
            if (channel.channelClass() == ChannelClass.CONTROL) {
                room = Math.min(room, Math.min(roomOn(channel, 0, host), roomOn(channel, 1, host)));
            }
        }
        return room;
    }

    private long roomOn(LinkChannel channel, int toward, int clock) {
        Wire wire = channel.toward(toward);
        boolean nothingCanArrive = wire.size() == 0 && (channel.failed() || !channel.up(1 - toward));
        return nothingCanArrive ? limitNanos : limitNanos - (hosts[clock].nanos() - wire.oldest(clock));
    }

    /** Moves everything on the control channels, both ways, once. */
    private void flush() {
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
    }
}
