package org.netchannel.conformance.report;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.traces.TraceLine;

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
        DiagramRow.of(trace).forEach(diagram::draw);
        return diagram.shortened();
    }

    /**
     * The first row of a diagram that is drawn line by line.
     *
     * @param left the name of the host on the left
     * @param right the name of the host on the right
     * @return a row of at most 110 characters
     */
    public static String heading(String left, String right) {
        SequenceDiagram diagram = new SequenceDiagram(1);
        diagram.row("step", left, "channels", right);
        return diagram.rows.getFirst();
    }

    /**
     * Draws one line.
     *
     * @param line the line
     * @param onTheLeft whether its host stands on the left
     * @return rows of at most 110 characters; none when the call changed nothing
     */
    public static List<String> rows(TraceLine line, boolean onTheLeft) {
        SequenceDiagram diagram = new SequenceDiagram(Integer.MAX_VALUE);
        DiagramRow.of(line, onTheLeft).forEach(diagram::draw);
        return diagram.rows;
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

    private void draw(DiagramRow row) {
        String middle = row.move() == DiagramRow.Move.NONE ? " ".repeat(MIDDLE) : arrow(row);
        row(String.valueOf(row.step()), row.atA() ? row.words() : "", middle, row.atA() ? "" : row.words());
    }

    private static String arrow(DiagramRow row) {
        boolean away = row.move() == DiagramRow.Move.PULLED;
        String arrow = row.atA() == away ? "->" : "<-";
        String number = "[" + row.channel() + "]";
        String blanks = " ".repeat(Math.max(0, MIDDLE - arrow.length() - number.length()));
        return row.atA() ? arrow + number + blanks : blanks + number + arrow;
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
