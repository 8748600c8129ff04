package org.netchannel.cli.stat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.netchannel.optimized.counters.CountersSnapshot.LoggedError;

/** Stacks as text for people, and as a tree for programs. */
public final class StatPage {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private StatPage() {}

    /**
     * A page.
     *
     * @param stacks what is on it
     * @param all whether counters that are 0 are shown
     * @param zone times are told in it
     * @return lines, each with its end
     */
    public static String text(List<StackView> stacks, boolean all, ZoneId zone) {
        StringBuilder page = new StringBuilder();
        for (StackView stack : stacks) {
            page.append(stack.file().getFileName()).append("   ").append(stack.state()).append('\n');
            page.append(String.format(Locale.ROOT, "  %-48s %20s %18s%n", "counter", "value", "per second"));
            stack.now().counters().forEach((label, value) -> {
                if (all || value != 0) {
                    page.append(row(stack, label, value));
                }
            });
            stack.now().errors().forEach(error -> page.append(line(error, zone)));
            page.append('\n');
        }
        return page.toString();
    }

    private static String row(StackView stack, String label, long value) {
        String growth = stack.perSecond(label).stream()
                .mapToObj(perSecond -> String.format(Locale.ROOT, "%,d", perSecond)).findFirst().orElse("");
        return String.format(Locale.ROOT, "  %-48s %,20d %18s%n", plain(label), value, growth);
    }

    private static String line(LoggedError error, ZoneId zone) {
        String first = error.text().lines().findFirst().orElse("");
        return String.format(Locale.ROOT, "  error, %,d times, the last at %s: %s%n", error.times(),
                TIME.format(Instant.ofEpochMilli(error.lastMs()).atZone(zone)), plain(first));
    }

    /** What another process wrote goes to a terminal: nothing in it may steer that. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * The same for programs, with every counter.
     *
     * @param stacks what is in it
     * @return maps, lists, numbers and strings
     */
    public static List<Map<String, Object>> tree(List<StackView> stacks) {
        return stacks.stream().map(StatPage::tree).toList();
    }

    private static Map<String, Object> tree(StackView stack) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", stack.file().toString());
        tree.put("process", stack.now().process());
        tree.put("alive", stack.alive());
        tree.put("started", Instant.ofEpochMilli(stack.now().startedMs()).toString());
        tree.put("beat", Instant.ofEpochMilli(stack.now().beatMs()).toString());
        tree.put("counters", stack.now().counters());
        tree.put("errors", stack.now().errors().stream()
                .map(error -> Map.of("times", error.times(), "last", Instant.ofEpochMilli(error.lastMs()).toString(),
                        "text", error.text()))
                .toList());
        return tree;
    }
}
