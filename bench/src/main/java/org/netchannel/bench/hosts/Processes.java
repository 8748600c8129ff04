package org.netchannel.bench.hosts;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Ends processes that end with their standard input. */
final class Processes {
    private Processes() {}

    /** First its standard input ends; if that is not enough, it is killed. */
    static void end(Process process, int patienceSeconds) throws IOException {
        try {
            process.getOutputStream().close();
            // It must not wait for somebody who reads what it says last.
            process.getInputStream().close();
            if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
