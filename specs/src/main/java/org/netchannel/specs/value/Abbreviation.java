package org.netchannel.specs.value;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shortens values for a reader: fields of records that are 0, FALSE or empty go first, then the deepest parts. */
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
        return text(value, DEEPEST).substring(0, longest - 1) + GONE;
    }

    /** The text without fields that are 0, FALSE or empty. */
    static String withoutBlanks(TlaValue value) {
        return text(value, DEEPEST);
    }

    /** Whether a value is what fields have before anything happens. */
    static boolean isBlank(TlaValue value) {
        return switch (value) {
            case TlaValue.Bool(boolean truth) -> !truth;
            case TlaValue.Int(long number) -> number == 0;
            case TlaValue.Str(String text) -> text.isEmpty();
            case TlaValue.SetOf(var elements) -> elements.isEmpty();
            case TlaValue.Sequence(var elements) -> elements.isEmpty();
            case TlaValue.Rec _, TlaValue.Function _, TlaValue.ModelValue _, TlaValue.Unread _ -> false;
        };
    }

    private static String text(TlaValue value, int depth) {
        return switch (value) {
            case TlaValue.Rec rec -> record(rec, depth);
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

    private static String record(TlaValue.Rec rec, int depth) {
        if (depth == 0) {
            return "[" + GONE + "]";
        }
        Stream<String> shown = rec.fields().entrySet().stream()
                .filter(field -> !isBlank(field.getValue()))
                .map(field -> field.getKey() + " |-> " + text(field.getValue(), depth - 1));
        boolean complete = rec.fields().values().stream().noneMatch(Abbreviation::isBlank);
        return Stream.concat(shown, complete ? Stream.empty() : Stream.of(GONE))
                .collect(Collectors.joining(", ", "[", "]"));
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
