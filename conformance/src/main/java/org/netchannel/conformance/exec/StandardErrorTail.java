package org.netchannel.conformance.exec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Reads standard error as long as there is any, and keeps the last of it. */
final class StandardErrorTail {
    private static final int KEPT = 8192;
    private static final int MOST_LINES = 20;
    private static final int LONGEST_LINE = 300;

    private final InputStream in;
    private final Thread reader;
    private final byte[] last = new byte[KEPT];
    private long count;

    StandardErrorTail(InputStream in) {
        this.in = in;
        this.reader = Thread.ofPlatform().daemon().name("exec-errors").start(this::read);
    }

    private void read() {
        byte[] piece = new byte[KEPT];
        try {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                keep(piece, read);
            }
        } catch (IOException e) { // the process was killed meanwhile: there is no more
            keep(piece, 0);
        }
    }

    private synchronized void keep(byte[] piece, int length) {
        for (int i = 0; i < length; i++) {
            last[(int) (count++ % KEPT)] = piece[i];
        }
    }

    /** Waits for the end of standard error, but not long: who writes may live. */
    void awaitEnd(Duration limit) throws InterruptedException {
        reader.join(limit);
    }

    /** The last lines; what can't be shown is replaced. */
    List<String> lines() {
        List<String> lines = text().lines().map(StandardErrorTail::cut).toList();
        return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
    }

    private synchronized String text() {
        int length = (int) Math.min(count, KEPT);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = last[(int) ((count - length + i) % KEPT)];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String cut(String line) {
        return line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...";
    }
}
