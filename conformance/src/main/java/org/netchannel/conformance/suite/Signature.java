package org.netchannel.conformance.suite;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.netchannel.conformance.Overseer;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.exec.ExecEndpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/**
 * What runs have in common that fail because of the same mistake.
 *
 * @param kind which check found it, and where only the endpoint's answer counts, what was wrong with that
 * @param clauses ids of the clauses in play
 * @param call the call that could not be explained, with the type of its packet; empty when all could be
 */
record Signature(String kind, Set<String> clauses, String call) {
    static Signature of(Violation violation, List<TraceLine> trace) {
        if (isNoAnswer(violation)) {
            return new Signature(violation.kind() + words(violation.details().getFirst()), violation.clauses(), "");
        }
        boolean rejected = violation.kind().contains("rejected") && !trace.isEmpty();
        return new Signature(violation.kind(), violation.clauses(), rejected ? call(trace) : "");
    }

    static Signature of(FailedRun run) {
        return of(run.violation(), run.trace());
    }

    /** Whether an endpoint has answered something that is no answer, or nothing in time. */
    static boolean isNoAnswer(Violation violation) {
        return violation.kind().equals(ExecEndpoint.KIND) || Overseer.isHang(violation);
    }

    /** Whether two runs fail because of the same mistake, as far as one can tell. */
    boolean isLike(Signature other) {
        return kind.equals(other.kind)
                && (!Collections.disjoint(clauses, other.clauses) || !call.isEmpty() && call.equals(other.call));
    }

    /** The first words say what kind of an answer it was. */
    private static String words(String problem) {
        return problem.replaceAll("[^A-Za-z ].*", "").strip();
    }

    private static String call(List<TraceLine> trace) {
        TraceEvent event = trace.getLast().event();
        String packet = switch (event) {
            case TraceEvent.Deliver deliver -> " " + type(deliver.packet());
            case TraceEvent.Pull pull when pull.outcome() instanceof Outcome.Ok<List<TracePacket>>(var packets)
                    && !packets.isEmpty() -> " " + type(packets.getLast());
            default -> "";
        };
        return event.op() + packet;
    }

    private static String type(TracePacket packet) {
        return switch (packet) {
            case TracePacket.Readable readable -> readable.header().type().map(Enum::name).orElse("UNKNOWN");
            case TracePacket.Unreadable unreadable -> "UNREADABLE";
        };
    }
}
