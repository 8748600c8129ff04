package org.netchannel.conformance.check;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netchannel.traces.Endpoint.Identity;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceWriter;

/**
 * Judges traces of the reference by replaying their calls on the reference, and comparing every answer. It says nothing
 * about the specification: it is for traces too long for {@link SpecOracle}, once shorter ones of the same kind have
 * been accepted there. A trace of another implementation is {@link Verdict.Incomplete}.
 */
public final class ReferenceOracle implements TraceChecker {
    /** Makes an oracle; it keeps nothing from one trace to the next. */
    public ReferenceOracle() {}

    @Override
    public Verdict check(TraceHeader header, Iterable<TraceLine> lines) {
        Function<String, ReferenceHost> fresh = _ -> new ReferenceHost();
        var hosts = header.hosts().stream().collect(Collectors.toMap(Function.identity(), fresh));
        Underway underway = new Underway(header.hosts());
        long last = 0;
        long count = 0;
        try {
            for (TraceLine line : lines) {
                Optional<Verdict> verdict = hosts.get(line.host()).judge(line, underway);
                if (verdict.isPresent()) {
                    return verdict.get();
                }
                last = line.step();
                count++;
            }
        } catch (BeyondSpecException e) {
            return new Verdict.Incomplete(last, e.getMessage());
        } catch (UncheckedIOException e) {
            return SpecOracle.malformed(e);
        }
        return count == 0 ? new Verdict.Vacuous() : new Verdict.Accepted(count, Set.of());
    }

    /** One host: what the reference answers there, and its time. */
    private static final class ReferenceHost {
        private final ReferenceReplay replay = new ReferenceReplay();
        private long nanos;

        /** The verdict on the whole trace if this line decides it. */
        Optional<Verdict> judge(TraceLine line, Underway underway) {
            TraceEvent answer = replay.replay(line.event());
            if (line.event() instanceof TraceEvent.Open open
                    && open.outcome() instanceof Outcome.Ok<Identity>(Identity given)
                    && answer.outcome() instanceof Outcome.Ok<?>(Identity own)
                    && !given.equals(own)) {
                return Optional.of(new Verdict.Incomplete(line.step() - 1, line.host() + " is " + named(given)
                        + ", and only traces of " + named(own) + " can be replayed"));
            }
            TraceLine expected = new TraceLine(line.step(), line.host(), nanos, answer);
            if (line.nanos() != nanos || !withoutMessage(answer).equals(withoutMessage(line.event()))) {
                return Optional.of(rejected(line, "the reference says: " + TraceWriter.json(expected)));
            }
            if (!underway.see(line)) {
                return Optional.of(rejected(line, "this is not the next packet under way on the channel"));
            }
            if (line.event() instanceof TraceEvent.Advance(long by, Outcome.Ok<?> _)) {
                nanos += by;
            }
            return Optional.empty();
        }

        private static String named(Identity identity) {
            return identity.name() + " " + identity.version();
        }

        private static Verdict rejected(TraceLine line, String why) {
            List<String> text = Stream.of("line: " + TraceWriter.json(line), why).toList();
            return new Verdict.Rejected(line.step(), Set.of(), text);
        }
    }

    /** What is compared of an event: messages are for people. */
    private static List<Object> withoutMessage(TraceEvent event) {
        Object offered = event instanceof TraceEvent.Send send ? send.data() : "";
        return event.outcome() instanceof Outcome.Failed<?>(var error, var reason, var _)
                ? List.of(offered, error, reason)
                : List.of(offered, ((Outcome.Ok<?>) event.outcome()).value());
    }
}
