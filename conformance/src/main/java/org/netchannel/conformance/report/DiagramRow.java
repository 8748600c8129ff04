package org.netchannel.conformance.report;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/**
 * One row of a diagram: something that happened at a host.
 *
 * @param step the trace line's step
 * @param atA whether it happened at host A
 * @param move what went over the boundary to the channels
 * @param channel the channel's number; 0 where there is none
 * @param words what happened, in a few words
 */
record DiagramRow(long step, boolean atA, Move move, int channel, String words) {
    /** What a row shows. */
    enum Move {
        /** A call of an application or of the network; no packet. */
        NONE,
        /** The host gave a packet. */
        PULLED,
        /** The host took a packet that its peer gave. */
        DELIVERED,
        /** The host was offered a packet that its peer gave, and did not take it. */
        REFUSED,
        /** The host was offered a packet that the driver made up. */
        FORGED
    }

    /** The rows of a trace of hosts A and B. Calls that changed nothing are left out. */
    static List<DiagramRow> of(List<TraceLine> trace) {
        List<DiagramRow> rows = new ArrayList<>();
        trace.forEach(line -> rows.addAll(of(line, line.host().equals("A"))));
        return rows;
    }

    /** The rows of one line; none when the call changed nothing. */
    static List<DiagramRow> of(TraceLine line, boolean atA) {
        return switch (line.event()) {
            case TraceEvent.Pull pull when pull.outcome() instanceof Ok<List<TracePacket>>(List<TracePacket> packets) ->
                packets.stream()
                        .map(packet ->
                                new DiagramRow(line.step(), atA, Move.PULLED, pull.channel(), Words.of(packet)))
                        .toList();
            case TraceEvent.Deliver deliver -> List.of(delivered(line.step(), atA, deliver));
            case TraceEvent.Advance advance -> List.of(called(line, atA, "+ " + advance.nanos() + " ns"));
            default -> List.of(called(line, atA, Words.of(line.event())));
        };
    }

    private static DiagramRow called(TraceLine line, boolean atA, String words) {
        return new DiagramRow(line.step(), atA, Move.NONE, 0, words);
    }

    private static DiagramRow delivered(long step, boolean atA, TraceEvent.Deliver deliver) {
        String words = Words.of(deliver.packet()) + (deliver.forged() ? " FORGED" : "");
        boolean taken = true;
        if (deliver.outcome() instanceof Ok<Delivery>(Delivery(boolean accepted, boolean failed))) {
            taken = accepted;
            words += accepted ? "" : " (not accepted)";
            words += failed ? " (channel failed)" : "";
        } else {
            words += " " + Words.ofOutcome(deliver.outcome());
        }
        Move move = deliver.forged() ? Move.FORGED : taken ? Move.DELIVERED : Move.REFUSED;
        return new DiagramRow(step, atA, move, deliver.channel(), words);
    }
}
