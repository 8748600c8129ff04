package org.netchannel.hygiene;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a tidy source file is. */
final class Tidy {
    private static final int MAX_LINES = 500;
    private static final Map<String, Integer> MAX_COLUMNS = Map.of(".java", 120, ".tla", 100);
    private static final List<String> ENDINGS =
            List.of(".java", ".tla", ".cfg", ".md", ".xml", ".json", ".properties", ".sh", "netchannel", "run");

    /** The parts are put together here so that this file is tidy itself. */
    private static final List<Pattern> BANNED = List.of(
            Pattern.compile("\\bTO" + "DO\\b"),
            Pattern.compile("\\bFIX" + "ME\\b"),
            Pattern.compile("@Dis" + "abled\\b"),
            Pattern.compile("(?<![\\w.}])/(ro" + "ot|ho" + "me|wo" + "rk|Us" + "ers)/"));
    private static final Pattern BANNED_IN_TESTS = Pattern.compile("Thread\\.sl" + "eep|TimeUnit\\.\\w+\\.sl" + "eep");

    private Tidy() {}

    static boolean isSource(String name) {
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /** What is wrong with a file; its text was cut at line feeds, so the last of the lines has to be empty. */
    static List<String> complaints(String name, List<String> lines) {
        List<String> complaints = new ArrayList<>();
        int count = lines.size() - 1;
        if (!lines.getLast().isEmpty()) {
            complaints.add(name + ": no line feed at the end");
        } else if (count > 0 && lines.get(count - 1).isEmpty()) {
            complaints.add(name + ": an empty line at the end");
        }
        if (name.endsWith(".java") && count > MAX_LINES) {
            complaints.add(name + ": " + count + " lines, legal is at most " + MAX_LINES);
        }
        for (int i = 0; i < lines.size(); i++) {
            String where = name + ":" + (i + 1) + ": ";
            complaints(name, lines.get(i)).forEach(complaint -> complaints.add(where + complaint));
        }
        return complaints;
    }

    private static List<String> complaints(String name, String line) {
        List<String> complaints = new ArrayList<>();
        if (line.contains("\t")) {
            complaints.add("a tab");
        }
        if (line.endsWith("\r")) {
            complaints.add("a carriage return");
        } else if (!line.equals(line.stripTrailing())) {
            complaints.add("blanks at the end of the line");
        }
        MAX_COLUMNS.forEach((ending, max) -> {
            if (name.endsWith(ending) && line.length() > max) {
                complaints.add(line.length() + " characters, legal is at most " + max);
            }
        });
        for (Pattern banned : BANNED) {
            if (banned.matcher(line).find()) {
                complaints.add("has " + banned);
            }
        }
        if (name.contains("src/test/") && BANNED_IN_TESTS.matcher(line).find()) {
            complaints.add("has " + BANNED_IN_TESTS);
        }
        return complaints;
    }
}
