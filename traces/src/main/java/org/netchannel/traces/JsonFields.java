package org.netchannel.traces;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JSON object or list of a line, with the place of every value. A question for a field that is not there or has the
 * wrong type ends in a {@link MalformedTraceException} that names it; fields that nobody asks for do not matter.
 */
final class JsonFields {
    /** JSON's null. */
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    /** A number with a fraction or an exponent; legal nowhere. */
    record Fraction(String digits) {
        @Override
        public String toString() {
            return digits;
        }
    }

    private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final String ANY_TEXT = "a string of at most " + TraceFormat.MAX_TEXT + " characters";
    private static final int FIRST_CAPACITY = 12;

    private final TraceInput input;
    private final JsonFields parent;
    private final String name;
    private final int column;
    private final boolean list;
    private String[] keys = new String[0];
    private Object[] values = new Object[0];
    private int[] columns = new int[0];
    private int size;

    JsonFields(TraceInput input, JsonFields parent, String name, int column, boolean list) {
        this.input = input;
        this.parent = parent;
        this.name = name;
        this.column = column;
        this.list = list;
    }

    void put(String key, Object value, int at) throws MalformedTraceException {
        if (find(key) >= 0) {
            throw input.malformed(at, path(key) + " is there twice");
        }
        if (size == TraceFormat.MAX_FIELDS) {
            throw input.malformed(at, "object has more than " + TraceFormat.MAX_FIELDS + " fields");
        }
        add(value, at);
        keys[size - 1] = key;
    }

    void add(Object value, int at) {
        if (size == values.length) {
            int capacity = Math.max(FIRST_CAPACITY, 2 * size);
            keys = list ? keys : Arrays.copyOf(keys, capacity);
            values = Arrays.copyOf(values, capacity);
            columns = Arrays.copyOf(columns, capacity);
        }
        values[size] = value;
        columns[size] = at;
        size++;
    }

    int size() {
        return size;
    }

    boolean isList() {
        return list;
    }

    boolean has(String key) {
        return find(key) >= 0;
    }

    boolean hasText(String key) {
        return value(key) instanceof String;
    }

    boolean isNull(String key) {
        return value(key) == NULL;
    }

    /** A 32-bit integer: an argument may be as wrong as a caller can make it, and is answered by BAD_REQUEST. */
    int int32(String key) throws MalformedTraceException {
        return (int) integer(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    long integer(String key, long min, long max) throws MalformedTraceException {
        if (value(key) instanceof Long value && value >= min && value <= max) {
            return value;
        }
        throw illegal(key, min == max ? Long.toString(min) : "an integer from " + min + " to " + max);
    }

    /** An unsigned 64-bit integer in decimal. */
    long unsigned(String key) throws MalformedTraceException {
        if (value(key) instanceof Long value && value >= 0) {
            return value;
        }
        if (value(key) instanceof BigInteger value && value.signum() > 0 && value.compareTo(MAX_UNSIGNED) <= 0) {
            return value.longValue();
        }
        throw illegal(key, "an integer from 0 to " + MAX_UNSIGNED);
    }

    /** An unsigned 64-bit integer as 16 hexadecimal digits. */
    long hex(String key) throws MalformedTraceException {
        if (value(key) instanceof String text && text.length() == 16
                && text.chars().allMatch(HexFormat::isHexDigit)) {
            return HexFormat.fromHexDigitsToLong(text);
        }
        throw illegal(key, "a string of 16 hexadecimal digits");
    }

    String text(String key) throws MalformedTraceException {
        if (value(key) instanceof String text && text.length() <= TraceFormat.MAX_TEXT) {
            return text;
        }
        throw illegal(key, ANY_TEXT);
    }

    /** A text that the caller compares with what is legal; empty when there is none. */
    String textOrEmpty(String key) {
        return value(key) instanceof String text ? text : "";
    }

    boolean flag(String key) throws MalformedTraceException {
        if (value(key) instanceof Boolean flag) {
            return flag;
        }
        throw illegal(key, "true or false");
    }

    boolean flagOr(String key, boolean otherwise) throws MalformedTraceException {
        return has(key) ? flag(key) : otherwise;
    }

    /**
     * A constant by its name.
     *
     * @param others what else is legal there; the caller has looked for it already
     */
    <E extends Enum<E>> E constant(String key, Class<E> type, String... others) throws MalformedTraceException {
        if (value(key) instanceof String text) {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equals(text)) {
                    return constant;
                }
            }
        }
        Stream<String> names = Stream.of(type.getEnumConstants()).map(Enum::name);
        throw illegal(key, Stream.concat(names, Stream.of(others)).collect(Collectors.joining(", ", "one of ", "")));
    }

    /** Empty when the field is null or not there. */
    <E extends Enum<E>> Optional<E> optionalConstant(String key, Class<E> type) throws MalformedTraceException {
        return !has(key) || isNull(key) ? Optional.empty() : Optional.of(constant(key, type));
    }

    JsonFields object(String key) throws MalformedTraceException {
        if (value(key) instanceof JsonFields fields && !fields.list) {
            return fields;
        }
        throw illegal(key, "an object");
    }

    JsonFields list(String key) throws MalformedTraceException {
        if (value(key) instanceof JsonFields fields && fields.list) {
            return fields;
        }
        throw illegal(key, "a list");
    }

    String keyAt(int index) {
        return keys[index];
    }

    JsonFields objectAt(int index) throws MalformedTraceException {
        if (values[index] instanceof JsonFields fields && !fields.list) {
            return fields;
        }
        throw illegalAt(index, "an object");
    }

    String textAt(int index) throws MalformedTraceException {
        if (values[index] instanceof String text && text.length() <= TraceFormat.MAX_TEXT) {
            return text;
        }
        throw illegalAt(index, ANY_TEXT);
    }

    /** A problem with a field that is there. */
    MalformedTraceException malformed(String key, String problem) {
        return input.malformed(columns[find(key)], problem);
    }

    MalformedTraceException illegal(String key, String legal) {
        int i = find(key);
        return i < 0
                ? input.malformed(column, path(key) + " is missing, legal is " + legal)
                : illegalAt(i, legal);
    }

    MalformedTraceException illegalAt(int index, String legal) {
        String where = path(list ? "[" + index + "]" : keys[index]);
        String found = JsonLine.describe(values[index]);
        return input.malformed(columns[index], where + " is " + found + ", legal is " + legal);
    }

    /** Java's null when there is no such field. */
    private Object value(String key) {
        int i = find(key);
        return i < 0 ? null : values[i];
    }

    private int find(String key) {
        for (int i = 0; i < size; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private String path(String key) {
        String here = parent == null ? "" : parent.path(name);
        return here.isEmpty() || key.startsWith("[") ? here + key : here + "." + key;
    }
}
