package org.netchannel.conformance.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/**
 * Makes a rejected trace smaller: takes whole connections out, then channels, calls and packets, many at a time first.
 * What is left is still a run: everything before its last line is accepted, and that line is the one that was rejected
 * before, with the same clauses in play and the same answer of the specification. One thread calls.
 */
public final class TraceShrinker {
    private static final String ANSWER = "of that, ";
    private static final String EXPECTED = "the specification says";
    private static final String STATE = "state before";

    private final TraceChecker checker;
    private final TraceHeader header;
    private final long deadlineNanos;
    private final Consumer<String> progress;
    private List<TraceLine> smallest = List.of();
    private Verdict.Rejected wanted;
    private long tries;

    /**
     * What is left of a trace.
     *
     * @param lines with steps from 1; the last one is rejected
     * @param inTime false when there was no time to try everything
     */
    public record Shrunk(List<TraceLine> lines, boolean inTime) {}

    /**
     * Prepares for one trace.
     *
     * @param checker judges what is left
     * @param header the trace's first line
     * @param limitNanos stops when so much time has passed
     * @param progress is told how far it is, often
     */
    public TraceShrinker(TraceChecker checker, TraceHeader header, long limitNanos, Consumer<String> progress) {
        this.checker = checker;
        this.header = header;
        this.deadlineNanos = System.nanoTime() + limitNanos;
        this.progress = progress;
    }

    /**
     * Shrinks the trace.
     *
     * @param lines every line up to the one that is rejected, and that one
     * @return the smallest trace that was found; empty when the checker does not reject the last line
     */
    public Optional<Shrunk> shrink(List<TraceLine> lines) {
        List<TraceLine> numbered = TraceParts.withoutLines(lines, Set.of());
        if (!(checker.check(header, numbered) instanceof Verdict.Rejected rejected)
                || rejected.step() != numbered.size()) {
            return Optional.empty();
        }
        smallest = numbered;
        wanted = rejected;
        boolean smaller = true;
        while (smaller) {
            smaller = takeOut(TraceParts::connections, TraceParts::withoutConnections)
                    | takeOut(TraceParts::channels, TraceParts::withoutChannels)
                    | takeOut(TraceShrinker::allButTheLast, TraceParts::withoutLines)
                    | takeOut(TraceParts::packets, TraceParts::withoutPackets);
        }
        return Optional.of(new Shrunk(smallest, !timeIsUp()));
    }

    private boolean timeIsUp() {
        return System.nanoTime() - deadlineNanos > 0;
    }

    /**
     * How many connections a trace is about.
     *
     * @param lines the trace
     * @return the number of connection ids in calls and packets
     */
    public static int connections(List<TraceLine> lines) {
        return TraceParts.connections(lines).size();
    }

    /**
     * How many channels a trace is about.
     *
     * @param lines the trace
     * @return the number of channels in calls
     */
    public static int channels(List<TraceLine> lines) {
        return TraceParts.channels(lines).size();
    }

    private static List<Integer> allButTheLast(List<TraceLine> lines) {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < lines.size() - 1; i++) {
            indices.add(i);
        }
        return indices;
    }

    /** From the end, so that the indices of lines stay what they are. */
    private <P> boolean takeOut(
            Function<List<TraceLine>, List<P>> partsOf, BiFunction<List<TraceLine>, Set<P>, List<TraceLine>> without) {
        boolean any = false;
        for (int size = Math.max(1, partsOf.apply(smallest).size()); size >= 1; size /= 2) {
            List<P> parts = partsOf.apply(smallest);
            for (int to = parts.size(); to > 0; to -= size) {
                Set<P> some = new HashSet<>(parts.subList(Math.max(0, to - size), to));
                any |= accept(without.apply(smallest, some));
            }
        }
        return any;
    }

    private boolean accept(List<TraceLine> candidate) {
        if (timeIsUp() || candidate.isEmpty() || candidate.equals(smallest)) {
            return false;
        }
        tries++;
        progress.accept(String.format("%,d lines left, %,d tries", smallest.size(), tries));
        boolean same = checker.check(header, candidate) instanceof Verdict.Rejected rejected
                && rejected.step() == candidate.size()
                && rejected.clauses().equals(wanted.clauses())
                && sameCall(candidate.getLast())
                && answer(rejected).equals(answer(wanted));
        if (same) {
            smallest = candidate;
        }
        return same;
    }

    /** The last line may have lost packets, but is not another one. */
    private boolean sameCall(TraceLine last) {
        TraceLine before = smallest.getLast();
        return last.host().equals(before.host()) && last.event().op().equals(before.event().op());
    }

    /** What was wrong about the line, and what would have been right; how much is not shown of it changes. */
    private static List<String> answer(Verdict.Rejected rejected) {
        List<String> answer = new ArrayList<>();
        boolean inside = false;
        for (String line : rejected.explanation()) {
            inside = line.startsWith(ANSWER) || line.startsWith(EXPECTED) || inside && !line.startsWith(STATE);
            if (inside) {
                answer.add(line.replaceAll(" \\(\\d+ not shown\\)", ""));
            }
        }
        return answer;
    }
}
