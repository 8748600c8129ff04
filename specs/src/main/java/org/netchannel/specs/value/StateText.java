package org.netchannel.specs.value;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes a whole state for a reader: a text for each variable, and where that is too long, one for each part of it.
 * Fields of records that are 0, FALSE or empty are left out then.
 */
public final class StateText {
    private final int longest;
    private final List<String> parts = new ArrayList<>();

    private StateText(int longest) {
        this.longest = longest;
    }

    /**
     * Writes a state.
     *
     * @param state the state
     * @param longest most characters of one part
     * @param most how many parts
     * @return the parts: path, equals sign, value
     */
    public static List<String> parts(TlaState state, int longest, int most) {
        StateText text = new StateText(longest);
        state.variables().forEach(text::part);
        if (text.parts.size() <= most) {
            return text.parts;
        }
        List<String> shown = new ArrayList<>(text.parts.subList(0, most - 1));
        shown.add("and " + (text.parts.size() - most + 1) + " more");
        return shown;
    }

    private void part(String path, TlaValue value) {
        for (String text : List.of(value.toString(), Abbreviation.withoutBlanks(value))) {
            if (path.length() + 3 + text.length() <= longest) {
                parts.add(path + " = " + text);
                return;
            }
        }
        switch (value) {
            case TlaValue.Rec(var fields) -> fields.forEach((name, field) -> {
                if (!Abbreviation.isBlank(field)) {
                    part(path + "." + name, field);
                }
            });
            case TlaValue.Function(var mapping) ->
                    mapping.forEach((argument, result) -> part(path + Difference.argumentText(argument), result));
            default -> parts.add(path + " = " + value.text(Math.max(20, longest - path.length() - 3)));
        }
    }
}
