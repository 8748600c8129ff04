package org.netchannel.conformance.run;

import java.util.Map;
import java.util.TreeMap;
import org.netchannel.conformance.forge.Forgery;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.conformance.link.LinkWatcher;
import org.netchannel.conformance.link.PacketInFlight;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Counts what runs exercised. One thread calls. */
public final class Coverage implements LinkWatcher {
    private final long[] counters = new long[Counter.values().length];
    private final long[] packets = new long[PacketType.values().length];
    private final long[] forgeries = new long[Forgery.values().length];
    private final long[] reasons = new long[Reason.values().length];

    /** Starts at zero. */
    public Coverage() {}

    /**
     * Counts one.
     *
     * @param counter of what
     */
    public void count(Counter counter) {
        add(counter, 1);
    }

    /**
     * Counts several.
     *
     * @param counter of what
     * @param howMany 0 and more
     */
    public void add(Counter counter, long howMany) {
        counters[counter.ordinal()] += howMany;
    }

    /**
     * Counts a forged packet.
     *
     * @param forgery its kind
     */
    public void count(Forgery forgery) {
        count(Counter.PACKETS_FORGED);
        forgeries[forgery.ordinal()]++;
    }

    /**
     * Counts a connection that ended with a reason.
     *
     * @param reason the reason
     */
    public void count(Reason reason) {
        count(Counter.CONNECTIONS_BROKEN);
        reasons[reason.ordinal()]++;
    }

    /**
     * How often something was counted.
     *
     * @param counter what
     * @return the number
     */
    public long get(Counter counter) {
        return counters[counter.ordinal()];
    }

    /**
     * How many packets of a type hosts have sent.
     *
     * @param type the type
     * @return the number
     */
    public long get(PacketType type) {
        return packets[type.ordinal()];
    }

    /**
     * How many packets of a kind were forged.
     *
     * @param forgery the kind
     * @return the number
     */
    public long get(Forgery forgery) {
        return forgeries[forgery.ordinal()];
    }

    /**
     * How many sockets were seen to end with a reason.
     *
     * @param reason the reason
     * @return the number
     */
    public long get(Reason reason) {
        return reasons[reason.ordinal()];
    }

    /**
     * Adds the counts of other runs.
     *
     * @param other the counts
     */
    public void add(Coverage other) {
        add(counters, other.counters);
        add(packets, other.packets);
        add(forgeries, other.forgeries);
        add(reasons, other.reasons);
    }

    private static void add(long[] to, long[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /**
     * Everything by name, for reports: counters as they are called, packets as {@code sent.TYPE}, forged packets as
     * {@code forged.KIND}, ends as {@code ended.REASON}.
     *
     * @return a new map, sorted by name
     */
    public Map<String, Long> asMap() {
        Map<String, Long> all = new TreeMap<>();
        put(all, "", Counter.values(), counters);
        put(all, "sent.", PacketType.values(), packets);
        put(all, "forged.", Forgery.values(), forgeries);
        put(all, "ended.", Reason.values(), reasons);
        return all;
    }

    private static void put(Map<String, Long> all, String prefix, Enum<?>[] names, long[] values) {
        for (int i = 0; i < names.length; i++) {
            all.put(prefix + names[i].name(), values[i]);
        }
    }

    @Override
    public void pulled(int host, LinkChannel channel, PacketInFlight packet) {
        packet.header().type().ifPresent(type -> packets[type.ordinal()]++);
    }

    @Override
    public void delivered(int host, LinkChannel channel, PacketInFlight packet, boolean forged, Delivery delivery) {
        if (!delivery.accepted()) {
            count(Counter.DELIVERIES_REFUSED);
        } else if (forged && delivery.failed()) {
            count(Counter.CHANNELS_FAILED_BY_FORGERY);
        }
    }

    @Override
    public void advanced(int host) {
        // Time is not counted.
    }
}
