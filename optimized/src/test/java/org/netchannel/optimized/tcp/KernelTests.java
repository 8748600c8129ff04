package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.netchannel.optimized.tcp.congestion.CongestionAlgorithm;

/** What tests with the kernel's TCP as peer share. They need to be allowed to make a network device. */
abstract class KernelTests {
    private static NetworkNamespace network;

    @BeforeAll
    static void devicesCanBeMade() throws IOException {
        assumeTrue(TapDevice.isPossible() || System.getenv("CI") != null, "this machine allows no TAP device");
        network = NetworkNamespace.enter();
    }

    @AfterAll
    static void leave() {
        if (network != null) {
            network.close();
        }
    }

    static Settings settings(int mtu, String algorithm) {
        return Settings.DEFAULTS.with(Setting.MTU, mtu).with(CongestionAlgorithm.valueOf(algorithm));
    }

    static <T> FutureTask<T> start(Callable<T> what) {
        FutureTask<T> task = new FutureTask<>(what);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    static <T> T get(FutureTask<T> task) throws Exception {
        return task.get(600, TimeUnit.SECONDS);
    }

    static long write(Socket socket, long seed, long bytes) throws IOException {
        byte[] part = new byte[50_000];
        OutputStream out = socket.getOutputStream();
        for (long sent = 0; sent < bytes;) {
            int length = (int) Math.min(part.length, bytes - sent);
            for (int i = 0; i < length; i++) {
                part[i] = Application.at(seed, sent + i);
            }
            out.write(part, 0, length);
            sent += length;
        }
        socket.shutdownOutput();
        return bytes;
    }

    static long read(Socket socket, long seed) throws IOException {
        return read(socket, seed, 0, Long.MAX_VALUE);
    }

    /** Reads and checks the bytes of a stream from an offset on, until there are no more or there were enough. */
    static long read(Socket socket, long seed, long from, long most) throws IOException {
        byte[] part = new byte[50_000];
        InputStream in = socket.getInputStream();
        long received = 0;
        while (received < most) {
            int length = in.read(part, 0, (int) Math.min(part.length, most - received));
            if (length < 0) {
                break;
            }
            for (int i = 0; i < length; i++) {
                if (part[i] != Application.at(seed, from + received + i)) {
                    throw new AssertionError("byte " + (from + received + i) + " is wrong");
                }
            }
            received += length;
        }
        return received;
    }

    static TcpConnection accept(KernelLink link, TcpListener listener) throws Exception {
        TcpConnection[] accepted = new TcpConnection[1];
        link.await("it is accepted", () -> (accepted[0] = listener.accept()) != null, 60);
        return accepted[0];
    }

    /** Both sides send and receive at once until both are done. */
    static void transfer(KernelLink link, Socket socket, TcpConnection ours, long bytes) throws Exception {
        Application application = new Application(ours, 1, 2, bytes, 3);
        link.addApplication(application::step);
        FutureTask<Long> writer = start(() -> write(socket, 2, bytes));
        FutureTask<Long> reader = start(() -> read(socket, 1));
        assertThat(get(writer)).isEqualTo(bytes);
        assertThat(get(reader)).isEqualTo(bytes);
        link.await("everything arrives", () -> application.isDone(bytes), 60);
        socket.close();
        link.await("it is closed", () -> ours.state() == State.TIME_WAIT || ours.state() == State.CLOSED, 60);
        assertThat(link.call(ours::failure)).isNull();
    }

    /** Waits until the kernel's end of a connection is in a state: its number in Linux (include/net/tcp_states.h). */
    static void awaitKernelState(Socket socket, int state) throws IOException {
        long until = System.nanoTime() + 60_000_000_000L;
        while (!isKernelAt(socket.getLocalPort(), " %02X ".formatted(state))) {
            if (System.nanoTime() > until) {
                throw new AssertionError("no connection of the kernel's is in state " + state);
            }
            Thread.onSpinWait();
        }
    }

    /** Whether the kernel says this of a connection from a port (proc(5), /proc/net/tcp). */
    static boolean isKernelAt(int port, String wanted) throws IOException {
        String local = ":%04X ".formatted(port);
        String connections = Files.readString(Path.of("/proc/thread-self/net/tcp"))
                + Files.readString(Path.of("/proc/thread-self/net/tcp6"));
        return connections.lines().anyMatch(line -> line.contains(local) && line.contains(wanted));
    }
}
