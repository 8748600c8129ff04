package org.netchannel.specs.engine.isolated;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.Enumerable;
import tlc2.value.impl.FcnLambdaValue;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.TupleValue;
import tlc2.value.impl.Value;
import tlc2.value.impl.ValueEnumeration;
import util.UniqueString;

/**
 * Turns Java values into TLC's and back, in the shapes that {@link org.netchannel.specs.engine.SpecEngine} promises.
 * For one thread at a time.
 */
public final class TlcValues {
    private static final int MAX_CACHED_STRINGS = 1 << 12;

    private final Map<String, StringValue> strings = new HashMap<>();

    /** Makes one. */
    public TlcValues() {}

    /**
     * Makes TLC's form of a value.
     *
     * @param value the value
     * @return an equal value, normalized
     * @throws IllegalArgumentException if it has none of the shapes
     */
    public Value toTlc(Object value) {
        return switch (value) {
            case Boolean bool -> bool ? BoolValue.ValTrue : BoolValue.ValFalse;
            case Integer number -> IntValue.gen(number);
            case String text -> string(text);
            case List<?> list -> new TupleValue(all(list));
            case Set<?> set -> new SetEnumValue(all(set), false).normalize();
            case Map<?, ?> map -> map(map);
            case null -> throw new IllegalArgumentException("null has no TLA+ form");
            default -> throw new IllegalArgumentException(value.getClass().getName() + " has no TLA+ form");
        };
    }

    private StringValue string(String text) {
        StringValue cached = strings.get(text);
        if (cached == null) {
            cached = new StringValue(text);
            if (strings.size() < MAX_CACHED_STRINGS) {
                strings.put(text, cached);
            }
        }
        return cached;
    }

    private Value[] all(Iterable<?> elements) {
        List<Value> values = new ArrayList<>();
        elements.forEach(element -> values.add(toTlc(element)));
        return values.toArray(Value[]::new);
    }

    private Value map(Map<?, ?> map) {
        if (!map.isEmpty() && map.keySet().stream().allMatch(String.class::isInstance)) {
            return record(map);
        }
        Value[] range = all(map.values());
        return new FcnRcdValue(all(map.keySet()), range, false).normalize();
    }

    private Value record(Map<?, ?> fields) {
        UniqueString[] names = new UniqueString[fields.size()];
        Value[] values = new Value[fields.size()];
        int i = 0;
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            names[i] = string((String) field.getKey()).getVal();
            values[i++] = toTlc(field.getValue());
        }
        return new RecordValue(names, values, false).normalize();
    }

    static Object toJava(Object value) {
        return switch (value) {
            case BoolValue bool -> bool.val;
            case IntValue number -> number.val;
            case StringValue text -> text.getVal().toString();
            case TupleValue tuple -> list(tuple.elems);
            case RecordValue fields -> fields(fields);
            case FcnLambdaValue function -> toJava(function.toFcnRcd());
            case FcnRcdValue function -> function(function);
            case Enumerable set -> set(set);
            default -> value.toString();
        };
    }

    private static List<Object> list(Value[] elements) {
        List<Object> list = new ArrayList<>(elements.length);
        for (Value element : elements) {
            list.add(toJava(element));
        }
        return list;
    }

    private static Map<String, Object> fields(RecordValue fields) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < fields.names.length; i++) {
            map.put(fields.names[i].toString(), toJava(fields.values[i]));
        }
        return map;
    }

    private static Object function(FcnRcdValue function) {
        if (function.toTuple() instanceof TupleValue sequence) {
            return list(sequence.elems);
        }
        Value[] domain = function.getDomainAsValues();
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < domain.length; i++) {
            map.put(toJava(domain[i]), toJava(function.values[i]));
        }
        return map;
    }

    private static Set<Object> set(Enumerable set) {
        Set<Object> elements = new LinkedHashSet<>();
        ValueEnumeration all = set.elements();
        for (Value element = all.nextElement(); element != null; element = all.nextElement()) {
            elements.add(toJava(element));
        }
        return elements;
    }
}
