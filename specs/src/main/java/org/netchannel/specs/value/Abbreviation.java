package org.netchannel.specs.value;

import java.util.Collection;
import java.util.stream.Collectors;

/** Shortens values for a reader: deep parts go first. */
final class Abbreviation {
    private static final int DEEPEST = 6;
    private static final String GONE = "…";

    private Abbreviation() {}

    static String of(TlaValue value, int longest) {
        String whole = value.toString();
        if (whole.length() <= longest) {
            return whole;
        }
        for (int depth = DEEPEST; depth > 0; depth--) {
            String text = text(value, depth);
            if (text.length() <= longest) {
                return text;
            }
        }
        return whole.substring(0, longest - 1) + GONE;
    }

    private static String text(TlaValue value, int depth) {
        return switch (value) {
            case TlaValue.Rec(var fields) -> depth == 0
                    ? "[" + GONE + "]"
                    : fields.entrySet().stream()
                            .map(field -> field.getKey() + " |-> " + text(field.getValue(), depth - 1))
                            .collect(Collectors.joining(", ", "[", "]"));
            case TlaValue.Function(var mapping) -> depth == 0
                    ? "(" + GONE + ")"
                    : mapping.entrySet().stream()
                            .map(pair -> pair.getKey() + " :> " + text(pair.getValue(), depth - 1))
                            .collect(Collectors.joining(" @@ ", "(", ")"));
            case TlaValue.SetOf(var elements) -> list("{", elements, "}", depth);
            case TlaValue.Sequence(var elements) -> list("<<", elements, ">>", depth);
            case TlaValue.Bool _, TlaValue.Int _, TlaValue.Str _, TlaValue.ModelValue _, TlaValue.Unread _ ->
                    value.toString();
        };
    }

    private static String list(String open, Collection<TlaValue> elements, String close, int depth) {
        if (elements.isEmpty()) {
            return open + close;
        }
        return depth == 0
                ? open + GONE + close
                : elements.stream()
                        .map(element -> text(element, depth - 1))
                        .collect(Collectors.joining(", ", open, close));
    }
}
