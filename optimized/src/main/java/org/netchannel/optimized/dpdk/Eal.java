package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * DPDK's environment abstraction layer, which a process can start once. Several processes have one each, side by side:
 * nothing of it is shared or left in files. DPDK gets no threads of its own for packets; those of Java call it, and
 * have to be registered to allocate quickly.
 */
public final class Eal {
    private static boolean started;
    private static String refused;

    private Eal() {}

    /**
     * Starts it, or does nothing when it runs. Any thread; the caller keeps its processors.
     *
     * @param options how; those of the first call count
     * @throws DpdkException when DPDK is missing or refuses, with what it said
     */
    public static synchronized void start(EalOptions options) throws DpdkException {
        Dpdk.require();
        if (started) {
            return;
        }
        if (refused != null) {
            // DPDK remembers the options of the first time.
            throw new DpdkException(refused);
        }
        List<String> arguments = arguments(options);
        try (DpdkLog log = new DpdkLog()) {
            // DPDK keeps the arguments.
            MemorySegment argv = Arena.global().allocate(JAVA_LONG, arguments.size() + 1L);
            for (int i = 0; i < arguments.size(); i++) {
                argv.setAtIndex(JAVA_LONG, i, Shim.text(Arena.global(), arguments.get(i)));
            }
            int result = Shim.call("eal_start", arguments.size(), argv.address());
            if (result < 0) {
                DpdkException failure = new DpdkException("DPDK does not start", result).explained(log);
                refused = failure.getMessage();
                throw failure;
            }
        }
        started = true;
    }

    static synchronized boolean isStarted() {
        return started;
    }

    private static List<String> arguments(EalOptions options) {
        List<String> arguments = new ArrayList<>(List.of("netchannel", "--no-telemetry", "--no-shconf",
                "-m", Integer.toString(options.megabytes()), "--lcores=0@(" + processors() + ")",
                // It warns at each opening that processes share nothing, which is meant.
                "--log-level=pmd.net.memif:error"));
        // In one file, as it is without hugepages: what shares memory with another process shows it that.
        arguments.addAll(
                options.hugepages() ? List.of("--in-memory", "--single-file-segments") : List.of("--no-huge"));
        if (options.devices().isEmpty()) {
            arguments.add("--no-pci");
        }
        options.devices().forEach(device -> arguments.addAll(List.of("-a", device)));
        return arguments;
    }

    /**
     * The processors that this process may use: EAL's own thread must not ask for others.
     *
     * @return a list as DPDK takes it, such as {@code 0-3,8}
     */
    public static String processors() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        } catch (IOException e) {
            return "0";
        }
    }

    /**
     * Gives the calling thread a cache in each pool, until it ends or is {@linkplain #unregister() unregistered}. At
     * most 127 threads of a process can have one; the others only allocate more slowly.
     *
     * @return whether it has one
     */
    public static boolean register() {
        return Shim.call("thread_register") == 0;
    }

    /** Takes the calling thread's cache away. */
    public static void unregister() {
        Shim.callVoid("thread_unregister");
    }
}
