package org.netchannel.specs.value;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** A value of TLA+. Immutable; equal when the values are; {@code toString} is its TLA+ text on one line. */
public sealed interface TlaValue {
    /**
     * TRUE or FALSE.
     *
     * @param value which of the two
     */
    record Bool(boolean value) implements TlaValue {
        @Override
        public String toString() {
            return value ? "TRUE" : "FALSE";
        }
    }

    /**
     * An integer.
     *
     * @param value the number
     */
    record Int(long value) implements TlaValue {
        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /**
     * A string.
     *
     * @param value its characters, without quotes and escapes
     */
    record Str(String value) implements TlaValue {
        @Override
        public String toString() {
            return TlaText.quote(value);
        }
    }

    /**
     * A model value: equal only to itself.
     *
     * @param name its name
     */
    record ModelValue(String name) implements TlaValue {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A finite set.
     *
     * @param elements in the order of the text, which does not count for equality
     */
    record SetOf(SequencedSet<TlaValue> elements) implements TlaValue {
        /** Keeps its own copy. */
        public SetOf {
            elements = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(elements));
        }

        @Override
        public String toString() {
            return join("{", elements, "}");
        }
    }

    /**
     * A sequence, or tuple: a function from 1 to its length.
     *
     * @param elements in order
     */
    record Sequence(List<TlaValue> elements) implements TlaValue {
        /** Keeps its own copy. */
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return join("<<", elements, ">>");
        }
    }

    /**
     * A record: a function from strings.
     *
     * @param fields by name; not empty
     */
    record Rec(SequencedMap<String, TlaValue> fields) implements TlaValue {
        /** Keeps its own copy. */
        public Rec {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String toString() {
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + " |-> " + field.getValue())
                    .collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /**
     * A function that is neither a sequence nor a record.
     *
     * @param mapping by argument; not empty
     */
    record Function(SequencedMap<TlaValue, TlaValue> mapping) implements TlaValue {
        /** Keeps its own copy. */
        public Function {
            mapping = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(mapping));
        }

        @Override
        public String toString() {
            return mapping.entrySet().stream()
                    .map(pair -> pair.getKey() + " :> " + pair.getValue())
                    .collect(Collectors.joining(" @@ ", "(", ")"));
        }
    }

    /**
     * Anything that TLC prints in a form this program does not read, such as a large interval or an unexpanded set.
     *
     * @param text what TLC printed, on one line
     */
    record Unread(String text) implements TlaValue {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * The text of the value, shortened if need be: fields that are 0, FALSE or empty go first, then its deepest parts.
     *
     * @param longest most characters, at least 1
     * @return all of it, or with {@code …} for what was left out
     */
    default String text(int longest) {
        return Abbreviation.of(this, longest);
    }

    private static String join(String open, Collection<TlaValue> elements, String close) {
        return elements.stream().map(TlaValue::toString).collect(Collectors.joining(", ", open, close));
    }

    /**
     * The function with these pairs, in its canonical form: a sequence when the arguments are 1 to n, a record when all
     * are strings.
     *
     * @param mapping argument to value
     * @return the value
     */
    static TlaValue function(SequencedMap<TlaValue, TlaValue> mapping) {
        Sequence sequence = sequenceOf(mapping);
        if (sequence != null) {
            return sequence;
        }
        if (mapping.keySet().stream().allMatch(Str.class::isInstance)) {
            SequencedMap<String, TlaValue> fields = new LinkedHashMap<>();
            mapping.forEach((key, value) -> fields.put(((Str) key).value(), value));
            return new Rec(fields);
        }
        return new Function(mapping);
    }

    private static Sequence sequenceOf(Map<TlaValue, TlaValue> mapping) {
        TlaValue[] elements = new TlaValue[mapping.size()];
        for (Map.Entry<TlaValue, TlaValue> pair : mapping.entrySet()) {
            if (!(pair.getKey() instanceof Int index) || index.value() < 1 || index.value() > elements.length) {
                return null;
            }
            elements[(int) index.value() - 1] = pair.getValue();
        }
        return new Sequence(List.of(elements));
    }
}
