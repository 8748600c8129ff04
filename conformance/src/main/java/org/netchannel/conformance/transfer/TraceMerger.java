package org.netchannel.conformance.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;
import org.netchannel.traces.TraceReader;
import org.netchannel.traces.TraceWriter;

/**
 * Merges the traces of two processes into one, by causality and never by wall clock (endpoint.md, "Traces"): the order
 * of each host is kept; the n-th packet delivered on a channel comes after the n-th packet that the other host pulled
 * on it, because a channel is FIFO (NC-CH-1); and a host that accepts a channel does so after the other has dialed it.
 * Any such order is as good as another: it is an order in which it may have happened. Holds one line of each trace. It
 * does not judge: a delivery that nothing explains is put where both hosts have nothing else, for a checker to reject.
 */
public final class TraceMerger {
    private final List<Side> sides;

    private TraceMerger(List<Side> sides) {
        this.sides = sides;
    }

    /**
     * Merges two trace files of one host each.
     *
     * @param first one host's trace
     * @param second the other host's
     * @param merged where the result goes; not there unless it is whole
     * @return number of lines after the header
     * @throws IOException when a trace can't be read, is malformed, or does not go with the other
     */
    public static long merge(Path first, Path second, Path merged) throws IOException {
        try (TraceReader a = TraceReader.open(first);
                TraceReader b = TraceReader.open(second)) {
            TraceHeader header = header(a.header(), b.header());
            TraceMerger merger = new TraceMerger(List.of(new Side(a), new Side(b)));
            // Closing the writer puts the file in its place, so it is closed only when everything was read.
            Path part = merged.resolveSibling(merged.getFileName() + ".part");
            try {
                long lines;
                try (TraceWriter writer = TraceWriter.create(part, header)) {
                    lines = merger.run(writer);
                }
                Files.move(part, merged, StandardCopyOption.REPLACE_EXISTING);
                return lines;
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private static TraceHeader header(TraceHeader a, TraceHeader b) throws IOException {
        List<String> hosts = new ArrayList<>(a.hosts());
        hosts.addAll(b.hosts());
        if (hosts.size() != 2 || new HashSet<>(hosts).size() != 2) {
            throw new IOException("the traces are of hosts " + hosts + ", legal is one host each, not the same");
        }
        if (!a.config().equals(b.config())) {
            throw new IOException("the traces are of hosts with different settings");
        }
        return new TraceHeader(a.implementation(), hosts, a.config(), a.seed());
    }

    /** Runs each host until it waits for the other; that keeps few packets in flight. */
    private long run(TraceWriter writer) throws IOException {
        long step = 0;
        int turn = 0;
        while (sides.get(0).line.isPresent() || sides.get(1).line.isPresent()) {
            Side side = sides.get(turn);
            Side other = sides.get(1 - turn);
            if (!side.canGoOn(other) && (side.line.isEmpty() || other.canGoOn(side))) {
                turn = 1 - turn;
                continue;
            }
            TraceLine line = side.line.orElseThrow();
            writer.write(new TraceLine(++step, line.host(), line.nanos(), line.event()));
            side.goOn();
        }
        return step;
    }

    /** One host's trace, up to its next line, and what has happened on its channels so far. */
    private static final class Side {
        private final TraceReader reader;
        private final Map<Integer, Long> pulled = new HashMap<>();
        private final Map<Integer, Long> delivered = new HashMap<>();
        private final Set<Integer> dialed = new HashSet<>();
        private Optional<TraceLine> line;

        Side(TraceReader reader) throws IOException {
            this.reader = reader;
            this.line = reader.next();
        }

        /** Whether the next line may come now, as far as the other host is concerned. */
        boolean canGoOn(Side other) {
            if (line.isEmpty()) {
                return false;
            }
            return switch (line.get().event()) {
                case TraceEvent.Deliver(int channel, var packet, boolean forged, var outcome) ->
                    forged || delivered.getOrDefault(channel, 0L) < other.pulled.getOrDefault(channel, 0L);
                case TraceEvent.ChannelUp(int channel, var channelClass, boolean dialer, var outcome) ->
                    dialer || other.dialed.contains(channel);
                default -> true;
            };
        }

        void goOn() throws IOException {
            switch (line.orElseThrow().event()) {
                case TraceEvent.Deliver(int channel, var packet, boolean forged, Ok<Delivery>(Delivery delivery))
                        when !forged && (delivery.accepted() || delivery.failed()) ->
                    delivered.merge(channel, 1L, Long::sum);
                case TraceEvent.Pull(int channel, int max, Ok<List<TracePacket>>(List<TracePacket> packets)) ->
                    pulled.merge(channel, (long) packets.size(), Long::sum);
                case TraceEvent.ChannelUp(int channel, var channelClass, boolean dialer, var outcome) when dialer ->
                    dialed.add(channel);
                default -> { }
            }
            line = reader.next();
        }
    }
}
