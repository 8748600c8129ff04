package org.netchannel.optimized.tcp.host;

import java.lang.foreign.MemorySegment;
import org.agrona.collections.Int2ObjectHashMap;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Counters;
import org.netchannel.optimized.tcp.wire.ArpPacket;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.time.TimerQueue;

/**
 * ARP (RFC 826; RFC 1122, section 2.3.2): where the hosts of the link are. The table is bounded, and nobody is asked
 * for more than once a second. Only who was asked, or asks this host, gets into the table.
 */
final class Neighbours {
    /** The most neighbours that are known or asked for. */
    static final int CAPACITY = 1_024;

    private static final long REQUEST_INTERVAL = 1_000_000_000L;
    private static final int MOST_REQUESTS = 3;
    /** After so long a neighbour is asked again when it is used. */
    private static final long FRESH = 60_000_000_000L;
    /** The most packets that wait to be sent. */
    private static final int MOST_WAITING = 64;

    private final Interface self;
    private final Counters counters;
    private final Runnable changed;
    private final Int2ObjectHashMap<Neighbour> table = new Int2ObjectHashMap<>();
    private final TimerQueue<Neighbour> timers = new TimerQueue<>();
    /** Packets that wait to be sent: to which link address, 0 for requests, and about which address. */
    private final long[] links = new long[MOST_WAITING];
    private final int[] targets = new int[MOST_WAITING];
    private int first;
    private int waiting;
    private long nowNs;

    /**
     * Nobody is known.
     *
     * @param changed is called when a neighbour was found or given up
     */
    Neighbours(Interface self, Counters counters, Runnable changed) {
        this.self = self;
        this.counters = counters;
        this.changed = changed;
    }

    int size() {
        return table.size();
    }

    /** The neighbour through which an address is reached; it is asked when it is new. */
    Neighbour towards(int address) {
        int nextHop = self.nextHop(address);
        Neighbour neighbour = table.get(nextHop);
        if (neighbour == null) {
            if (table.size() == CAPACITY) {
                evict();
            }
            neighbour = add(nextHop);
            ask(neighbour);
        }
        return neighbour;
    }

    private Neighbour add(int address) {
        Neighbour neighbour = new Neighbour(address);
        neighbour.confirmedAtNs = nowNs;
        table.put(address, neighbour);
        return neighbour;
    }

    private void evict() {
        Neighbour oldest = null;
        for (Neighbour neighbour : table.values()) {
            if (oldest == null || neighbour.confirmedAtNs < oldest.confirmedAtNs) {
                oldest = neighbour;
            }
        }
        counters.count(Counter.NEIGHBOUR_EVICTED);
        forget(oldest);
    }

    private void forget(Neighbour neighbour) {
        neighbour.forget();
        timers.remove(neighbour);
        table.remove(neighbour.address);
    }

    /** A neighbour is about to be sent something: one that was silent for long is asked again meanwhile. */
    void use(Neighbour neighbour) {
        if (!neighbour.isRunning() && nowNs - neighbour.confirmedAtNs > FRESH) {
            ask(neighbour);
        }
    }

    private void ask(Neighbour neighbour) {
        neighbour.requests++;
        timers.start(neighbour, nowNs + REQUEST_INTERVAL);
        enqueue(0, neighbour.address);
    }

    private void enqueue(long link, int target) {
        if (waiting == MOST_WAITING) {
            counters.count(Counter.ANSWERS_DROPPED);
            return;
        }
        int slot = (first + waiting++) % MOST_WAITING;
        links[slot] = link;
        targets[slot] = target;
    }

    /** An ARP packet arrived (RFC 826: packet reception). */
    void receive(MemorySegment memory, long at, int length) {
        if (!ArpPacket.isReadable(memory, at, length)) {
            counters.count(Counter.MALFORMED_PACKET);
            return;
        }
        int sender = ArpPacket.sender(memory, at);
        long link = ArpPacket.senderLink(memory, at);
        if (!Interface.isHost(link) || sender == self.address()) {
            counters.count(Counter.IMPOSSIBLE_SOURCE);
            return;
        }
        boolean forUs = ArpPacket.target(memory, at) == self.address();
        learn(sender, link, forUs);
        if (forUs && ArpPacket.operation(memory, at) == ArpPacket.REQUEST) {
            counters.count(Counter.ARP_ANSWERED);
            enqueue(link, sender);
        }
    }

    private void learn(int sender, long link, boolean forUs) {
        Neighbour neighbour = table.get(sender);
        if (neighbour == null && forUs && table.size() < CAPACITY && self.isOnLink(sender)
                && self.isPossiblePeer(sender)) {
            neighbour = add(sender);
        }
        if (neighbour != null) {
            neighbour.link = link;
            neighbour.confirmedAtNs = nowNs;
            neighbour.requests = 0;
            neighbour.stop();
            changed.run();
        }
    }

    /** Time moves on: who has not answered is asked again, and in the end given up. */
    void advance(long newNowNs) {
        for (Neighbour due = timers.expired(newNowNs); due != null; due = timers.expired(newNowNs)) {
            nowNs = Math.max(nowNs, due.expiredAt());
            if (due.requests < MOST_REQUESTS) {
                ask(due);
            } else {
                forget(due);
                changed.run();
            }
        }
        nowNs = newNowNs;
    }

    long nextDeadlineNs() {
        return timers.earliest();
    }

    /** Sends the packet that waits longest; false when there is none, or the device takes none. */
    boolean transmit(FrameSink sink) {
        MemorySegment memory = waiting == 0 ? null : sink.begin();
        if (memory == null) {
            return false;
        }
        long link = links[first];
        boolean request = link == 0;
        if (request) {
            counters.count(Counter.ARP_REQUESTS);
        }
        EthernetHeader.write(memory, 0, request ? EthernetHeader.BROADCAST : link, self.link(), EthernetHeader.ARP);
        ArpPacket.write(memory, EthernetHeader.BYTES, request ? ArpPacket.REQUEST : ArpPacket.REPLY, self.link(),
                self.address(), link, targets[first]);
        first = (first + 1) % MOST_WAITING;
        waiting--;
        sink.end(EthernetHeader.BYTES + ArpPacket.BYTES, null, 0, 0);
        return true;
    }
}
