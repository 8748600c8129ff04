package org.netchannel.conformance.run;

import java.util.function.LongPredicate;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.conformance.link.LinkWatcher;
import org.netchannel.conformance.link.PacketInFlight;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.PacketType;

/**
 * Watches for packets of connections that should be gone: a new control channel repeats the state of every connection
 * that is not (NC-FAIL-2). An RST is repeated for a while and says nothing.
 */
final class Leftovers implements LinkWatcher {
    private LongPredicate counted = connection -> false;
    private PacketInFlight leftover;
    private int leftBy;

    /** Forgets what was seen so far; from now on packets of these connections count. */
    void begin(LongPredicate connections) {
        counted = connections;
        leftover = null;
    }

    /** A packet of a connection since {@link #begin}, or null. */
    PacketInFlight leftover() {
        return leftover;
    }

    /** The host that sent it. */
    int leftBy() {
        return leftBy;
    }

    @Override
    public void pulled(int host, LinkChannel channel, PacketInFlight packet) {
        if (!packet.is(PacketType.RST) && counted.test(packet.header().connection())) {
            leftover = packet;
            leftBy = host;
        }
    }

    @Override
    public void delivered(int host, LinkChannel channel, PacketInFlight packet, boolean forged, Delivery delivery) {
        // What was sent is enough.
    }

    @Override
    public void advanced(int host) {
        // Time leaves nothing.
    }
}
