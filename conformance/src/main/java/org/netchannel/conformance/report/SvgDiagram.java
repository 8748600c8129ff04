package org.netchannel.conformance.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netchannel.conformance.report.DiagramRow.Move;
import org.netchannel.traces.TraceLine;

/**
 * Draws a trace as SVG: two hosts, time downwards, an arrow for each packet from where it was given to where it was
 * taken. Packets that never arrived end in a dot between the hosts, and packets that the driver made up begin there.
 */
public final class SvgDiagram {
    private static final int WIDTH = 1180;
    private static final int STEP_X = 40;
    private static final int A_X = 440;
    private static final int B_X = 740;
    private static final int MIDDLE_X = (A_X + B_X) / 2;
    private static final int ROW = 20;
    private static final int TOP = 44;
    /** In characters, so that the label of host A ends before the number of its step. */
    private static final int LONGEST = 52;

    private final List<DiagramRow> rows;
    private final StringBuilder svg = new StringBuilder();

    private SvgDiagram(List<DiagramRow> rows) {
        this.rows = rows;
    }

    /**
     * Draws a trace.
     *
     * @param trace its lines
     * @param mostRows of a longer one only the last rows are drawn
     * @return an {@code svg} element for an HTML page; it refers to nothing outside of itself
     */
    public static String of(List<TraceLine> trace, int mostRows) {
        List<DiagramRow> all = DiagramRow.of(trace);
        int left = Math.max(0, all.size() - mostRows);
        return new SvgDiagram(all.subList(left, all.size())).draw(left);
    }

    private String draw(int left) {
        int height = TOP + ROW * (rows.size() + 1);
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"sequence diagram\"")
                .append(" viewBox=\"0 0 ").append(WIDTH).append(' ').append(height).append("\" width=\"").append(WIDTH)
                .append("\" height=\"").append(height).append("\">\n");
        text(A_X, TOP - 24, "middle", "host", "A");
        text(B_X, TOP - 24, "middle", "host", "B");
        if (left > 0) {
            text(MIDDLE_X, TOP - 24, "middle", "step", left + " rows before are left out");
        }
        line(A_X, TOP - 14, A_X, height, "life");
        line(B_X, TOP - 14, B_X, height, "life");
        for (int i = 0; i < rows.size(); i++) {
            row(i);
        }
        arrows();
        return svg.append("</svg>\n").toString();
    }

    private void row(int index) {
        DiagramRow row = rows.get(index);
        int y = y(index);
        text(STEP_X, y + 4, "end", "step", String.valueOf(row.step()));
        String words = row.words().length() <= LONGEST ? row.words() : row.words().substring(0, LONGEST - 3) + "...";
        String style = index == rows.size() - 1 ? "last" : row.move() == Move.NONE ? "call" : "packet";
        if (row.atA()) {
            text(A_X - 10, y + 4, "end", style, words);
        } else {
            text(B_X + 10, y + 4, "start", style, words);
        }
    }

    /** A channel gives packets in the order in which it took them. */
    private void arrows() {
        Map<String, Deque<Integer>> underWay = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            DiagramRow row = rows.get(i);
            int x = row.atA() ? A_X : B_X;
            switch (row.move()) {
                case NONE -> { }
                case PULLED -> underWay.computeIfAbsent(way(row, row.atA()), _ -> new ArrayDeque<>()).add(i);
                case FORGED -> arrow(row, MIDDLE_X, y(i), x, y(i), "forged");
                case REFUSED -> arrow(row, MIDDLE_X, y(i), x, y(i), "refused");
                case DELIVERED -> {
                    Integer from = underWay.getOrDefault(way(row, !row.atA()), new ArrayDeque<>()).poll();
                    int fromX = from == null ? MIDDLE_X : A_X + B_X - x;
                    arrow(row, fromX, from == null ? y(i) : y(from), x, y(i), "sent");
                }
            }
        }
        underWay.values().forEach(lost -> lost.forEach(this::lost));
    }

    private void lost(int index) {
        DiagramRow row = rows.get(index);
        arrow(row, row.atA() ? A_X : B_X, y(index), MIDDLE_X, y(index), "lost");
        svg.append("<circle cx=\"").append(MIDDLE_X).append("\" cy=\"").append(y(index))
                .append("\" r=\"3\" class=\"lost\"/>\n");
    }

    private static String way(DiagramRow row, boolean fromA) {
        return row.channel() + (fromA ? ">" : "<");
    }

    private void arrow(DiagramRow row, int fromX, int fromY, int toX, int toY, String style) {
        line(fromX, fromY, toX, toY, style);
        int back = toX > fromX ? -7 : 7;
        svg.append("<path d=\"M").append(toX).append(' ').append(toY).append('l').append(back)
                .append(" -3v6z\" class=\"").append(style).append("\"/>\n");
        // Near the end, where arrows seldom cross.
        text(toX + (fromX - toX) / 4, toY + (fromY - toY) / 4 - 3, "middle", "channel", "[" + row.channel() + "]");
    }

    private static int y(int index) {
        return TOP + ROW * index;
    }

    private void line(int fromX, int fromY, int toX, int toY, String style) {
        svg.append("<line x1=\"").append(fromX).append("\" y1=\"").append(fromY).append("\" x2=\"").append(toX)
                .append("\" y2=\"").append(toY).append("\" class=\"").append(style).append("\"/>\n");
    }

    private void text(int x, int y, String anchor, String style, String words) {
        svg.append("<text x=\"").append(x).append("\" y=\"").append(y).append("\" text-anchor=\"").append(anchor)
                .append("\" class=\"").append(style).append("\">").append(Markup.escaped(words)).append("</text>\n");
    }
}
