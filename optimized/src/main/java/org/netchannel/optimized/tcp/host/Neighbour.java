package org.netchannel.optimized.tcp.host;

import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.optimized.time.Deadline;

/** Another host on the link, and what is known of its link address. Its deadline is that of the next request. */
final class Neighbour extends Deadline {
    private static final long UNKNOWN = -1;

    final Ipv6Address address;
    /** Its Ethernet address, once it has answered. */
    long link = UNKNOWN;
    /** When it last said where it is. */
    long confirmedAtNs;
    /** When it was last asked. */
    long askedAtNs;
    /** Requests since then. */
    int requests;
    /** It is in the table. */
    boolean known = true;

    Neighbour(Ipv6Address address) {
        this.address = address;
    }

    boolean isReachable() {
        return link != UNKNOWN;
    }

    void forget() {
        known = false;
        link = UNKNOWN;
    }
}
