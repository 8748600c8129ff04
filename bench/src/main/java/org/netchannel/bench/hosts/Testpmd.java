package org.netchannel.bench.hosts;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netchannel.optimized.dpdk.Eal;

/**
 * {@code dpdk-testpmd}, which comes with DPDK, on a device: what that carries with nothing above it. The process ends
 * with its standard input, that is, with this one at the latest. One thread calls.
 */
public final class Testpmd implements AutoCloseable {
    private static final String PROGRAM = "dpdk-testpmd";
    private static final int MBUFS = 8_192;
    private static final int MBUF_ROOM = 2_048;
    private static final int HEADROOM = 128;
    private static final int CHECK_SEQUENCE = 4;
    private static final int PATIENCE_SECONDS = 10;
    private static final Duration FIRST = Duration.ofMillis(20);
    /** In less it may not have had a processor. */
    private static final Duration LEAST = Duration.ofMillis(200);
    private static final Pattern RATE = Pattern.compile(" *Rx-pps: +([0-9]{1,18}) .*");

    private final Process process;
    private final BufferedReader said;
    private final Writer commands;

    private Testpmd(Process process) {
        this.process = process;
        said = process.inputReader();
        commands = process.outputWriter();
    }

    /**
     * Whether the program is on the PATH.
     *
     * @return false where DPDK came without it
     */
    public static boolean isThere() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /**
     * Starts to receive every frame.
     *
     * @param device which nobody has open
     * @return to be closed
     * @throws IOException when the program can't be started
     */
    public static Testpmd receiving(HostDevice device) throws IOException {
        Testpmd testpmd = new Testpmd(new ProcessBuilder(command(device, "rxonly")).redirectErrorStream(true).start());
        testpmd.type("start");
        return testpmd;
    }

    /** Sends frames without end, of the largest size of the device. */
    static Testpmd sending(HostDevice device) throws IOException {
        if (!isThere()) {
            throw new IOException(PROGRAM + " is missing");
        }
        Testpmd testpmd = new Testpmd(new ProcessBuilder(command(device, "txonly")).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start());
        testpmd.type("start");
        return testpmd;
    }

    private static List<String> command(HostDevice device, String mode) {
        // What it says into a pipe would wait there for more.
        List<String> command =
                new ArrayList<>(List.of("stdbuf", "--output=L", PROGRAM, "--no-telemetry", "--no-shconf"));
        command.add("--lcores=0@(" + Eal.processors() + "),1@(" + Eal.processors() + ")");
        command.addAll(List.of("-m", Integer.toString(device.eal().megabytes())));
        command.add(device.eal().hugepages() ? "--in-memory" : "--no-huge");
        if (device.eal().devices().isEmpty()) {
            command.addAll(List.of("--no-pci", "--vdev=" + device.device()));
        }
        device.eal().devices().forEach(address -> command.addAll(List.of("-a", address)));
        int room = Math.max(MBUF_ROOM, device.frameBytes()) + HEADROOM;
        command.addAll(List.of("--", "-i", "--forward-mode=" + mode, "--txpkts=" + device.frameBytes(),
                "--max-pkt-len=" + (device.frameBytes() + CHECK_SEQUENCE), "--mbuf-size=" + room,
                "--total-num-mbufs=" + MBUFS));
        return command;
    }

    private void type(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    /** Waits until the process ends, which it does not by itself: says so. */
    void awaitEnd() throws IOException {
        try {
            throw new IOException(PROGRAM + " has ended with status " + process.waitFor());
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /**
     * How many frames arrive, once there are any.
     *
     * @param time for how long to look; 200 ms at least
     * @return frames a second
     * @throws IOException when none comes, or none any more
     */
    public double framesPerSecond(Duration time) throws IOException {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (rateOver(FIRST) == 0) {
            if (System.nanoTime() - patience > 0) {
                throw new IOException("no frame comes to " + PROGRAM);
            }
        }
        double rate = rateOver(time.compareTo(LEAST) < 0 ? LEAST : time);
        if (rate == 0) {
            throw new IOException("frames come to " + PROGRAM + " no longer");
        }
        return rate;
    }

    /** Over that time, and what passed since this was asked before. */
    private long rateOver(Duration time) throws IOException {
        try {
            if (process.waitFor(time)) {
                throw new IOException(PROGRAM + " has ended with status " + process.exitValue());
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        type("show port stats 0");
        // One that does not answer is ended, and says nothing more then.
        CompletableFuture<Void> patience = CompletableFuture.runAsync(process::destroyForcibly,
                CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        try {
            return rate();
        } finally {
            patience.cancel(false);
        }
    }

    private long rate() throws IOException {
        String last = "nothing said";
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            Matcher rate = RATE.matcher(line);
            if (rate.matches()) {
                return Long.parseLong(rate.group(1));
            }
            last = line;
        }
        throw new IOException(PROGRAM + " has ended, or does not answer: " + last);
    }

    @Override
    public void close() throws IOException {
        Processes.end(process, PATIENCE_SECONDS);
    }
}
