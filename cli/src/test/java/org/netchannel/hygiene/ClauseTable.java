package org.netchannel.hygiene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where each clause of the protocol stands: in which modules of the specification, code and tests its id is cited. */
final class ClauseTable {
    private static final Pattern ID = Pattern.compile("\\bNC-[A-Z]+-\\d+\\b");
    private static final Pattern DEFINED = Pattern.compile("(?m)^- \\*\\*(NC-[A-Z]+-\\d+)\\*\\*");

    /** What a clause has to have, and in which folders that is. */
    enum Column {
        SPECIFICATION("specs/tla", ".tla"),
        REFERENCE("reference/src/main", ".java"),
        OPTIMIZED("optimized/src/main", ".java"),
        TESTS("reference/src/test", ".java"),
        DRILLS("conformance/src/main/java/org/netchannel/conformance/drill", ".java");

        private final String folder;
        private final String ending;

        Column(String folder, String ending) {
            this.folder = folder;
            this.ending = ending;
        }

        String folder() {
            return folder;
        }

        /** The modules about traces name clauses for a reader, and capture none. */
        private boolean holds(Path file) {
            String name = file.getFileName().toString();
            return name.endsWith(ending) && !(this == SPECIFICATION && name.startsWith("Trace"));
        }
    }

    private final Path root;
    private final List<String> clauses;
    private final Map<Column, SortedMap<String, SortedSet<Path>>> cited = new LinkedHashMap<>();

    /** Reads everything below the root of the repository. */
    ClauseTable(Path root) {
        this.root = root;
        clauses = DEFINED.matcher(text(root.resolve("docs/protocol.md"))).results()
                .map(found -> found.group(1)).toList();
        for (Column column : Column.values()) {
            cited.put(column, citations(column));
        }
    }

    /** The ids that protocol.md defines, in its order. */
    List<String> clauses() {
        return clauses;
    }

    /** The clauses that a column lacks. */
    SortedSet<String> missing(Column column) {
        SortedSet<String> missing = new TreeSet<>(clauses);
        missing.removeAll(cited.get(column).keySet());
        return missing;
    }

    /** Ids that are cited and that protocol.md does not define. */
    SortedSet<String> undefined() {
        SortedSet<String> undefined = new TreeSet<>();
        cited.values().forEach(column -> undefined.addAll(column.keySet()));
        clauses.forEach(undefined::remove);
        return undefined;
    }

    /** The page docs/clauses.md. */
    String page() {
        List<String> lines = new ArrayList<>(List.of(
                "# Where each clause stands", "",
                "Generated from the ids in the sources; `mvn -pl cli -am test -Dtest=ClausesTest -Dclauses.write=true`",
                "writes it anew. The text of the clauses is in [protocol.md](protocol.md).", "",
                "| clause | specification | reference | optimized | tests of the reference | drills |",
                "|---|---|---|---|---|---|"));
        for (String clause : clauses) {
            lines.add("| " + clause + " | " + cited.values().stream()
                    .map(column -> links(column.getOrDefault(clause, new TreeSet<>())))
                    .collect(Collectors.joining(" | ")) + " |");
        }
        return String.join("\n", lines) + "\n";
    }

    private String links(SortedSet<Path> files) {
        return files.stream()
                .map(file -> "[" + file.getFileName().toString().replaceAll("\\.\\w+$", "") + "](../"
                        + root.relativize(file).toString().replace('\\', '/') + ")")
                .collect(Collectors.joining(", "));
    }

    private SortedMap<String, SortedSet<Path>> citations(Column column) {
        SortedMap<String, SortedSet<Path>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root.resolve(column.folder))) {
            for (Path file : files.filter(column::holds).toList()) {
                ID.matcher(text(file)).results().map(MatchResult::group)
                        .forEach(id -> found.computeIfAbsent(id, any -> new TreeSet<>()).add(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read", e);
        }
    }
}
