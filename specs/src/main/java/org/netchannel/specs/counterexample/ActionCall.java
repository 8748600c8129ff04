package org.netchannel.specs.counterexample;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.netchannel.specs.value.TlaValue;

/**
 * An action with its arguments. Immutable; {@code toString} gives all of it.
 *
 * @param name the operator's name
 * @param arguments the values of its parameters, in order; empty when it has none or they are not known
 * @param choices what quantifiers inside it chose, by variable; empty when nothing or it is not known
 */
public record ActionCall(String name, List<TlaValue> arguments, SequencedMap<String, TlaValue> choices) {
    /** Keeps its own copies. */
    public ActionCall {
        arguments = List.copyOf(arguments);
        choices = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(choices));
    }

    /**
     * An action of which only the name is known.
     *
     * @param name the operator's name
     * @return the action
     */
    public static ActionCall named(String name) {
        return new ActionCall(name, List.of(), new LinkedHashMap<>());
    }

    /** The text of it, where each value has at most this many characters. */
    String text(int longestValue) {
        String call = arguments.isEmpty()
                ? name
                : arguments.stream()
                        .map(value -> value.text(longestValue))
                        .collect(Collectors.joining(", ", name + "(", ")"));
        return choices.isEmpty() ? call : call + " with " + chosen(longestValue);
    }

    private String chosen(int longestValue) {
        return choices.entrySet().stream()
                .map((Map.Entry<String, TlaValue> choice) ->
                        choice.getKey() + " = " + choice.getValue().text(longestValue))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return text(Integer.MAX_VALUE);
    }
}
