package org.netchannel.conformance.link;

import org.netchannel.traces.Endpoint.Delivery;

/** Sees every packet that passes the boundary between a host and the link. Called in the driver's thread. */
public interface LinkWatcher {
    /**
     * A host has put a packet on a channel.
     *
     * @param host 0 or 1
     * @param channel the channel
     * @param packet the packet; it is lost at once when the channel has failed
     */
    void pulled(int host, LinkChannel channel, PacketInFlight packet);

    /**
     * A packet was offered to a host.
     *
     * @param host 0 or 1
     * @param channel the channel
     * @param packet the packet
     * @param forged whether the driver made it up
     * @param delivery the host's answer
     */
    void delivered(int host, LinkChannel channel, PacketInFlight packet, boolean forged, Delivery delivery);

    /**
     * Time has passed on a host.
     *
     * @param host 0 or 1
     */
    void advanced(int host);
}
