package org.netchannel.conformance.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Walks as text. A walk begins with {@code walk MODEL}; its steps follow, with a semicolon after each. A step is the
 * action, the host, and what there is of: the connection, the {@code #channel}, the packet's type in capitals, the
 * {@code @offset} of DATA, {@code +bytes} that an application sends or reads.
 */
final class WalkText {
    private static final String BEGIN = "walk ";
    private static final int WIDTH = 110;

    private WalkText() {}

    static List<Walk> parse(Stream<String> lines) {
        List<Walk> walks = new ArrayList<>();
        List<WalkStep> steps = new ArrayList<>();
        WalkModel model = null;
        for (String line : lines.filter(each -> !each.isBlank() && !each.startsWith("#")).toList()) {
            if (line.startsWith(BEGIN)) {
                addTo(walks, model, steps);
                model = WalkModel.valueOf(line.substring(BEGIN.length()));
                steps = new ArrayList<>();
            } else {
                Stream.of(line.split(";")).map(String::strip).map(WalkText::step).forEach(steps::add);
            }
        }
        addTo(walks, model, steps);
        return List.copyOf(walks);
    }

    private static void addTo(List<Walk> walks, WalkModel model, List<WalkStep> steps) {
        if (model != null) {
            walks.add(new Walk(model, steps));
        }
    }

    static WalkStep step(String text) {
        String[] words = text.split(" ");
        String connection = "";
        String packet = "";
        int channel = 0;
        int offset = 0;
        int bytes = 0;
        for (String word : List.of(words).subList(2, words.length)) {
            switch (word.charAt(0)) {
                case '#' -> channel = Integer.parseInt(word.substring(1));
                case '@' -> offset = Integer.parseInt(word.substring(1));
                case '+' -> bytes = Integer.parseInt(word.substring(1));
                case 'c' -> connection = word;
                default -> packet = word;
            }
        }
        return new WalkStep(words[0], "AB".indexOf(words[1]), connection, channel, packet, offset, bytes);
    }

    static String text(WalkStep step) {
        String text = step.action() + (step.host() == 0 ? " A" : " B");
        text += step.connection().isEmpty() ? "" : " " + step.connection();
        text += step.channel() == 0 ? "" : " #" + step.channel();
        text += step.packet().isEmpty() ? "" : " " + step.packet();
        text += step.packet().equals("DATA") ? " @" + step.offset() : "";
        return text + (step.bytes() == 0 ? "" : " +" + step.bytes());
    }

    static List<String> lines(Walk walk) {
        List<String> lines = new ArrayList<>(List.of(BEGIN + walk.model()));
        StringBuilder line = new StringBuilder();
        for (WalkStep step : walk.steps()) {
            String text = text(step) + ";";
            if (!line.isEmpty() && line.length() + text.length() >= WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(text);
        }
        lines.add(line.toString());
        return lines;
    }
}
