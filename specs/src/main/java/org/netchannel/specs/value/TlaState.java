package org.netchannel.specs.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state: a value for each variable. Immutable.
 *
 * @param variables by name, in the order of declaration
 */
public record TlaState(SequencedMap<String, TlaValue> variables) {
    private static final Pattern VARIABLE = Pattern.compile("(?m)^(?:/\\\\ )?([A-Za-z0-9_]+) = ");

    /** Keeps its own copy. */
    public TlaState {
        variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
    }

    /**
     * Reads a state as TLC prints it: {@code /\ name = value} for each variable, or {@code name = value} when there is
     * only one. A value in a form that can't be read is kept as text.
     *
     * @param text the lines of the state
     * @return the state
     */
    public static TlaState parse(String text) {
        SequencedMap<String, TlaValue> variables = new LinkedHashMap<>();
        Matcher start = VARIABLE.matcher(text);
        boolean found = start.find();
        while (found) {
            String name = start.group(1);
            int from = start.end();
            found = start.find();
            variables.put(name, TlaParser.parseOrKeep(text.substring(from, found ? start.start() : text.length())));
        }
        return new TlaState(variables);
    }
}
