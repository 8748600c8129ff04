package org.netchannel.conformance.capture;

import java.util.Optional;
import java.util.function.Predicate;
import org.netchannel.conformance.capture.PacketStore.Seen;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** Looks along the packets of a connection: what is under way to a host, and what the host will say. */
final class Arrivals {
    private final Explainer explainer;

    Arrivals(Explainer explainer) {
        this.explainer = explainer;
    }

    static boolean is(PacketHeader header, PacketType type) {
        return header.typeCode() == type.code();
    }

    SeenEnd end(SeenHost host, long id) {
        return host.end(id, explainer.store().firstOf(id));
    }

    /** The first packet under way to the host that belongs to a connection and is like this. */
    Optional<Seen> underWay(SeenHost host, long id, Predicate<PacketHeader> like) {
        SeenEnd end = end(host, id);
        long index = end.cursor;
        boolean past = true;
        while (index != PacketStore.NONE && index < explainer.current()) {
            Seen seen = explainer.store().get(index);
            past = past && explainer.isPast(host, seen);
            if (past) {
                end.cursor = seen.nextOfConnection() == PacketStore.NONE ? index : seen.nextOfConnection();
            } else if (explainer.isUnderWay(host, seen) && like.test(seen.header().orElseThrow())) {
                return Optional.of(seen);
            }
            index = seen.nextOfConnection();
        }
        return Optional.empty();
    }

    /** Something that the host sends for the connection, soon after what arrives now or later. */
    Optional<PacketHeader> later(SeenHost host, long id, Predicate<PacketHeader> like) {
        return from(host, id, 0, like);
    }

    /** Something that the host has not sent for the connection yet. */
    Optional<PacketHeader> afterwards(SeenHost host, long id, Predicate<PacketHeader> like) {
        return from(host, id, explainer.current() + 1, like);
    }

    private Optional<PacketHeader> from(SeenHost host, long id, long first, Predicate<PacketHeader> like) {
        long index = end(host, id).cursor;
        while (index != PacketStore.NONE) {
            Seen seen = explainer.store().get(index);
            if (index >= first && explainer.senderOf(seen) == host.index() && seen.header().filter(like).isPresent()) {
                return seen.header();
            }
            index = seen.nextOfConnection();
        }
        return Optional.empty();
    }

    /** The first packet that is like this arrives, with all that is before it on its channel. */
    boolean arrive(SeenHost host, long id, Predicate<PacketHeader> like) {
        return underWay(host, id, like).filter(seen -> explainer.deliverUntil(host, seen, false)).isPresent();
    }

    /** Whether the host will stop the peer of a connection; looks at each packet once. */
    boolean willStop(SeenHost host, long id) {
        SeenEnd end = end(host, id);
        while (end.nextStop != PacketStore.NONE) {
            Seen seen = explainer.store().get(end.nextStop);
            if (end.nextStop > explainer.current() && explainer.senderOf(seen) == host.index()
                    && seen.header().filter(packet -> is(packet, PacketType.STOP)).isPresent()) {
                return true;
            }
            end.nextStop = seen.nextOfConnection();
        }
        return false;
    }
}
