package org.netchannel.conformance.report;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/**
 * Draws a trace: host A on the left, host B on the right, the channels between them. An arrow away from a host is a
 * packet that was pulled, one towards a host a packet that was offered to it. Calls that changed nothing are left out.
 */
public final class SequenceDiagram {
    private static final int COLUMN = 42;
    private static final int MIDDLE = 18;
    private static final int STEP = 6;
    private static final String ROW = "%" + STEP + "s  %-" + COLUMN + "s%s %s";

    private final int mostRows;
    private final List<String> rows = new ArrayList<>();

    private SequenceDiagram(int mostRows) {
        this.mostRows = mostRows;
    }

    /**
     * Draws a trace.
     *
     * @param trace its lines
     * @param mostRows longer diagrams lose rows in the middle
     * @return rows of at most 110 characters
     */
    public static List<String> of(List<TraceLine> trace, int mostRows) {
        SequenceDiagram diagram = new SequenceDiagram(mostRows);
        diagram.row("step", "A", "channels", "B");
        for (TraceLine line : trace) {
            diagram.draw(line);
        }
        return diagram.shortened();
    }

    private List<String> shortened() {
        if (rows.size() <= mostRows) {
            return rows;
        }
        int first = mostRows / 3;
        int last = mostRows - first - 1;
        List<String> shortened = new ArrayList<>(rows.subList(0, first));
        shortened.add(" ".repeat(STEP + 2) + "... " + (rows.size() - first - last) + " rows left out ...");
        shortened.addAll(rows.subList(rows.size() - last, rows.size()));
        return shortened;
    }

    private void draw(TraceLine line) {
        switch (line.event()) {
            case TraceEvent.Pull pull when pull.outcome() instanceof Ok<List<TracePacket>>(List<TracePacket> packets) ->
                packets.forEach(packet -> pulled(line, pull.channel(), packet));
            case TraceEvent.Deliver deliver -> delivered(line, deliver);
            case TraceEvent.Advance advance -> call(line, "+ " + advance.nanos() + " ns");
            default -> call(line, Words.of(line.event()));
        }
    }

    private void pulled(TraceLine line, int channel, TracePacket packet) {
        packet(line, channel, Words.of(packet), true);
    }

    private void delivered(TraceLine line, TraceEvent.Deliver deliver) {
        String words = Words.of(deliver.packet()) + (deliver.forged() ? " FORGED" : "");
        if (deliver.outcome() instanceof Ok<Delivery>(Delivery(boolean accepted, boolean failed))) {
            words += accepted ? "" : " (not accepted)";
            words += failed ? " (channel failed)" : "";
        } else {
            words += " " + Words.ofOutcome(deliver.outcome());
        }
        packet(line, deliver.channel(), words, false);
    }

    private void packet(TraceLine line, int channel, String words, boolean away) {
        boolean left = isLeft(line);
        String arrow = left == away ? "->" : "<-";
        String number = "[" + channel + "]";
        String middle = left
                ? arrow + number + " ".repeat(Math.max(0, MIDDLE - arrow.length() - number.length()))
                : " ".repeat(Math.max(0, MIDDLE - arrow.length() - number.length())) + number + arrow;
        row(String.valueOf(line.step()), left ? words : "", middle, left ? "" : words);
    }

    private void call(TraceLine line, String words) {
        boolean left = isLeft(line);
        row(String.valueOf(line.step()), left ? words : "", " ".repeat(MIDDLE), left ? "" : words);
    }

    private static boolean isLeft(TraceLine line) {
        return line.host().equals("A");
    }

    private void row(String step, String left, String middle, String right) {
        String centred = middle.length() < MIDDLE
                ? " ".repeat((MIDDLE - middle.length()) / 2) + middle
                        + " ".repeat(MIDDLE - middle.length() - (MIDDLE - middle.length()) / 2)
                : middle;
        rows.add(String.format(ROW, step, cut(left), centred, cut(right)).stripTrailing());
    }

    private static String cut(String words) {
        return words.length() <= COLUMN - 1 ? words : words.substring(0, COLUMN - 4) + "...";
    }
}
