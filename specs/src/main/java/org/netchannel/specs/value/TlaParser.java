package org.netchannel.specs.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Supplier;

/** Reads values as TLC prints them. Single-threaded; one instance reads one text. */
public final class TlaParser {
    private static final int DEEPEST = 200;
    private static final int LARGEST_INTERVAL = 1_000;

    private final String text;
    private int position;
    private int depth;

    private TlaParser(String text) {
        this.text = text;
    }

    /**
     * Reads one value.
     *
     * @param text a whole value, with white space anywhere between its parts
     * @return the value
     * @throws TlaSyntaxException when the text is no such value
     */
    public static TlaValue parse(String text) {
        TlaParser parser = new TlaParser(text);
        TlaValue value = parser.value();
        parser.skipSpace();
        if (!parser.atEnd()) {
            throw parser.unexpected("the end");
        }
        return value;
    }

    /**
     * Reads one value, or keeps its text when it is in a form that can't be read.
     *
     * @param text a whole value
     * @return the value
     */
    public static TlaValue parseOrKeep(String text) {
        try {
            return parse(text);
        } catch (TlaSyntaxException e) {
            return new TlaValue.Unread(text.strip().replaceAll("\\s+", " "));
        }
    }

    private boolean atEnd() {
        return position == text.length();
    }

    private TlaValue value() {
        if (++depth > DEEPEST) {
            throw unexpected("at most " + DEEPEST + " levels");
        }
        skipSpace();
        char c = atEnd() ? '\0' : text.charAt(position);
        TlaValue value =
                switch (c) {
                    case '"' -> new TlaValue.Str(string());
                    case '{' -> new TlaValue.SetOf(new LinkedHashSet<>(list("{", "}", this::value)));
                    case '<' -> new TlaValue.Sequence(list("<<", ">>", this::value));
                    case '[' -> record();
                    case '(' -> function();
                    default -> c == '-' || isDigit(c) ? numberOrInterval() : word();
                };
        depth--;
        return value;
    }

    private <T> List<T> list(String open, String close, Supplier<T> element) {
        expect(open);
        List<T> elements = new ArrayList<>();
        if (accept(close)) {
            return elements;
        }
        do {
            elements.add(element.get());
        } while (accept(","));
        expect(close);
        return elements;
    }

    private TlaValue record() {
        SequencedMap<TlaValue, TlaValue> mapping = new LinkedHashMap<>();
        expect("[");
        do {
            TlaValue.Str name = new TlaValue.Str(fieldName());
            expect("|->");
            mapping.put(name, value());
        } while (accept(","));
        expect("]");
        return TlaValue.function(mapping);
    }

    /** A field name is whatever stands before the arrow: TLC prints any string there, without quotes. */
    private String fieldName() {
        skipSpace();
        int end = text.indexOf("|->", position);
        if (end < 0) {
            throw unexpected("|->");
        }
        String name = text.substring(position, end).strip();
        position = end;
        return name;
    }

    private TlaValue function() {
        SequencedMap<TlaValue, TlaValue> mapping = new LinkedHashMap<>();
        expect("(");
        do {
            TlaValue argument = value();
            expect(":>");
            mapping.put(argument, value());
        } while (accept("@@"));
        expect(")");
        return TlaValue.function(mapping);
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '"') {
                position++;
                return value.toString();
            }
            if (c == '\\' && position + 1 < text.length()) {
                value.append(TlaText.unescape(text.charAt(++position)));
            } else {
                value.append(c);
            }
        }
        throw unexpected("a closing quote");
    }

    private TlaValue numberOrInterval() {
        int start = position;
        long low = number();
        if (!text.startsWith("..", position)) {
            return new TlaValue.Int(low);
        }
        position += 2;
        long high = number();
        if (high - low >= LARGEST_INTERVAL) {
            return new TlaValue.Unread(text.substring(start, position));
        }
        SequencedSet<TlaValue> elements = new LinkedHashSet<>();
        for (long i = low; i <= high; i++) {
            elements.add(new TlaValue.Int(i));
        }
        return new TlaValue.SetOf(elements);
    }

    /** TLC's integers have 32 bits. */
    private int number() {
        int start = position;
        if (position < text.length() && text.charAt(position) == '-') {
            position++;
        }
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
        try {
            return Integer.parseInt(text.substring(start, position));
        } catch (NumberFormatException e) {
            position = start;
            throw unexpected("an integer of 32 bits");
        }
    }

    private TlaValue word() {
        int start = position;
        while (position < text.length() && isWordPart(text.charAt(position))) {
            position++;
        }
        String word = text.substring(start, position);
        return switch (word) {
            case "" -> throw unexpected("a value");
            case "TRUE" -> new TlaValue.Bool(true);
            case "FALSE" -> new TlaValue.Bool(false);
            default -> new TlaValue.ModelValue(word);
        };
    }

    private boolean accept(String symbol) {
        skipSpace();
        if (!text.startsWith(symbol, position)) {
            return false;
        }
        position += symbol.length();
        return true;
    }

    private void expect(String symbol) {
        if (!accept(symbol)) {
            throw unexpected(symbol);
        }
    }

    private void skipSpace() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
        return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private TlaSyntaxException unexpected(String wanted) {
        String found =
                atEnd() ? "the end" : "'" + text.substring(position, Math.min(text.length(), position + 20)) + "'";
        return new TlaSyntaxException("expected " + wanted + " at character " + position + ", found " + found);
    }
}
