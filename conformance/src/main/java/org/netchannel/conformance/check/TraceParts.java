package org.netchannel.conformance.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/** What a trace consists of, and the trace without some of it: steps and times are those of a run without it. */
final class TraceParts {
    private TraceParts() {}

    /** A packet on a channel, however often it went there. */
    record Carried(int channel, TracePacket packet) {}

    private record Socket(String host, int number) {}

    /** The connection of each line that is about one socket; null for other lines. */
    private static List<Long> connectionOfEachLine(List<TraceLine> lines) {
        Map<Socket, Long> sockets = new HashMap<>();
        List<Long> connections = new ArrayList<>(lines.size());
        for (TraceLine line : lines) {
            begun(line).ifPresent(connected ->
                    sockets.put(new Socket(line.host(), connected.socket()), connected.connection()));
            connections.add(socket(line.event()).map(number -> sockets.get(new Socket(line.host(), number)))
                    .orElse(null));
        }
        return connections;
    }

    private static Optional<Connected> begun(TraceLine line) {
        return switch (line.event()) {
            case TraceEvent.Connect(int _, var _, Ok<Connected>(Connected connected)) -> Optional.of(connected);
            case TraceEvent.Accept(int _, Ok<Optional<Connected>>(Optional<Connected> child)) -> child;
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> socket(TraceEvent event) {
        return switch (event) {
            case TraceEvent.Connect(int _, var _, Ok<Connected>(Connected connected)) ->
                Optional.of(connected.socket());
            case TraceEvent.Accept(int _, Ok<Optional<Connected>>(Optional<Connected> child)) ->
                child.map(Connected::socket);
            case TraceEvent.Send send -> Optional.of(send.socket());
            case TraceEvent.Receive receive -> Optional.of(receive.socket());
            case TraceEvent.Shutdown shutdown -> Optional.of(shutdown.socket());
            case TraceEvent.Close close -> Optional.of(close.socket());
            case TraceEvent.Abort abort -> Optional.of(abort.socket());
            case TraceEvent.Status status -> Optional.of(status.socket());
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> channel(TraceEvent event) {
        return switch (event) {
            case TraceEvent.ChannelUp up -> Optional.of(up.channel());
            case TraceEvent.ChannelDown down -> Optional.of(down.channel());
            case TraceEvent.ChannelDrain drain -> Optional.of(drain.channel());
            case TraceEvent.Deliver deliver -> Optional.of(deliver.channel());
            case TraceEvent.Pull pull -> Optional.of(pull.channel());
            default -> Optional.empty();
        };
    }

    /** The packets that went over the boundary of a host. */
    static List<Carried> packets(List<TraceLine> lines) {
        Set<Carried> packets = new LinkedHashSet<>();
        for (TraceLine line : lines) {
            switch (line.event()) {
                case TraceEvent.Pull(int channel, int _, Ok<List<TracePacket>>(List<TracePacket> pulled)) ->
                    pulled.forEach(packet -> packets.add(new Carried(channel, packet)));
                case TraceEvent.Deliver deliver -> packets.add(new Carried(deliver.channel(), deliver.packet()));
                default -> { }
            }
        }
        return List.copyOf(packets);
    }

    /** The ids of all connections. */
    static List<Long> connections(List<TraceLine> lines) {
        Set<Long> ids = new LinkedHashSet<>();
        lines.forEach(line -> begun(line).ifPresent(connected -> ids.add(connected.connection())));
        packets(lines).stream().map(carried -> connection(carried.packet())).filter(id -> id != 0).forEach(ids::add);
        return List.copyOf(ids);
    }

    private static long connection(TracePacket packet) {
        return packet instanceof TracePacket.Readable readable ? readable.header().connection() : 0;
    }

    /** The numbers of all channels. */
    static List<Integer> channels(List<TraceLine> lines) {
        return lines.stream().flatMap(line -> channel(line.event()).stream()).distinct().toList();
    }

    static List<TraceLine> withoutConnections(List<TraceLine> lines, Set<Long> ids) {
        List<Long> connections = connectionOfEachLine(lines);
        return without(lines, (at, _) -> connections.get(at) != null && ids.contains(connections.get(at)),
                (_, packet) -> ids.contains(connection(packet)));
    }

    static List<TraceLine> withoutChannels(List<TraceLine> lines, Set<Integer> numbers) {
        return without(lines, (_, line) -> channel(line.event()).filter(numbers::contains).isPresent(),
                (_, _) -> false);
    }

    static List<TraceLine> withoutLines(List<TraceLine> lines, Set<Integer> indices) {
        return without(lines, (at, _) -> indices.contains(at), (_, _) -> false);
    }

    static List<TraceLine> withoutPackets(List<TraceLine> lines, Set<Carried> packets) {
        return without(lines, (_, _) -> false, (channel, packet) -> packets.contains(new Carried(channel, packet)));
    }

    private static List<TraceLine> without(
            List<TraceLine> lines, BiPredicate<Integer, TraceLine> line, BiPredicate<Integer, TracePacket> packet) {
        Map<String, Long> left = new HashMap<>();
        List<TraceLine> kept = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            TraceLine old = lines.get(at);
            Optional<TraceEvent> event =
                    line.test(at, old) ? Optional.empty() : without(old.event(), packet);
            if (event.isPresent()) {
                long nanos = Math.max(0, old.nanos() - left.getOrDefault(old.host(), 0L));
                kept.add(new TraceLine(kept.size() + 1L, old.host(), nanos, event.get()));
            } else if (old.event() instanceof TraceEvent.Advance(long by, Ok<?> _)) {
                left.merge(old.host(), by, Long::sum);
            }
        }
        return kept;
    }

    /** A pull that gave as many as it may says nothing of what was left, and without some of them it still doesn't. */
    private static Optional<TraceEvent> without(TraceEvent event, BiPredicate<Integer, TracePacket> dropped) {
        return switch (event) {
            case TraceEvent.Deliver deliver when dropped.test(deliver.channel(), deliver.packet()) -> Optional.empty();
            case TraceEvent.Pull(int channel, int max, Ok<List<TracePacket>>(List<TracePacket> packets)) -> {
                List<TracePacket> kept = packets.stream().filter(packet -> !dropped.test(channel, packet)).toList();
                int most = max - (packets.size() - kept.size());
                yield most < 1 ? Optional.empty() : Optional.of(new TraceEvent.Pull(channel, most, Outcome.ok(kept)));
            }
            default -> Optional.of(event);
        };
    }
}
