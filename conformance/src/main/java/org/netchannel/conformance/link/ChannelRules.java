package org.netchannel.conformance.link;

import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.traces.ChannelClass;

/** What hosts may put on a channel and refuse from it, as far as a channel alone can tell (section 3). */
final class ChannelRules {
    private ChannelRules() {}

    static void checkSent(LinkChannel channel, int host, PacketInFlight packet) {
        if (packet.header() == null) {
            throw violation("a host sent bytes that are no packet", channel, host, packet.bytes().toString(),
                    "NC-HDR-2");
        }
        String wrong = channel.noteSent(host, packet);
        if (!wrong.isEmpty()) {
            throw violation("packets of a channel in an order that is not legal", channel, host, wrong,
                    "NC-CH-2", "NC-CH-5");
        }
    }

    /** NC-CH-3. */
    static void checkRefused(LinkChannel channel, int host) {
        if (channel.channelClass() == ChannelClass.CONTROL) {
            throw violation("a control packet was refused", channel, host, "accepted is false", "NC-CH-3");
        }
    }

    static ViolationFound violation(
            String kind, LinkChannel channel, int host, String detail, String... clauses) {
        String where = "host " + Host.name(host) + ", " + channel + ": ";
        return new ViolationFound(Violation.of(kind, where + detail, clauses));
    }
}
