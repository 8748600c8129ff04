package org.netchannel.specs.value;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.netchannel.specs.value.Change.What;

/** Finds the places in which two states differ, as deep inside the values as possible. */
public final class Difference {
    /** When more elements of a set or sequence differ, the whole of it counts as changed. */
    private static final int MOST_ELEMENTS = 12;

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
        if (before instanceof TlaValue.Rec(var first) && after instanceof TlaValue.Rec(var second)) {
            mappings(first, second, field -> path + "." + field);
        } else if (before instanceof TlaValue.Function(var first) && after instanceof TlaValue.Function(var second)) {
            mappings(first, second, argument -> path + "[" + argumentText(argument) + "]");
        } else if (before instanceof TlaValue.SetOf first && after instanceof TlaValue.SetOf second) {
            sets(path, first, second);
        } else if (before instanceof TlaValue.Sequence(var first) && after instanceof TlaValue.Sequence(var second)) {
            sequences(path, first, second);
        } else {
            changes.add(Change.changed(path, before, after));
        }
    }

    /** TLA+ writes the application of a function to a tuple without the tuple's brackets. */
    private static String argumentText(TlaValue argument) {
        String text = argument.toString();
        return argument instanceof TlaValue.Sequence(var elements) && elements.size() > 1
                ? text.substring(2, text.length() - 2)
                : text;
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

    private void sets(String path, TlaValue.SetOf before, TlaValue.SetOf after) {
        long kept = before.elements().stream().filter(after.elements()::contains).count();
        if (before.elements().size() + after.elements().size() - 2 * kept > MOST_ELEMENTS) {
            changes.add(Change.changed(path, before, after));
            return;
        }
        for (TlaValue element : before.elements()) {
            if (!after.elements().contains(element)) {
                changes.add(Change.removed(path, What.REMOVED, element));
            }
        }
        for (TlaValue element : after.elements()) {
            if (!before.elements().contains(element)) {
                changes.add(Change.added(path, What.ADDED, element));
            }
        }
    }

    private void sequences(String path, List<TlaValue> before, List<TlaValue> after) {
        List<Alignment.Gap> gaps = Alignment.gaps(before, after);
        if (gaps.stream().mapToInt(gap -> Math.max(gap.removed(), gap.inserted())).sum() > MOST_ELEMENTS) {
            changes.add(Change.changed(path, new TlaValue.Sequence(before), new TlaValue.Sequence(after)));
            return;
        }
        for (Alignment.Gap gap : gaps) {
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
