package org.netchannel.specs.coverage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.netchannel.specs.SpecFiles;

/**
 * What no model reaches, and what is said about it.
 *
 * @param total how many actions and expressions there are
 * @param gaps those that no model reaches and nobody has explained
 * @param explained those that no model reaches, with an explanation
 * @param stale explanations of what is reached, or of what is not there
 */
public record CoverageReport(int total, List<Gap> gaps, List<Gap> explained, List<Explanation> stale) {
    private static final Pattern DEFINITION = Pattern.compile("(?:RECURSIVE )?(\\w+)(?:\\([^=]*\\)|\\[[^=]*])? ==.*");
    private static final int LONGEST_EXPRESSION = 200;
    private static final String MODULE_FILE = ".tla";
    private static final String NO_DEFINITION = "the module";

    /** Keeps its own copies. */
    public CoverageReport {
        gaps = List.copyOf(gaps);
        explained = List.copyOf(explained);
        stale = List.copyOf(stale);
    }

    /**
     * Compares what was counted with what is explained.
     *
     * @param coverage what was counted in all models
     * @param files the modules; what stands in others, TLC's own, is left out
     * @param explanations what is known to be unreached
     * @return the report
     * @throws IOException when a module can't be read
     */
    public static CoverageReport of(Coverage coverage, SpecFiles files, List<Explanation> explanations)
            throws IOException {
        List<Gap> unreached = new ArrayList<>();
        List<Explanation> stale = new ArrayList<>(explanations);
        for (Place place : coverage.unreached()) {
            if (files.names().contains(place.module() + MODULE_FILE)) {
                unreached.add(gap(place, files.text(place.module() + MODULE_FILE).lines().toList()));
            }
        }
        for (String module : unread(coverage, files)) {
            unreached.add(new Gap(new Place(module, 1, 1, 1, 1), NO_DEFINITION, "MODULE " + module));
            // What is said of its parts may well be right.
            stale.removeIf(explanation -> explanation.module().equals(module));
        }
        Map<Boolean, List<Gap>> isExplained = unreached.stream().collect(Collectors.partitioningBy(
                gap -> explanations.stream().anyMatch(explanation -> explanation.explains(gap))));
        stale.removeIf(explanation -> unreached.stream().anyMatch(explanation::explains));
        return new CoverageReport(coverage.size(), isExplained.get(false), isExplained.get(true), stale);
    }

    /** The modules that no model reads, in order. */
    private static List<String> unread(Coverage coverage, SpecFiles files) {
        return files.names().stream()
                .filter(name -> name.endsWith(MODULE_FILE))
                .map(name -> name.substring(0, name.length() - MODULE_FILE.length()))
                .filter(module -> !coverage.modules().contains(module))
                .sorted()
                .toList();
    }

    private static Gap gap(Place place, List<String> lines) {
        StringBuilder text = new StringBuilder();
        for (int i = place.line(); i <= Math.min(place.lastLine(), lines.size()); i++) {
            String line = lines.get(i - 1);
            int from = i == place.line() ? Math.min(place.column() - 1, line.length()) : 0;
            int to = i == place.lastLine() ? Math.min(place.lastColumn(), line.length()) : line.length();
            text.append(line, from, Math.max(from, to)).append(' ');
        }
        String expression = text.toString().strip().replaceAll("\\s+", " ");
        return new Gap(place, definition(place, lines), expression);
    }

    /** The last definition that begins at or above the place. */
    private static String definition(Place place, List<String> lines) {
        for (int i = Math.min(place.line(), lines.size()); i >= 1; i--) {
            Matcher matcher = DEFINITION.matcher(lines.get(i - 1));
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return NO_DEFINITION;
    }

    /**
     * Whether all that no model reaches is explained, and nothing else.
     *
     * @return true when it is
     */
    public boolean isGood() {
        return gaps.isEmpty() && stale.isEmpty();
    }

    /**
     * The report to read.
     *
     * @return lines without line ends
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        gaps.forEach(gap -> lines.add("no model reaches " + shortened(gap.toString())));
        stale.forEach(explanation -> lines.add(
                Explanation.FILE + " explains what is reached, or is not there: " + shortened(explanation.toString())));
        lines.add("%,d of %,d actions and expressions are reached by no model; %,d of them are explained".formatted(
                gaps.size() + explained.size(), total, explained.size()));
        return lines;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_EXPRESSION ? text : text.substring(0, LONGEST_EXPRESSION) + "…";
    }
}
