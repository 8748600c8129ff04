package org.netchannel.conformance.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/**
 * What is under way on the channels between the two hosts of a trace: each gives what was put in, in order (NC-CH-1).
 */
final class Underway {
    private final List<String> hosts;
    private final Map<Place, Deque<TracePacket>> packets = new HashMap<>();
    private final Set<Place> down = new HashSet<>();

    /** One direction of a channel, or a channel as one host sees it. */
    private record Place(String to, int channel) {}

    Underway(List<String> hosts) {
        this.hosts = hosts;
    }

    /** Whether a line fits what is under way. Of a trace of one host nothing is known. */
    boolean see(TraceLine line) {
        return hosts.size() != 2 || switch (line.event()) {
            case TraceEvent.Pull(int channel, int _, Outcome.Ok<List<TracePacket>>(var pulled)) -> {
                at(new Place(peer(line.host()), channel)).addAll(pulled);
                yield true;
            }
            case TraceEvent.ChannelDown(int channel, Outcome.Ok<?> _) -> {
                Place place = new Place(line.host(), channel);
                down.add(place);
                packets.remove(place);
                yield true;
            }
            case TraceEvent.Deliver(int channel, var packet, boolean forged, Outcome.Ok<Delivery>(var delivery)) ->
                delivered(new Place(line.host(), channel), packet, forged, delivery);
            default -> true;
        };
    }

    private boolean delivered(Place place, TracePacket packet, boolean forged, Delivery delivery) {
        Deque<TracePacket> underway = at(place);
        if (!forged && !packet.equals(underway.peek())) {
            return false;
        }
        if (!forged && delivery.accepted() && !down.contains(place)) {
            underway.remove();
        }
        if (delivery.failed()) {
            down.add(place);
        }
        return true;
    }

    private Deque<TracePacket> at(Place place) {
        return packets.computeIfAbsent(place, _ -> new ArrayDeque<>());
    }

    private String peer(String host) {
        return hosts.get(1 - hosts.indexOf(host));
    }
}
