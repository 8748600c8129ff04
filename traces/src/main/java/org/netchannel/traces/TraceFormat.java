package org.netchannel.traces;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HexFormat;

/** What the reader and the writer of traces have in common: the JSON dialect and the bounds. */
final class TraceFormat {
    /** The value of a header's {@code trace}. */
    static final String NAME = "netchannel";

    /** The value of a header's {@code version}. */
    static final int VERSION = 1;

    /** The longest line, in bytes, without its line feed. */
    static final int MAX_LINE_BYTES = 4 << 20;

    /** The longest string, in UTF-16 units. */
    static final int MAX_TEXT = 65_536;

    /** How many fields one JSON object may have; keeps the search for repeated ones short. */
    static final int MAX_FIELDS = 64;

    /** How many JSON values one line may have; bounds the memory that a line needs. */
    static final int MAX_VALUES = 500_000;

    private static final int MAX_DEPTH = 16;
    private static final int MAX_DIGITS = 100;

    /** Names are not interned in the JVM's table, and bytes are UTF-8 without guessing. */
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_LINE_BYTES)
                    .maxNameLength(MAX_TEXT)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .build();

    private TraceFormat() {}

    static void writeHex(JsonGenerator json, String key, long value) throws IOException {
        json.writeStringField(key, HexFormat.of().toHexDigits(value));
    }

    static void writeUnsigned(JsonGenerator json, String key, long value) throws IOException {
        json.writeFieldName(key);
        if (value >= 0) {
            json.writeNumber(value);
        } else {
            json.writeNumber(Long.toUnsignedString(value));
        }
    }

    static void writeText(JsonGenerator json, String key, String text) throws IOException {
        json.writeStringField(key, bounded(key, text));
    }

    /** Gives a text back that the reader takes. */
    static String bounded(String key, String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    key + " has " + text.length() + " characters, legal in a trace is at most " + MAX_TEXT);
        }
        return text;
    }
}
