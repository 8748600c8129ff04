package org.netchannel.specs.mutation;

import java.util.Comparator;
import java.util.Set;

/**
 * One change of one module.
 *
 * @param module name of the module
 * @param definition the definition in which it stands
 * @param kind what is done
 * @param place where
 * @param replacement what takes the place of the text there
 * @param about ids of races and clauses that stand in the definition or in the comment above it
 */
public record Mutation(
        String module, String definition, MutationKind kind, Place place, String replacement, Set<String> about) {
    /** In the order of the text. */
    static final Comparator<Mutation> ORDER = Comparator.comparing(Mutation::module)
            .thenComparing(mutation -> mutation.place().beginLine())
            .thenComparing(mutation -> mutation.place().beginColumn())
            .thenComparing(mutation -> mutation.place().endLine())
            .thenComparing(mutation -> mutation.place().endColumn())
            .thenComparing(Mutation::kind);

    /** Keeps its own copy. */
    public Mutation {
        about = Set.copyOf(about);
    }

    /**
     * A part of a text; lines and columns count from 1, and the end belongs to it.
     *
     * @param beginLine line of its first character
     * @param beginColumn column of its first character
     * @param endLine line of its last character
     * @param endColumn column of its last character
     */
    public record Place(int beginLine, int beginColumn, int endLine, int endColumn) {
        private int begin(String text) {
            return lineStart(text, beginLine) + beginColumn - 1;
        }

        private int end(String text) {
            return lineStart(text, endLine) + endColumn;
        }

        private static int lineStart(String text, int line) {
            int start = 0;
            for (int i = 1; i < line; i++) {
                start = text.indexOf('\n', start) + 1;
            }
            return start;
        }
    }

    /**
     * What stands there.
     *
     * @param text text of the module
     * @return the part that is replaced, on one line
     */
    public String original(String text) {
        return text.substring(place.begin(text), place.end(text)).replaceAll("\\s*\n\\s*", " ");
    }

    /**
     * Changes the module. Everything else keeps its line and its column, because lists of conjuncts are told apart by
     * their columns.
     *
     * @param text text of the module
     * @return the changed text
     */
    public String apply(String text) {
        int begin = place.begin(text);
        int end = place.end(text);
        StringBuilder changed = new StringBuilder(text.substring(0, begin)).append(replacement);
        int replaced = begin + replacement.length();
        if (place.beginLine() < place.endLine()) {
            replaced = text.indexOf('\n', begin);
        }
        for (int i = replaced; i < end; i++) {
            changed.append(text.charAt(i) == '\n' ? '\n' : ' ');
        }
        return changed.append(text.substring(end)).toString();
    }

    @Override
    public String toString() {
        return module + " line " + place.beginLine() + ", " + definition + ": " + kind.text();
    }
}
