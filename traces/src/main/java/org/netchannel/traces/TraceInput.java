package org.netchannel.traces;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts a stream of bytes into lines of bounded length. Holds one line. */
final class TraceInput implements AutoCloseable {
    private static final int FIRST_BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final String source;
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private int lineFrom;
    private int lineTo;
    private int nextFrom;
    private int filledTo;
    private long lineNumber;

    TraceInput(InputStream in, String source) {
        this.in = in;
        this.source = source;
    }

    /**
     * Goes on to the next line.
     *
     * @return false at the end of the stream
     */
    boolean advance() throws IOException {
        lineFrom = nextFrom;
        lineNumber++;
        int scanned = 0;
        while (true) {
            for (int i = lineFrom + scanned; i < filledTo; i++) {
                if (buffer[i] == '\n') {
                    return take(i, i + 1);
                }
            }
            scanned = filledTo - lineFrom;
            if (readMore() < 0) {
                return scanned > 0 && take(filledTo, filledTo);
            }
        }
    }

    private boolean take(int to, int next) throws MalformedTraceException {
        if (to - lineFrom > TraceFormat.MAX_LINE_BYTES) {
            throw tooLong();
        }
        lineTo = to;
        nextFrom = next;
        return true;
    }

    /** Makes room behind what is there of the line, and reads. */
    private int readMore() throws IOException {
        int length = filledTo - lineFrom;
        if (length > TraceFormat.MAX_LINE_BYTES) {
            throw tooLong();
        }
        if (lineFrom > 0) {
            System.arraycopy(buffer, lineFrom, buffer, 0, length);
            lineFrom = 0;
            nextFrom = 0;
            filledTo = length;
        }
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * length, TraceFormat.MAX_LINE_BYTES + 1));
        }
        int read = in.read(buffer, filledTo, buffer.length - filledTo);
        filledTo += Math.max(read, 0);
        return read;
    }

    private MalformedTraceException tooLong() {
        return malformed(TraceFormat.MAX_LINE_BYTES + 1,
                "line is longer than " + TraceFormat.MAX_LINE_BYTES + " bytes, the longest that is legal");
    }

    MalformedTraceException malformed(int column, String problem) {
        return new MalformedTraceException(source, lineNumber, column, problem);
    }

    byte[] buffer() {
        return buffer;
    }

    int lineFrom() {
        return lineFrom;
    }

    int lineLength() {
        return lineTo - lineFrom;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
