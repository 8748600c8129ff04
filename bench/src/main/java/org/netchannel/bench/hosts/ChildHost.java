package org.netchannel.bench.hosts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.netchannel.bench.stack.Ring;

/**
 * A process of this machine in which a {@link HostServer} serves. It ends when it is closed, and when this process ends
 * in whatever way: its standard input ends then. One thread calls.
 */
public final class ChildHost implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;
    /** How long it may take until it serves: a JVM starts, and so does DPDK, maybe on a busy machine. */
    private static final Duration START = Duration.ofSeconds(60);
    private static final String SOCKET = "memif";

    private final Optional<Path> directory;
    private final Process process;
    private final HostClient client;
    private final Thread hook = new Thread(this::end);

    private ChildHost(Optional<Path> directory, Process process, HostClient client) {
        this.directory = directory;
        this.process = process;
        this.client = client;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts one that has nothing but the kernel.
     *
     * @return when it serves
     * @throws IOException when it does not start
     */
    public static ChildHost start() throws IOException {
        return start(Optional.empty(), List.of(), Optional.empty());
    }

    /**
     * Starts one at the other end of net_memif.
     *
     * @param mtu largest frame without its Ethernet header, in bytes
     * @return when it serves
     * @throws IOException when it does not start
     */
    public static ChildHost withMemif(int mtu) throws IOException {
        // Whoever reaches the socket could be the other end: nobody else may enter the directory.
        Path directory = Files.createTempDirectory("netchannel-bench");
        Path socket = directory.resolve(SOCKET);
        return Opening.orClose(() -> delete(directory), () -> start(Optional.of(directory),
                List.of(socket.toString(), Integer.toString(mtu), Boolean.toString(Ring.EAL.hugepages())),
                Optional.of(Memif.server(socket, mtu))));
    }

    private static ChildHost start(Optional<Path> directory, List<String> arguments, Optional<HostDevice> device)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), ChildHost.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        InetSocketAddress server = place(process, START).at(InetAddress.getLoopbackAddress());
        return new ChildHost(directory, process, new HostClient(server, device));
    }

    /** Where a process serves, by its first line; one that does not say so in time is ended. */
    static Place place(Process process, Duration patience) throws IOException {
        return Opening.orClose(() -> Processes.end(process, PATIENCE_SECONDS), () -> {
            Said said = new Said(process);
            Optional<Place> place = said.firstLine(patience).flatMap(Place::parse);
            if (place.isEmpty()) {
                String ended = process.isAlive() ? "" : ", and ended with status " + process.exitValue();
                throw new IOException("the other process has " + patience.toSeconds()
                        + " s to say where it serves, and said " + said.inOneLine() + ended);
            }
            return place.get();
        });
    }

    /**
     * How to measure with it.
     *
     * @return has the other end of what it was started with
     */
    public HostClient client() {
        return client;
    }

    private void end() {
        try {
            Processes.end(process, PATIENCE_SECONDS);
        } catch (IOException e) {
            process.destroyForcibly();
        } finally {
            directory.ifPresent(ChildHost::delete);
        }
    }

    private static void delete(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(SOCKET));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            System.err.println(directory + " is still there: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends just now: the hook runs, too, and finds nothing to do.
        }
    }

    /**
     * The process: says on which port of the loopback interface it serves, and does until its standard input ends. It
     * removes the socket's directory then: who made that may have been killed.
     *
     * @param arguments none, or a socket of net_memif, the MTU, and whether DPDK's memory are hugepages
     * @throws IOException when it can't serve
     */
    public static void main(String[] arguments) throws IOException {
        Optional<HostDevice> device = Arrays.stream(arguments).findFirst()
                .map(socket -> Memif.client(Path.of(socket), Integer.parseInt(arguments[1]),
                        Boolean.parseBoolean(arguments[2])));
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (HostServer server = new HostServer(any, device, System.err::println)) {
            HostServer.closeAtEndOf(System.in, server);
            System.out.println(new Place(server.address().getPort(), null).line());
            server.serve();
        } finally {
            Arrays.stream(arguments).findFirst().ifPresent(socket -> delete(Path.of(socket).getParent()));
        }
    }
}
