package org.netchannel.specs.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;

/** Writes a laid out graph as SVG, legible on a light and on a dark page. */
final class Svg {
    private static final double ROUND = 10;

    private final List<String> lines = new ArrayList<>();

    private Svg() {}

    static String of(ElkNode graph, Set<String> initial, String title) {
        Svg svg = new Svg();
        svg.begin(graph, title);
        graph.getContainedEdges().forEach(svg::edge);
        graph.getChildren().forEach(node -> svg.node(node, initial.contains(node.getIdentifier())));
        graph.getContainedEdges().forEach(edge -> edge.getLabels().forEach(svg::label));
        svg.lines.add("</svg>");
        return String.join("\n", svg.lines) + "\n";
    }

    private void begin(ElkNode graph, String title) {
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\""
                        + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\">",
                graph.getWidth(), graph.getHeight(), graph.getWidth(), graph.getHeight());
        add("<title>%s</title>", escaped(title));
        add("<defs><marker id=\"to\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\""
                + " orient=\"auto\"><path d=\"M0 1 L9 5 L0 9 z\" fill=\"#555\"/></marker></defs>");
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>");
    }

    private void edge(ElkEdge edge) {
        for (ElkEdgeSection section : edge.getSections()) {
            StringBuilder path = new StringBuilder();
            path.append(String.format(Locale.ROOT, "M%.1f %.1f", section.getStartX(), section.getStartY()));
            for (ElkBendPoint bend : section.getBendPoints()) {
                path.append(String.format(Locale.ROOT, " L%.1f %.1f", bend.getX(), bend.getY()));
            }
            path.append(String.format(Locale.ROOT, " L%.1f %.1f", section.getEndX(), section.getEndY()));
            add("<path d=\"%s\" fill=\"none\" stroke=\"#555\" stroke-linejoin=\"round\" marker-end=\"url(#to)\"/>",
                    path);
        }
    }

    private void node(ElkNode node, boolean initial) {
        add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.0f\" fill=\"%s\" stroke=\"#1f4e79\""
                        + " stroke-width=\"%s\"/>",
                node.getX(), node.getY(), node.getWidth(), node.getHeight(), ROUND, "#e8f0f8", initial ? "3" : "1.2");
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-weight=\"bold\">%s</text>",
                node.getX() + node.getWidth() / 2, node.getY() + node.getHeight() / 2 + 4,
                escaped(node.getIdentifier()));
    }

    private void label(ElkLabel label) {
        add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#fff\" fill-opacity=\"0.85\"/>",
                label.getX(), label.getY(), label.getWidth(), label.getHeight());
        double y = label.getY() + Drawing.LINE_HEIGHT - 4;
        for (String line : label.getText().split("\n")) {
            add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" fill=\"#333\">%s</text>",
                    label.getX() + label.getWidth() / 2, y, escaped(line));
            y += Drawing.LINE_HEIGHT;
        }
    }

    private void add(String format, Object... arguments) {
        lines.add(String.format(Locale.ROOT, format, arguments));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
