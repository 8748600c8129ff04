package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process with devices towards the kernel, in a network namespace that ends with it. */
public final class OwnNamespace {
    private static final int SECONDS = 120;

    private OwnNamespace() {}

    /**
     * Runs a program to its end, which has to be a good one. Left out where namespaces or devices are not permitted.
     *
     * @param program has a method main
     * @param directory for what it says
     * @param last what it says when everything went well
     * @param arguments of the program
     */
    public static void run(Class<?> program, Path directory, String last, String... arguments)
            throws IOException, InterruptedException {
        run(program, directory, SECONDS, last, arguments);
    }

    /** The same with so many seconds for it. */
    public static void run(Class<?> program, Path directory, int seconds, String last, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(Files.isWritable(Path.of("/dev/net/tun")), "/dev/net/tun can't be opened");
        assumeTrue(new ProcessBuilder("unshare", "--net", "true").start().waitFor() == 0, "no namespaces");
        List<String> command = new ArrayList<>(List.of("unshare", "--net",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        assertThat(ended).as(Files.readString(said)).isTrue();
        assertThat(Files.readString(said)).contains(last);
        assertThat(process.exitValue()).isZero();
    }

    /** Whether a program is installed. */
    public static boolean isThere(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Makes a pair of veth in this namespace: {@code nc-dpdk} for a device, and {@code nc-kernel} at its other end. */
    public static void makeVeth() throws IOException, InterruptedException {
        execute("ip", "link", "add", "nc-dpdk", "type", "veth", "peer", "name", "nc-kernel");
        // Frames on a device have checksums, and are no larger than its MTU.
        execute("ethtool", "-K", "nc-kernel", "tx", "off", "tso", "off", "gso", "off");
        execute("ip", "link", "set", "nc-dpdk", "up");
    }

    /** Gives the kernel's end, {@code nc-kernel}, the address 198.18.0.1 of two. */
    public static void bringKernelUp() throws IOException, InterruptedException {
        execute("ip", "addr", "add", "198.18.0.1/30", "dev", "nc-kernel");
        execute("ip", "link", "set", "nc-kernel", "up");
    }

    private static void execute(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).as(String.join(" ", command)).isZero();
    }
}
