package org.netchannel.optimized;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.status.CountersManager;
import org.netchannel.optimized.counters.CountersFile;
import org.netchannel.traces.PacketType;

/**
 * Writes what a host has counted into its file, a hundred times a second: what is on the way of packets counts in plain
 * fields. Part of the duty cycle of the stack's thread; allocates when channels come and go, and nothing else.
 */
final class CountersAgent implements Agent {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private record Published(int id, LongSupplier value) {}

    /** What is told of a channel. */
    private record OfChannel(Channel channel, int queued, int waiting) {}

    private final HostCore host;
    private final Turn turn;
    private final CountersFile file;
    private final CountersManager counters;
    private final List<Published> published = new ArrayList<>();
    private final Int2ObjectHashMap<OfChannel> channels = new Int2ObjectHashMap<>();
    private final Predicate<OfChannel> isOver = this::isOver;
    private boolean tellsOfDpdk;
    private long nextNs = System.nanoTime();

    CountersAgent(HostCore host, Turn turn, CountersFile file) {
        this.host = host;
        this.turn = turn;
        this.file = file;
        this.counters = file.counters();
        publishAll(host.statistics);
    }

    private void publishAll(Statistics statistics) {
        publish("payload bytes received", statistics::receivedBytes);
        publish("payload bytes sent", statistics::sentBytes);
        for (PacketType type : PacketType.values()) {
            publish("packets received: " + type, () -> statistics.received(type.code()));
            publish("packets sent: " + type, () -> statistics.sent(type.code()));
        }
        for (Dropped cause : Dropped.values()) {
            publish("packets dropped: " + cause.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    () -> host.dropped(cause));
        }
        for (Limited what : Limited.values()) {
            publish("limited: " + what.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    () -> statistics.times(what));
        }
        publish("connections", host::connectionCount);
        publish("sockets", host.sockets::count);
        publish("channels failed", statistics::failedChannels);
        publish("payload memory in use, bytes", () -> both(SegmentPool::bytesInUse));
        publish("payload memory taken from the system, bytes", () -> both(SegmentPool::bytesTaken));
        publish("payload memory at most, bytes", () -> both(SegmentPool::capacityBytes));
        publish("payload memory: times there was none", () -> both(SegmentPool::refused));
        publish("duty cycles", statistics::cycles);
        publish("longest duty cycle, nanoseconds", statistics::longestCycleNs);
        publish("duty cycles over " + TimeUnit.NANOSECONDS.toMillis(Cycles.STALL_NS) + " ms",
                statistics::stalls);
    }

    /** Of what is received and what is sent. */
    private long both(ToLongFunction<SegmentPool> value) {
        return value.applyAsLong(host.segments) + value.applyAsLong(host.outgoingSegments);
    }

    private void publish(String label, LongSupplier value) {
        published.add(new Published(counters.allocate(label), value));
    }

    @Override
    public int doWork() {
        long now = System.nanoTime();
        if (now - nextNs < 0) {
            return 0;
        }
        nextNs = now + PERIOD_NS;
        turn.enter();
        try {
            write();
        } finally {
            turn.leave();
        }
        file.beat(System.currentTimeMillis());
        return 1;
    }

    private void write() {
        if (!tellsOfDpdk && !host.statistics.dpdk().isEmpty()) {
            tellsOfDpdk = true;
            host.statistics.dpdk().publish(this::publish);
        }
        for (int i = 0; i < published.size(); i++) {
            counters.setCounterValue(published.get(i).id(), published.get(i).value().getAsLong());
        }
        if (channels.values().removeIf(isOver) | host.link.count() != channels.size()) {
            Arrays.stream(host.link.all()).forEach(this::begin);
        }
        for (OfChannel of : channels.values()) {
            counters.setCounterValue(of.queued(), of.channel().transmit.dataBytes());
            counters.setCounterValue(of.waiting(), of.channel().charge);
        }
    }

    private boolean isOver(OfChannel of) {
        if (of.channel().isGone) {
            counters.free(of.queued());
            counters.free(of.waiting());
        }
        return of.channel().isGone;
    }

    private void begin(Channel channel) {
        boolean fits = published.size() + 2 * channels.size() + 2 <= CountersFile.MOST_COUNTERS;
        if (fits && !channels.containsKey(channel.number)) {
            String name = "channel " + channel.number + " " + channel.channelClass + ": ";
            channels.put(channel.number, new OfChannel(channel, counters.allocate(name + "bytes queued"),
                    counters.allocate(name + "bytes in response queues")));
        }
    }

    @Override
    public void onClose() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String roleName() {
        return "netchannel-counters";
    }
}
