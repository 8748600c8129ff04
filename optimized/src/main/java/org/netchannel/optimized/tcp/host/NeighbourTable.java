package org.netchannel.optimized.tcp.host;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Counters;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.optimized.time.TimerQueue;

/**
 * Where the hosts of the link are. The table is bounded, and nobody is asked for more than once a second. Only who was
 * asked, or asks this host, gets into the table.
 */
abstract class NeighbourTable {
    /** The most neighbours that are known or asked for. */
    static final int CAPACITY = 1_024;
    /** In the place of a link address: a question, to everybody. */
    static final long QUESTION = 0;

    private static final long REQUEST_INTERVAL = 1_000_000_000L;
    private static final int MOST_REQUESTS = 3;
    /** After so long a neighbour is asked again when it is used. */
    private static final long FRESH = 60_000_000_000L;
    /** The most packets that wait to be sent. */
    private static final int MOST_WAITING = 64;

    private final Counters counters;
    private final Runnable changed;
    /** Who got in first is first. */
    private final Map<Ipv6Address, Neighbour> table = new LinkedHashMap<>();
    private final TimerQueue<Neighbour> timers = new TimerQueue<>();
    /** Packets that wait to be sent: to which link address, and about or to which address. */
    private final long[] links = new long[MOST_WAITING];
    private final Ipv6Address[] targets = new Ipv6Address[MOST_WAITING];
    private int first;
    private int waiting;
    private boolean othersAnswer;
    private long nowNs;

    /**
     * Nobody is known.
     *
     * @param changed is called when a neighbour was found or given up
     */
    NeighbourTable(Counters counters, Runnable changed) {
        this.counters = counters;
        this.changed = changed;
    }

    Counters counters() {
        return counters;
    }

    int size() {
        return table.size();
    }

    /** A neighbour; it is asked when it is new. Null when it is new and another one would have to make way. */
    Neighbour at(Ipv6Address address, boolean mayEvict) {
        Neighbour neighbour = table.get(address);
        if (neighbour == null) {
            if (table.size() == CAPACITY) {
                if (!mayEvict) {
                    return null;
                }
                evict();
            }
            neighbour = add(address);
            ask(neighbour);
        }
        return neighbour;
    }

    private Neighbour add(Ipv6Address address) {
        Neighbour neighbour = new Neighbour(address);
        neighbour.confirmedAtNs = nowNs;
        table.put(address, neighbour);
        return neighbour;
    }

    /** Who has not answered makes way first: there may be nobody, and strangers can make this host ask for many. */
    private void evict() {
        Neighbour oldest = null;
        for (Neighbour neighbour : table.values()) {
            if (!neighbour.isReachable()) {
                oldest = neighbour;
                break;
            }
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
        if (!neighbour.isRunning() && nowNs - neighbour.confirmedAtNs > FRESH
                && nowNs - neighbour.askedAtNs >= REQUEST_INTERVAL) {
            ask(neighbour);
        }
    }

    private void ask(Neighbour neighbour) {
        neighbour.requests++;
        neighbour.askedAtNs = nowNs;
        timers.start(neighbour, nowNs + REQUEST_INTERVAL);
        enqueue(QUESTION, neighbour.address);
    }

    /** Another host with the same address answers who asks for it. */
    void leaveAnswersToOthers() {
        othersAnswer = true;
    }

    /** Somebody wants to know where this host is. */
    void answer(long link, Ipv6Address to, Counter counted) {
        if (!othersAnswer) {
            counters.count(counted);
            enqueue(link, to);
        }
    }

    /** An answer, or a question, is sent when the device takes it. */
    void enqueue(long link, Ipv6Address target) {
        if (waiting == MOST_WAITING) {
            counters.count(Counter.ANSWERS_DROPPED);
            return;
        }
        int slot = (first + waiting++) % MOST_WAITING;
        links[slot] = link;
        targets[slot] = target;
    }

    /** What is known of a host; null for nothing. */
    Neighbour find(Ipv6Address address) {
        return table.get(address);
    }

    /** Somebody says where it is; who is not known gets into the table when it may and there is room. */
    void learn(Ipv6Address sender, long link, boolean mayAdd) {
        Neighbour neighbour = table.get(sender);
        if (neighbour == null && mayAdd && table.size() < CAPACITY) {
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

    /** Where that one is was only claimed: it is asked when it is sent something next. */
    void suspect(Neighbour neighbour) {
        neighbour.confirmedAtNs = nowNs - FRESH - 1;
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
        int bytes = write(memory, links[first], targets[first]);
        targets[first] = null;
        first = (first + 1) % MOST_WAITING;
        waiting--;
        sink.end(bytes, null, 0, 0);
        return true;
    }

    /** Writes a frame: a question about a target, or an answer to it at a link address; gives its length. */
    abstract int write(MemorySegment memory, long link, Ipv6Address target);
}
