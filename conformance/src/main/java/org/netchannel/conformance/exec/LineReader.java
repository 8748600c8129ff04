package org.netchannel.conformance.exec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.netchannel.traces.Bytes;

/** Takes lines out of a stream, none longer than it may be. One thread calls. */
final class LineReader {
    private static final int FIRST_CAPACITY = 8192;

    private final InputStream in;
    private byte[] buffer = new byte[FIRST_CAPACITY];
    private int from;
    private int to;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** What came instead of a line. */
    enum End {
        /** The stream ended before any byte of the line. */
        NOTHING,
        /** The stream ended within the line. */
        WITHIN,
        /** The line is longer than it may be; {@link #skipLine} goes past it. */
        TOO_LONG
    }

    /** A line, or what came instead. */
    sealed interface Read {
        /** A whole line without its line feed; valid until the next call. */
        record Line(Bytes bytes) implements Read {}

        /** No line; what there was of it. */
        record NoLine(End end, Bytes beginning) implements Read {}
    }

    /** Reads the next line, waiting for it. */
    Read next(int longest) throws IOException {
        int searched = from;
        while (true) {
            int feed = find(searched);
            if (feed >= 0 && feed - from <= longest) {
                Bytes line = new Bytes(buffer, from, feed - from);
                from = feed + 1;
                return new Read.Line(line);
            }
            if (feed >= 0 || to - from > longest) {
                Bytes beginning = new Bytes(buffer, from, Math.min(to - from, longest));
                return new Read.NoLine(End.TOO_LONG, beginning);
            }
            searched = to - from;
            makeRoom();
            searched += from;
            int count = in.read(buffer, to, buffer.length - to);
            if (count < 0) {
                Bytes rest = new Bytes(buffer, from, to - from);
                from = to;
                return new Read.NoLine(rest.length() == 0 ? End.NOTHING : End.WITHIN, rest);
            }
            to += count;
        }
    }

    /** Drops everything up to and with the next line feed; says whether there was one. */
    boolean skipLine() throws IOException {
        int feed = find(from);
        while (feed < 0) {
            from = 0;
            to = Math.max(0, in.read(buffer, 0, buffer.length));
            if (to == 0) {
                return false;
            }
            feed = find(0);
        }
        from = feed + 1;
        return true;
    }

    /** Whether there are bytes after the last line, as far as can be seen without waiting. */
    boolean hasMore() throws IOException {
        return from < to || in.available() > 0;
    }

    private int find(int start) {
        for (int i = start; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void makeRoom() {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
    }
}
