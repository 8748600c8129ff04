package org.netchannel.conformance.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The reference with one behaviour broken: a piece of its source, replaced.
 *
 * @param clause the clause that does not hold any more
 * @param race the race that comes back; empty when it is none of races.md
 * @param name what is wrong
 * @param type the class whose source changes
 * @param before the text that is replaced; it stands there once
 * @param after what stands there instead
 */
record SourceMutant(String clause, String race, String name, String type, String before, String after) {
    private static final Path SOURCES = Path.of("../reference/src/main/java/org/netchannel/reference");

    /** The changed source; an {@link IllegalStateException} when the text is not there, or not once. */
    String source() throws IOException {
        String source = Files.readString(SOURCES.resolve(type + ".java"));
        int at = source.indexOf(before);
        if (at < 0 || source.indexOf(before, at + 1) >= 0) {
            throw new IllegalStateException("not once in " + type + ": " + before);
        }
        return source.replace(before, after);
    }

    @Override
    public String toString() {
        return clause + ": " + name;
    }
}
