package org.netchannel.specs.engine.isolated;

import java.util.Arrays;
import tlc2.value.impl.EnumerableValue;
import tlc2.value.impl.FcnLambdaValue;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetPredValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;

/**
 * Evaluates what TLC left unevaluated in a new state, and sorts its sets: TLC itself does so when it fingerprints a
 * state, which nobody needs here. A value left lazy would hold its whole history, and be evaluated again at each use.
 * Parts that a state shares with its predecessor are skipped, so a step costs what it changes.
 */
final class ConcreteValues {
    private ConcreteValues() {}

    /**
     * Makes a value concrete.
     *
     * @param value the value
     * @param before what stood in its place in the predecessor, already concrete; null if nothing did
     * @return an equal value
     */
    static Value concrete(Value value, Value before) {
        if (value == before) {
            return value;
        }
        return switch (value) {
            case RecordValue fields -> fields(fields, before);
            case TupleValue tuple -> {
                each(tuple.elems, before instanceof TupleValue old ? old.elems : null);
                yield tuple;
            }
            case FcnLambdaValue lazy -> concrete(lazy.toFcnRcd(), before);
            case FcnRcdValue function -> function(function, before);
            case SetPredValue lazy -> set(lazy);
            case EnumerableValue set -> set(set);
            default -> value;
        };
    }

    /**
     * Whether two concrete values are equal. TLC's own comparison looks at everything; this one skips what both share.
     *
     * @param one a value
     * @param other another
     * @return whether TLC would call them equal
     */
    static boolean equal(Value one, Value other) {
        if (one == other) {
            return true;
        }
        if (one instanceof RecordValue a && other instanceof RecordValue b && Arrays.equals(a.names, b.names)) {
            return allEqual(a.values, b.values);
        }
        if (one instanceof TupleValue a && other instanceof TupleValue b) {
            return allEqual(a.elems, b.elems);
        }
        if (one instanceof FcnRcdValue a && other instanceof FcnRcdValue b && a.domain != null && b.domain != null) {
            return allEqual(a.domain, b.domain) && allEqual(a.values, b.values);
        }
        return one.equals(other);
    }

    private static boolean allEqual(Value[] some, Value[] others) {
        for (int i = 0; i < some.length && some.length == others.length; i++) {
            if (!equal(some[i], others[i])) {
                return false;
            }
        }
        return some.length == others.length;
    }

    private static Value fields(RecordValue fields, Value before) {
        boolean comparable = before instanceof RecordValue old && old.names.length == fields.names.length;
        each(fields.values, comparable ? ((RecordValue) before).values : null);
        return fields.normalize();
    }

    private static Value function(FcnRcdValue function, Value before) {
        boolean comparable = before instanceof FcnRcdValue old && old.values.length == function.values.length;
        each(function.values, comparable ? ((FcnRcdValue) before).values : null);
        return function.normalize();
    }

    private static void each(Value[] values, Value[] before) {
        for (int i = 0; i < values.length; i++) {
            Value old = before != null && i < before.length ? before[i] : null;
            Value concrete = concrete(values[i], old);
            if (concrete != values[i]) {
                values[i] = concrete;
            }
        }
    }

    private static Value set(Value set) {
        Value listed = set.toSetEnum();
        Value concrete = listed == null ? set : listed;
        concrete.deepNormalize();
        return concrete;
    }
}
