package org.netchannel.bench.hosts;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a process says on its standard output, as much of it as fits into a message. It can always go on saying it. */
final class Said {
    private static final int MOST = 400;
    /** How long whoever has said something wrong may go on. */
    private static final long REST_MS = 500;

    private final StringBuffer text = new StringBuffer();
    /** The first line is there, or there will be none. */
    private final CountDownLatch first = new CountDownLatch(1);
    /** Nothing can be added. */
    private final CountDownLatch all = new CountDownLatch(1);

    /** Listens until the process ends or the stream is closed. */
    Said(Process process) {
        Thread.ofPlatform().daemon().start(() -> listen(process.getInputStream()));
    }

    private void listen(InputStream in) {
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (text.length() < MOST) {
                    text.append((char) c);
                }
                if (c == '\n') {
                    first.countDown();
                }
                if (text.length() == MOST) {
                    first.countDown();
                    all.countDown();
                }
            }
        } catch (IOException e) {
            text.append(" (").append(e.getMessage()).append(')');
        } finally {
            first.countDown();
            all.countDown();
        }
    }

    /** Waits for the first line; empty when it is not there in time, too long, or not ended. */
    Optional<String> firstLine(Duration patience) throws IOException {
        boolean inTime = await(first, patience.toMillis());
        int end = text.indexOf("\n");
        return inTime && end >= 0 ? Optional.of(text.substring(0, end)) : Optional.empty();
    }

    private static boolean await(CountDownLatch latch, long mostMs) throws IOException {
        try {
            return latch.await(mostMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What is said until a moment from now, in one line. */
    String inOneLine() throws IOException {
        await(all, REST_MS);
        return text.isEmpty() ? "nothing" : "'" + Lines.printable(text.toString().strip().replace('\n', ' ')) + "'";
    }
}
