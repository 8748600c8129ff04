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
import org.netchannel.traces.MalformedTraceException;
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
 *
 * <p>Why any such order will do: in the specification an event of a host reads and changes that host's state, appends
 * to what is under way to the other one (pull), and takes the first packet of what is under way to itself (deliver). So
 * two events of different hosts that follow each other may change places, unless the second one delivers what the first
 * one has pulled; every order that keeps the rules above can be had from the one in which it happened by such changes,
 * and is accepted when that one is. The other way round, an accepted merge is a run with the same two traces. No clock
 * is needed for that, so the processes may be on two machines; where they share a clock its order is one of these.
 *
 * <p>It does not judge. A line that no order explains, because the packets of both traces don't fit together, is put
 * where both hosts have nothing else, for a checker to reject, and is counted. Holds one line of each trace, and three
 * numbers for each of at most {@link #MOST_CHANNELS} channels.
 */
public final class TraceMerger {
    /** What is known of more channels is not kept: no pair of hosts has as many in its life. */
    public static final int MOST_CHANNELS = 1 << 20;

    private final List<Side> sides;
    private long unexplained;
    private List<TraceLine> stuckAt = List.of();

    /**
     * What was merged.
     *
     * @param lines of the merged trace, without its header
     * @param unexplained how many of them deliver what the other host has not pulled, or accept what it has not dialed
     * @param stuckAt where they first did not fit together: the next line of each host, as it stands in its own trace,
     *     one of them when the other trace is over; empty when everything fits
     */
    public record Merged(long lines, long unexplained, List<TraceLine> stuckAt) {}

    private TraceMerger(List<Side> sides) {
        this.sides = sides;
    }

    /**
     * Merges two trace files of one host each.
     *
     * @param first one host's trace
     * @param second the other host's
     * @param merged where the result goes; not there unless it is whole
     * @return how many lines, and whether they fit together
     * @throws MismatchedTracesException when the traces can't be of two hosts of one link
     * @throws IOException when a trace can't be read, or is malformed ({@link MalformedTraceException}), or one of its
     *     lines would be too long with its new number
     */
    public static Merged merge(Path first, Path second, Path merged) throws IOException {
        return merge(first, second, merged, MOST_CHANNELS);
    }

    /** The same with another bound. */
    static Merged merge(Path first, Path second, Path merged, int mostChannels) throws IOException {
        try (TraceReader a = TraceReader.open(first);
                TraceReader b = TraceReader.open(second)) {
            TraceHeader header = header(a.header(), b.header());
            TraceMerger merger = new TraceMerger(List.of(new Side(a, mostChannels), new Side(b, mostChannels)));
            // Closing the writer puts the file in its place, so it is closed only when everything was read.
            Path part = Files.createTempFile(merged.toAbsolutePath().getParent(), merged.getFileName() + ".", ".part");
            try {
                Merged result;
                try (TraceWriter writer = TraceWriter.create(part, header)) {
                    result = merger.run(writer);
                }
                Files.move(part, merged, StandardCopyOption.REPLACE_EXISTING);
                return result;
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }

    private static TraceHeader header(TraceHeader a, TraceHeader b)
            throws MismatchedTracesException {
        List<String> hosts = new ArrayList<>(a.hosts());
        hosts.addAll(b.hosts());
        if (hosts.size() != 2 || new HashSet<>(hosts).size() != 2) {
            throw new MismatchedTracesException(
                    "the traces are of hosts " + hosts + ", legal is one host each, not the same");
        }
        if (!a.config().equals(b.config())) {
            throw new MismatchedTracesException("the traces are of hosts with different settings");
        }
        return new TraceHeader(a.implementation(), hosts, a.config(), a.seed());
    }

    /** Runs each host until it waits for the other; that keeps few packets in flight. */
    private Merged run(TraceWriter writer) throws IOException {
        long step = 0;
        int turn = 0;
        while (sides.get(0).line.isPresent() || sides.get(1).line.isPresent()) {
            Side side = sides.get(turn);
            Side other = sides.get(1 - turn);
            boolean explained = side.canGoOn(other);
            if (!explained && (side.line.isEmpty() || other.canGoOn(side))) {
                turn = 1 - turn;
                continue;
            }
            TraceLine line = side.line.orElseThrow();
            if (!explained && unexplained++ == 0) {
                stuckAt = sides.stream().flatMap(one -> one.line.stream()).toList();
            }
            side.write(new TraceLine(++step, line.host(), line.nanos(), line.event()), writer);
            side.goOn();
        }
        return new Merged(step, unexplained, stuckAt);
    }

    /** One host's trace, up to its next line, and what has happened on its channels so far. */
    private static final class Side {
        private final TraceReader reader;
        private final int mostChannels;
        private final Map<Integer, Long> pulled = new HashMap<>();
        private final Map<Integer, Long> delivered = new HashMap<>();
        private final Set<Integer> dialed = new HashSet<>();
        private Optional<TraceLine> line;

        Side(TraceReader reader, int mostChannels) throws IOException {
            this.reader = reader;
            this.mostChannels = mostChannels;
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

        /** The line that comes now has another step than in its own trace, which may be longer. */
        void write(TraceLine renumbered, TraceWriter writer) throws MalformedTraceException {
            try {
                writer.write(renumbered);
            } catch (IllegalArgumentException e) {
                throw reader.malformed("as step " + renumbered.step() + " of the merged trace, " + e.getMessage());
            }
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
            if (Math.max(dialed.size(), Math.max(pulled.size(), delivered.size())) > mostChannels) {
                throw new MismatchedTracesException("host " + line.get().host() + " has more than " + mostChannels
                        + " channels at step " + line.get().step());
            }
            line = reader.next();
        }
    }
}
