package org.netchannel.cli.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clauses of the protocol with their text, as docs/protocol.md has them.
 *
 * @param texts id to text
 */
public record Clauses(Map<String, String> texts) {
    private static final Pattern BEGIN = Pattern.compile("- \\*\\*(NC-[A-Z]+-\\d+)\\*\\* (.*)");

    /**
     * Reads them.
     *
     * @param protocol the normative text
     * @return the clauses
     * @throws IOException when it can't be read
     */
    public static Clauses read(Path protocol) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        String id = "";
        for (String line : Files.readAllLines(protocol)) {
            Matcher begin = BEGIN.matcher(line);
            if (begin.matches()) {
                id = begin.group(1);
                texts.put(id, begin.group(2));
            } else if (line.startsWith("  ") && texts.containsKey(id)) {
                texts.merge(id, line.strip(), (before, more) -> before + " " + more);
            } else {
                id = "";
            }
        }
        return new Clauses(texts);
    }

    /**
     * A clause's text.
     *
     * @param id its id
     * @return the text, or a remark that there is none of that id
     */
    public String text(String id) {
        return texts.getOrDefault(id, "(not in docs/protocol.md)");
    }

    /**
     * All ids.
     *
     * @return the ids, sorted
     */
    public Set<String> ids() {
        return texts.keySet();
    }
}
