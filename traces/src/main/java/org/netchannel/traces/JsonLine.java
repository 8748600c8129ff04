package org.netchannel.traces;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;

/** Parses one line into {@link JsonFields}. */
final class JsonLine {
    private final TraceInput input;
    private int values;

    private JsonLine(TraceInput input) {
        this.input = input;
    }

    /**
     * Parses the line that the input stands at.
     *
     * @param input the lines
     * @return the one object of the line
     */
    static JsonFields parse(TraceInput input) throws IOException {
        return new JsonLine(input).parse();
    }

    private JsonFields parse() throws IOException {
        try (JsonParser parser =
                TraceFormat.JSON.createParser(input.buffer(), input.lineFrom(), input.lineLength())) {
            return parse(parser);
        }
    }

    private JsonFields parse(JsonParser parser) throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw input.malformed(1, "line is empty, legal is one JSON object");
            }
            if (first != JsonToken.START_OBJECT) {
                throw input.malformed(column(parser),
                        "line begins with " + describe(value(parser, null, "")) + ", legal is one JSON object");
            }
            JsonFields fields = object(parser, null, "");
            if (parser.nextToken() != null) {
                throw input.malformed(column(parser), "line goes on after its JSON object, legal is one JSON object");
            }
            return fields;
        } catch (JsonEOFException e) {
            throw input.malformed(input.lineLength() + 1, "line ends before its JSON object does");
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw input.malformed(where.getColumnNr(), notJson(e));
        }
    }

    private JsonFields object(JsonParser parser, JsonFields parent, String name) throws IOException {
        JsonFields fields = new JsonFields(input, parent, name, column(parser), false);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int column = column(parser);
            parser.nextToken();
            Object value = value(parser, fields, key);
            fields.put(key, value, column);
        }
        return fields;
    }

    private JsonFields list(JsonParser parser, JsonFields parent, String name) throws IOException {
        JsonFields elements = new JsonFields(input, parent, name, column(parser), true);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int column = column(parser);
            elements.add(value(parser, elements, "[" + elements.size() + "]"), column);
        }
        return elements;
    }

    private Object value(JsonParser parser, JsonFields parent, String name) throws IOException {
        if (++values > TraceFormat.MAX_VALUES) {
            throw input.malformed(column(parser), "line has more than " + TraceFormat.MAX_VALUES + " JSON values");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, parent, name);
            case START_ARRAY -> list(parser, parent, name);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? parser.getBigIntegerValue()
                    : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> new JsonFields.Fraction(parser.getText());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> JsonFields.NULL;
        };
    }

    /** A value as a message shows it: short, and as JSON. */
    static String describe(Object value) {
        return switch (value) {
            case JsonFields fields -> fields.isList() ? "a list" : "an object";
            case String text when text.length() > 40 -> '"' + text.substring(0, 40) + "…\"";
            case String text -> '"' + text + '"';
            default -> value.toString();
        };
    }

    private static int column(JsonParser parser) {
        return parser.currentTokenLocation().getColumnNr();
    }

    /** Leaves out what speaks of the library and not of the line. */
    private static String notJson(JsonProcessingException e) {
        return "not JSON: " + e.getOriginalMessage().replaceAll(", from `[^`]*`|(?s) \\((for|start marker) .*", "");
    }
}
