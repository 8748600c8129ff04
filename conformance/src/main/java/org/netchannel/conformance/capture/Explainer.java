package org.netchannel.conformance.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.netchannel.conformance.capture.Links.Link;
import org.netchannel.conformance.capture.PacketStore.Seen;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Hello;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;

/**
 * Makes the trace of one link out of what was captured. A packet is pulled where it was captured. What a capture does
 * not show is put in as late and as little as will explain the packets: a packet is delivered when its receiver first
 * says something that it can't say without; see {@link Reasons}. At the end, and when a host closes a channel,
 * whatever has come and was not delivered is delivered.
 */
final class Explainer {
    private static final int RECORDS_BETWEEN_LOOKS = 4_096;
    /** A control packet that nothing has shown to have arrived is taken to have arrived after so long. */
    private static final int PATIENCE_RECORDS = 4_096;

    private static final long PATIENCE_NANOS = 20_000_000;
    private static final int RECORDS_BETWEEN_SWEEPS = 256;
    /** So far ahead is looked on a control channel that has a successor. */
    private static final int MOST_IN_QUEUE = 1_000;

    private final PacketStore store;
    private final Link link;
    private final Consumer<TraceLine> sink;
    private final Map<Integer, SeenChannel> channels = new HashMap<>();
    private final List<SeenHost> hosts = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Reasons reasons;
    private long zeroNs = -1;
    private long nowNs;
    private long current;
    private long step;
    private long leftOut;
    private boolean over;
    /** Packets whose reasons were found before their turn. */
    private final Set<Long> explained = new HashSet<>();

    Explainer(PacketStore store, Link link, Consumer<TraceLine> sink) {
        this.store = store;
        this.link = link;
        this.sink = sink;
        link.streams().forEach(stream ->
                channels.put(stream.number(), new SeenChannel(stream, link.dialer(stream), store)));
        hosts.add(new SeenHost(0, this::write));
        hosts.add(new SeenHost(1, this::write));
        this.reasons = new Reasons(this, link);
    }

    private void write(SeenHost host, TraceEvent event) {
        counts.merge(event.op(), 1L, Long::sum);
        sink.accept(new TraceLine(++step, name(host.index()), host.nanos(), event));
    }

    static String name(int host) {
        return host == 0 ? "A" : "B";
    }

    /** How many calls of each kind there are. */
    Map<String, Long> counts() {
        return counts;
    }

    /** Resets about connections that are not of this link's lives. */
    long leftOut() {
        return leftOut;
    }

    /** The settings of a host that are on the wire, and those the user has given. */
    Config config(int host, Config given) {
        Map<String, Long> settings = new HashMap<>(given.given());
        for (Stream stream : link.streams()) {
            boolean byDialer = link.dialer(stream) == host;
            long largest = stream.hello(byDialer).map(Hello::largestPayload).orElse(0L);
            learn(settings, Setting.MAX_PAYLOAD, largest);
            learn(settings, Setting.SEND_BUFFER, stream.sendBuffer(byDialer));
        }
        return new Config(settings);
    }

    /** The first that is legal; others are for the specification to see. */
    private static void learn(Map<String, Long> settings, Setting setting, long value) {
        Config alone = new Config(Map.of(setting.key(), value));
        if (!settings.containsKey(setting.key()) && alone.problem().isEmpty()) {
            settings.put(setting.key(), value);
        }
    }

    /**
     * Makes the trace.
     *
     * @param given settings of A and of B that the user has given
     * @param progress is told how many records were seen
     */
    void run(List<Config> given, LongConsumer progress) throws IOException {
        for (SeenHost host : hosts) {
            long incarnation = link.hosts().get(host.index()).incarnation();
            host.open(config(host.index(), given.get(host.index())), OptionalLong.of(incarnation));
        }
        long end = link.holeNs();
        for (current = 0; current < store.size(); current++) {
            Seen seen = store.get(current);
            if (seen.timeNs() >= end) {
                break;
            }
            SeenChannel channel = channels.get(seen.stream());
            if (channel != null) {
                take(seen, channel);
            }
            if (current % RECORDS_BETWEEN_SWEEPS == 0) {
                deliverWhatIsOld();
            }
            if (current % RECORDS_BETWEEN_LOOKS == 0) {
                progress.accept(current);
            }
        }
        deliverTheRest();
    }

    private void take(Seen seen, SeenChannel channel) {
        nowNs = seen.timeNs();
        zeroNs = zeroNs < 0 ? nowNs : zeroNs;
        SeenHost sender = hosts.get(channel.sender(seen.byDialer()));
        if (seen.kind() == PacketStore.Kind.END) {
            fail(sender, channel);
        } else if (seen.index() > channel.pulled[sender.index()]) {
            pull(sender, channel, seen);
        }
    }

    private void pull(SeenHost sender, SeenChannel channel, Seen seen) {
        channel.pulled[sender.index()] = seen.index();
        if (isOfAnotherLife(sender, seen)) {
            leftOut++;
            return;
        }
        ensureUp(sender, channel);
        if (!explained.remove(seen.index())) {
            reasons.find(sender, channel, seen);
        }
        sender.pull(channel.number(), seen.packet());
        reasons.pulled(sender, channel, seen);
    }

    /** NC-FAIL-3: RSTs about connections of an earlier life, of which this trace knows nothing. */
    private boolean isOfAnotherLife(SeenHost sender, Seen seen) {
        Optional<PacketHeader> header = seen.header();
        return header.isPresent() && Reasons.isHostRestarted(header.get())
                && sender.end(header.get().connection()).isEmpty()
                && sender.connection(header.get().connection()).isEmpty();
    }

    private void ensureUp(SeenHost host, SeenChannel channel) {
        if (!channel.up[host.index()]) {
            channel.up[host.index()] = true;
            if (channel.channelClass() == ChannelClass.CONTROL) {
                explainOlder(host, channel);
            }
            host.call(new TraceEvent.ChannelUp(
                    channel.number(), channel.channelClass(), channel.dialer() == host.index(), null));
        }
    }

    /** NC-CH-3: what is still to come on older control channels was decided before the new one came up. */
    private void explainOlder(SeenHost host, SeenChannel newest) {
        for (SeenChannel older : channels.values()) {
            if (older != newest && older.channelClass() == ChannelClass.CONTROL && !older.down[host.index()]
                    && older.pulled[host.index()] != PacketStore.NONE) {
                long next = store.get(older.pulled[host.index()]).nextInDirection();
                for (int i = 0; i < MOST_IN_QUEUE && next != PacketStore.NONE; i++) {
                    Seen seen = store.get(next);
                    if (seen.kind() != PacketStore.Kind.END && explained.add(next)) {
                        reasons.find(host, older, seen);
                    }
                    next = seen.nextInDirection();
                }
            }
        }
    }

    /** The host has seen the channel fail: it pulls nothing from it any more, and what came before was delivered. */
    void fail(SeenHost host, SeenChannel channel) {
        int at = host.index();
        if (!channel.up[at] || channel.down[at] || channel.failing[at]) {
            return;
        }
        channel.failing[at] = true;
        long next = channel.pulled[at] == PacketStore.NONE
                ? store.firstOf(channel.stream(), channel.byDialer(at))
                : store.get(channel.pulled[at]).nextInDirection();
        while (next != PacketStore.NONE) {
            Seen seen = store.get(next);
            if (seen.kind() != PacketStore.Kind.END) {
                pull(host, channel, seen);
            }
            next = seen.nextInDirection();
        }
        boolean moves = true;
        while (moves && hasCome(host, channel) && !reasons.isLost(host, store.get(channel.toDeliver[at]))) {
            moves = deliver(host, channel, true) || reasons.relieve(host);
        }
        if (!channel.down[at]) {
            channel.down[at] = true;
            host.call(new TraceEvent.ChannelDown(channel.number(), null));
        }
        channel.failing[at] = false;
    }

    /** Whether a packet has been pulled that the host was not given yet. */
    private boolean hasCome(SeenHost host, SeenChannel channel) {
        long next = channel.toDeliver[host.index()];
        return next != PacketStore.NONE && !channel.down[host.index()] && hasCome(host, channel, next);
    }

    /** A host that has not said HELLO on a channel doesn't have it yet. */
    private boolean hasCome(SeenHost host, SeenChannel channel, long index) {
        return (over || channel.up[host.index()]) && !channel.delivering[host.index()]
                && (index < current || index <= channel.pulled[1 - host.index()]);
    }

    /** Whether a packet is under way to the host. */
    boolean isUnderWay(SeenHost host, Seen seen) {
        SeenChannel channel = channels.get(seen.stream());
        if (channel == null || channel.sender(seen.byDialer()) == host.index() || channel.down[host.index()]) {
            return false;
        }
        long next = channel.toDeliver[host.index()];
        return next != PacketStore.NONE && seen.index() >= next && hasCome(host, channel, seen.index());
    }

    /** Whether the host has no use for this record any more. */
    boolean isPast(SeenHost host, Seen seen) {
        SeenChannel channel = channels.get(seen.stream());
        if (channel == null || channel.sender(seen.byDialer()) == host.index() || channel.down[host.index()]) {
            return true;
        }
        long next = channel.toDeliver[host.index()];
        return next == PacketStore.NONE || seen.index() < next;
    }

    /** Delivers everything on its channel up to this packet. */
    boolean deliverUntil(SeenHost host, Seen seen, boolean withholdReads) {
        SeenChannel channel = channels.get(seen.stream());
        while (isUnderWay(host, seen)) {
            if (!deliver(host, channel, withholdReads) && !reasons.relieve(host)) {
                return false;
            }
        }
        return true;
    }

    /** NC-CH-2: DATA goes out on a channel only after the peer's HELLO came in on it. */
    void helloArrives(SeenHost host, SeenChannel channel) {
        long first = store.firstOf(channel.stream(), !channel.byDialer(host.index()));
        if (first != PacketStore.NONE) {
            deliverUntil(host, store.get(first), false);
        }
    }

    /** The next packet of a channel; false when the channel's budget is spent. */
    private boolean deliver(SeenHost host, SeenChannel channel, boolean withholdReads) {
        int at = host.index();
        Seen seen = store.get(channel.toDeliver[at]);
        if (seen.kind() != PacketStore.Kind.END && !isOfAnotherLife(hosts.get(1 - at), seen)) {
            ensureUp(host, channel);
            channel.delivering[at] = true;
            reasons.beforeDelivery(host, seen);
            channel.delivering[at] = false;
            var delivery = host.deliver(channel.number(), seen.packet());
            if (delivery.failed()) {
                channel.down[at] = true;
            } else if (!delivery.accepted()) {
                return false;
            }
        }
        channel.toDeliver[at] = seen.nextInDirection();
        reasons.afterDelivery(host, seen, withholdReads);
        return true;
    }

    /** NC-CH-3: a control channel is always read. What is not looked for any more keeps searches short, too. */
    private void deliverWhatIsOld() {
        for (SeenChannel channel : channels.values()) {
            if (channel.channelClass() == ChannelClass.CONTROL) {
                hosts.forEach(host -> deliverWhatIsOld(host, channel));
            }
        }
    }

    private void deliverWhatIsOld(SeenHost host, SeenChannel channel) {
        boolean moves = true;
        while (moves && hasCome(host, channel)) {
            Seen seen = store.get(channel.toDeliver[host.index()]);
            moves = seen.index() < current - PATIENCE_RECORDS && seen.timeNs() < nowNs - PATIENCE_NANOS
                    && !reasons.isLost(host, seen) && deliver(host, channel, false);
        }
    }

    private void deliverTheRest() {
        over = true;
        for (long index = 0; index < current; index++) {
            Seen seen = store.get(index);
            SeenChannel channel = channels.get(seen.stream());
            if (channel != null && seen.kind() != PacketStore.Kind.END) {
                deliverUntil(hosts.get(1 - channel.sender(seen.byDialer())), seen, false);
            }
        }
    }

    PacketStore store() {
        return store;
    }

    List<SeenChannel> channels() {
        return List.copyOf(channels.values());
    }

    int senderOf(Seen seen) {
        SeenChannel channel = channels.get(seen.stream());
        return channel == null ? -1 : channel.sender(seen.byDialer());
    }

    SeenChannel channelOf(Seen seen) {
        return channels.get(seen.stream());
    }

    /** When the packet that is being explained was captured, counted from the first. */
    long nanos() {
        return nowNs - zeroNs;
    }

    long nanos(Seen seen) {
        return seen.timeNs() - zeroNs;
    }

    long current() {
        return current;
    }
}
