package org.netchannel.conformance.link;

import java.util.ArrayDeque;
import java.util.function.Predicate;

/**
 * One direction of a channel: what was pulled from one endpoint and not yet accepted by the other, in order (NC-CH-1).
 */
final class Wire {
    private final ArrayDeque<PacketInFlight> inFlight = new ArrayDeque<>();
    private long emptyAtA;
    private long emptyAtB;

    Wire(long nanosA, long nanosB) {
        transmitQueueEmpty(nanosA, nanosB);
    }

    void add(PacketInFlight packet) {
        inFlight.add(packet);
    }

    PacketInFlight head() {
        return inFlight.peek();
    }

    /** How many packets stand before the first of a kind, or -1 when there is none. */
    int before(Predicate<PacketInFlight> which) {
        int count = 0;
        for (PacketInFlight packet : inFlight) {
            if (which.test(packet)) {
                return count;
            }
            count++;
        }
        return -1;
    }

    void removeHead() {
        inFlight.remove();
    }

    int size() {
        return inFlight.size();
    }

    /** Loses everything but the first {@code kept} packets. */
    void cut(int kept) {
        while (inFlight.size() > kept) {
            inFlight.removeLast();
        }
    }

    /** The sender had nothing more to transmit when the hosts' clocks showed this. */
    void transmitQueueEmpty(long nanosA, long nanosB) {
        emptyAtA = nanosA;
        emptyAtB = nanosB;
    }

    /** The earliest time on a host's clock at which the oldest packet not yet delivered can have been sent. */
    long oldest(int host) {
        PacketInFlight head = inFlight.peek();
        if (head == null) {
            return host == 0 ? emptyAtA : emptyAtB;
        }
        return head.sentAfter(host);
    }

    long emptyAt(int host) {
        return host == 0 ? emptyAtA : emptyAtB;
    }
}
