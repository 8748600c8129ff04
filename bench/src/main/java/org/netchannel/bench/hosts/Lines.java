package org.netchannel.bench.hosts;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** What hosts say to each other: lines of ASCII, bounded in length and in time. */
final class Lines {
    private Lines() {}

    /**
     * Reads to the end of a line, or of everything. No more is read than that.
     *
     * @param patienceMs how long the whole line may take; the timeout of the socket is another one afterwards
     * @throws IOException also when the line is longer than {@link Order#LONGEST}, or takes longer
     */
    static String read(Socket from, int patienceMs) throws IOException {
        InputStream in = from.getInputStream();
        StringBuilder line = new StringBuilder();
        long beganNs = System.nanoTime();
        try {
            for (int c = read(from, in, beganNs, patienceMs); c >= 0 && c != '\n';
                    c = read(from, in, beganNs, patienceMs)) {
                if (line.length() == Order.LONGEST) {
                    throw new IOException("a line is longer than " + Order.LONGEST + " characters");
                }
                line.append((char) c);
            }
        } catch (SocketTimeoutException e) {
            throw new IOException("a line takes longer than " + patienceMs + " ms", e);
        }
        return line.toString();
    }

    private static int read(Socket from, InputStream in, long beganNs, int patienceMs) throws IOException {
        long leftMs = patienceMs - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        if (leftMs <= 0) {
            throw new SocketTimeoutException();
        }
        from.setSoTimeout((int) leftMs);
        return in.read();
    }

    /** Text of somebody else's that can't steer a terminal. */
    static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
