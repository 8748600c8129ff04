package org.netchannel.specs.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.netchannel.specs.value.Change.What;

/** Finds the places in which two states differ, as deep inside the values as a reader wants it. */
public final class Difference {
    /** When more elements of a set or sequence differ, the whole of it counts as changed. */
    private static final int MOST_ELEMENTS = 12;
    /** Sets and sequences whose texts are this short together are shown whole when more than one element differs. */
    private static final int SHORT_TEXT = 40;

    private final List<Change> changes = new ArrayList<>();

    private Difference() {}

    /**
     * What a step changed.
     *
     * @param before the state before it
     * @param after the state after it
     * @return the changes, in the order of the variables; empty when the states are equal
     */
    public static List<Change> between(TlaState before, TlaState after) {
        Difference difference = new Difference();
        difference.mappings(before.variables(), after.variables(), name -> name);
        return List.copyOf(difference.changes);
    }

    private void values(String path, TlaValue before, TlaValue after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof TlaValue.SetOf first && after instanceof TlaValue.SetOf second) {
            sets(path, first, second);
        } else if (before instanceof TlaValue.Sequence first && after instanceof TlaValue.Sequence second) {
            sequences(path, first, second);
        } else {
            Optional<SequencedMap<TlaValue, TlaValue>> first = mapping(before);
            Optional<SequencedMap<TlaValue, TlaValue>> second = mapping(after);
            if (first.isPresent() && second.isPresent()) {
                mappings(first.get(), second.get(), argument -> path + argumentText(argument));
            } else {
                changed(path, before, after);
            }
        }
    }

    private void changed(String path, TlaValue before, TlaValue after) {
        changes.add(Change.changed(path, before, after));
    }

    /** The pairs of a function: records and sequences are functions too, so that one may become the other. */
    private static Optional<SequencedMap<TlaValue, TlaValue>> mapping(TlaValue value) {
        SequencedMap<TlaValue, TlaValue> pairs = new LinkedHashMap<>();
        switch (value) {
            case TlaValue.Function(var mapping) -> pairs.putAll(mapping);
            case TlaValue.Rec(var fields) -> fields.forEach((name, field) -> pairs.put(new TlaValue.Str(name), field));
            case TlaValue.Sequence(var elements) -> elements.forEach(
                    element -> pairs.put(new TlaValue.Int(pairs.size() + 1), element));
            case TlaValue.Bool _, TlaValue.Int _, TlaValue.Str _, TlaValue.ModelValue _, TlaValue.SetOf _,
                    TlaValue.Unread _ -> {
                return Optional.empty();
            }
        }
        return Optional.of(pairs);
    }

    /** How an argument of a function stands in a path. */
    static String argumentText(TlaValue argument) {
        return switch (argument) {
            case TlaValue.Str(String name) -> "." + name;
            // TLA+ writes the application of a function to a tuple without the tuple's brackets.
            case TlaValue.Sequence(var elements) when elements.size() > 1 -> {
                String text = argument.toString();
                yield "[" + text.substring(2, text.length() - 2) + "]";
            }
            default -> "[" + argument + "]";
        };
    }

    private <K> void mappings(
            SequencedMap<K, TlaValue> before, SequencedMap<K, TlaValue> after, Function<K, String> path) {
        before.forEach((key, value) -> {
            TlaValue other = after.get(key);
            if (other == null) {
                changes.add(Change.removed(path.apply(key), What.REMOVED, value));
            } else {
                values(path.apply(key), value, other);
            }
        });
        after.forEach((key, value) -> {
            if (!before.containsKey(key)) {
                changes.add(Change.added(path.apply(key), What.ADDED, value));
            }
        });
    }

    /** Whether the whole says more than its parts. */
    private static boolean isBetterWhole(TlaValue before, TlaValue after, int changed) {
        boolean isShort = before.toString().length() + after.toString().length() <= SHORT_TEXT;
        return changed > MOST_ELEMENTS || changed > 1 && isShort;
    }

    private void sets(String path, TlaValue.SetOf before, TlaValue.SetOf after) {
        List<TlaValue> removed = without(before.elements(), after.elements());
        List<TlaValue> added = without(after.elements(), before.elements());
        if (isBetterWhole(before, after, removed.size() + added.size())) {
            changed(path, before, after);
            return;
        }
        removed.forEach(element -> changes.add(Change.removed(path, What.REMOVED, element)));
        added.forEach(element -> changes.add(Change.added(path, What.ADDED, element)));
    }

    private static List<TlaValue> without(Collection<TlaValue> elements, Collection<TlaValue> others) {
        return elements.stream().filter(element -> !others.contains(element)).toList();
    }

    private void sequences(String path, TlaValue.Sequence before, TlaValue.Sequence after) {
        List<Alignment.Gap> gaps = Alignment.gaps(before.elements(), after.elements());
        int changed = gaps.stream().mapToInt(gap -> Math.max(gap.removed(), gap.inserted())).sum();
        boolean records = Stream.concat(before.elements().stream(), after.elements().stream())
                .anyMatch(element -> element instanceof TlaValue.Rec);
        if (changed > MOST_ELEMENTS || !records && isBetterWhole(before, after, changed)) {
            changed(path, before, after);
            return;
        }
        gaps.forEach(gap -> gap(path, gap, before.elements(), after.elements()));
    }

    private void gap(String path, Alignment.Gap gap, List<TlaValue> before, List<TlaValue> after) {
        int replaced = Math.min(gap.removed(), gap.inserted());
        for (int i = 0; i < replaced; i++) {
            values(path + "[" + (gap.from() + i + 1) + "]", before.get(gap.from() + i), after.get(gap.to() + i));
        }
        for (int i = gap.from() + replaced; i < gap.from() + gap.removed(); i++) {
            removed(path, i, gap.from() + replaced == 0, before);
        }
        for (int i = gap.to() + replaced; i < gap.to() + gap.inserted(); i++) {
            inserted(path, i, gap.to() + gap.inserted() == after.size(), after);
        }
    }

    private void removed(String path, int index, boolean atStart, List<TlaValue> before) {
        changes.add(
                atStart
                        ? Change.removed(path, What.FIRST_REMOVED, before.get(index))
                        : Change.removed(path + "[" + (index + 1) + "]", What.REMOVED, before.get(index)));
    }

    private void inserted(String path, int index, boolean atEnd, List<TlaValue> after) {
        changes.add(
                atEnd
                        ? Change.added(path, What.APPENDED, after.get(index))
                        : Change.added(path + "[" + (index + 1) + "]", What.INSERTED, after.get(index)));
    }
}
