package org.netchannel.traces;

import java.io.IOException;

/**
 * Text that is no trace (endpoint.md, "Traces"). The message is one line: it names the file, line, column and field,
 * the value found there and what would be legal.
 */
public final class MalformedTraceException extends IOException {
    private static final long serialVersionUID = 1;

    /** Line of the trace, from 1. */
    private final long line;

    /** Byte within the line, from 1. */
    private final int column;

    MalformedTraceException(String source, long line, int column, String problem) {
        super(printable(source + ", line " + line + ", column " + column + ": " + problem));
        this.line = line;
        this.column = column;
    }

    /**
     * Where in the file.
     *
     * @return the line, from 1; the header is line 1
     */
    public long line() {
        return line;
    }

    /**
     * Where in the line.
     *
     * @return the byte, from 1
     */
    public int column() {
        return column;
    }

    /** Text from a file or of a file's name must not break the line or steer a terminal. */
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT || c == 0x2028 || c == 0x2029) {
                clean.append(String.format("\\u%04x", c));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }
}
