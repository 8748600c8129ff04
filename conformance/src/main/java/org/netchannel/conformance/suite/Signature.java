package org.netchannel.conformance.suite;

import java.util.List;
import java.util.Set;
import org.netchannel.conformance.exec.ExecEndpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/**
 * What runs have in common that fail because of the same mistake, as far as one can tell from outside.
 *
 * @param kind which check found it
 * @param clauses ids of the clauses in play
 * @param call the call that could not be explained, with the type of its packet
 */
record Signature(String kind, Set<String> clauses, String call) {
    static Signature of(FailedRun run) {
        String kind = run.violation().kind();
        if (kind.equals(ExecEndpoint.KIND)) {
            // The first words say what kind of an answer it was; the call hardly matters.
            return new Signature(kind, run.clauses(), words(run.violation().details().getFirst()));
        }
        boolean rejected = kind.contains("rejected");
        return new Signature(kind, run.clauses(), rejected && !run.trace().isEmpty() ? call(run.trace()) : "");
    }

    private static String words(String problem) {
        return problem.replaceAll("[^A-Za-z ].*", "").strip();
    }

    private static String call(List<TraceLine> trace) {
        TraceEvent event = trace.getLast().event();
        String packet = switch (event) {
            case TraceEvent.Deliver deliver -> " " + type(deliver.packet());
            case TraceEvent.Pull pull when pull.outcome() instanceof Outcome.Ok<List<TracePacket>>(var packets)
                    && packets.size() == 1 -> " " + type(packets.getFirst());
            default -> "";
        };
        return event.op() + packet;
    }

    private static String type(TracePacket packet) {
        return switch (packet) {
            case TracePacket.Readable readable ->
                readable.header().type().map(Enum::name).orElse("UNKNOWN");
            case TracePacket.Unreadable unreadable -> "UNREADABLE";
        };
    }
}
