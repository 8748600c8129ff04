package org.netchannel.conformance.run;

import java.util.List;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.conformance.link.LinkWatcher;
import org.netchannel.conformance.link.PacketInFlight;
import org.netchannel.traces.Endpoint.Delivery;

/** Several watchers as one, called in their order. */
record Watchers(List<LinkWatcher> watchers) implements LinkWatcher {
    @Override
    public void pulled(int host, LinkChannel channel, PacketInFlight packet) {
        for (LinkWatcher watcher : watchers) {
            watcher.pulled(host, channel, packet);
        }
    }

    @Override
    public void delivered(int host, LinkChannel channel, PacketInFlight packet, boolean forged, Delivery delivery) {
        for (LinkWatcher watcher : watchers) {
            watcher.delivered(host, channel, packet, forged, delivery);
        }
    }

    @Override
    public void advanced(int host) {
        for (LinkWatcher watcher : watchers) {
            watcher.advanced(host);
        }
    }
}
