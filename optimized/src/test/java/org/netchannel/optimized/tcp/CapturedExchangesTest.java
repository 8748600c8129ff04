package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same exchanges between the kernel and us, and between two kernels, as tshark sees them: nothing is malformed, and
 * no warning or error is told of ours that is not told of two kernels.
 */
class CapturedExchangesTest extends KernelTests {
    private static final long BYTES = 2 << 20;
    private static final int MANY = 16 << 20;
    /** The timer that runs is that of zero window probes (proc(5)). */
    private static final String PROBING = " 04:";
    /** What tshark calls PI_WARN. */
    private static final int WARNING = 0x60_0000;
    private static final int PORT = 4_711;

    @TempDir
    private Path folder;

    /** Who serves the connections, in the order of {@link #exchanges}. */
    private interface Server {
        /** Reads until the end, and writes bytes at the same time. */
        void serve() throws Exception;

        /** Writes until the connection is reset. */
        void writeUntilReset() throws Exception;

        /** Reads everything, but begins only then. */
        void readFrom(CountDownLatch beginning) throws Exception;
    }

    private record OurServer(KernelLink link, TcpListener listener) implements Server {
        @Override
        public void serve() throws Exception {
            TcpConnection ours = accept(link, listener);
            Application application = new Application(ours, 1, 2, BYTES, 3);
            link.addApplication(application::step);
            link.await("everything arrives", () -> application.isDone(BYTES), 60);
        }

        @Override
        public void writeUntilReset() throws Exception {
            TcpConnection ours = accept(link, listener);
            MemorySegment bytes = MemorySegment.ofArray(new byte[10_000]);
            link.await("it is reset", () -> {
                ours.send(bytes, 0, 10_000);
                return ours.state() == State.CLOSED;
            }, 60);
        }

        @Override
        public void readFrom(CountDownLatch beginning) throws Exception {
            TcpConnection ours = accept(link, listener);
            beginning.await();
            MemorySegment bytes = MemorySegment.ofArray(new byte[1 << 16]);
            link.await("everything is read", () -> {
                int length = ours.receive(bytes, 0, 1 << 16);
                while (length > 0) {
                    length = ours.receive(bytes, 0, 1 << 16);
                }
                return length == TcpConnection.END_OF_STREAM;
            }, 60);
            link.call(() -> {
                ours.close();
                return true;
            });
        }
    }

    private record KernelServer(ServerSocket listener) implements Server {
        @Override
        public void serve() throws Exception {
            try (Socket socket = listener.accept()) {
                FutureTask<Long> writer = start(() -> write(socket, 1, BYTES));
                assertThat(read(socket, 2)).isEqualTo(BYTES);
                get(writer);
            }
        }

        @Override
        public void writeUntilReset() throws Exception {
            try (Socket socket = listener.accept()) {
                while (true) {
                    socket.getOutputStream().write(new byte[10_000]);
                }
            } catch (IOException expected) {
                assertThat(expected).hasMessageMatching(".*(reset|Broken pipe).*");
            }
        }

        @Override
        public void readFrom(CountDownLatch beginning) throws Exception {
            try (Socket socket = listener.accept()) {
                beginning.await();
                socket.getInputStream().skipNBytes(MANY);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    /** What the kernel does as a client. */
    private static void exchanges(Server server) throws Exception {
        FutureTask<Void> serving = start(() -> {
            server.serve();
            server.writeUntilReset();
            return null;
        });
        Socket socket = new Socket(KernelLink.OURS, PORT);
        FutureTask<Long> writer = start(() -> write(socket, 2, BYTES));
        assertThat(read(socket, 1)).isEqualTo(BYTES);
        get(writer);
        socket.close();

        Socket reset = new Socket(KernelLink.OURS, PORT);
        reset.getInputStream().readNBytes(1 << 18);
        reset.setSoLinger(true, 0);
        reset.close();
        get(serving);

        try (Socket refused = new Socket(KernelLink.OURS, PORT + 1)) {
            throw new AssertionError(refused + " is connected");
        } catch (ConnectException expected) {
            assertThat(expected).hasMessageContaining("refused");
        }

        CountDownLatch blocked = new CountDownLatch(1);
        FutureTask<Void> reading = start(() -> {
            server.readFrom(blocked);
            return null;
        });
        writeUntilTheWindowIsShutAndThenTheRest(blocked);
        get(reading);
    }

    private static void writeUntilTheWindowIsShutAndThenTheRest(CountDownLatch blocked) throws Exception {
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(KernelLink.OURS, PORT))) {
            channel.configureBlocking(false);
            ByteBuffer bytes = ByteBuffer.allocate(MANY);
            while (!isKernelAt(channel.socket().getLocalPort(), PROBING)) {
                channel.write(bytes);
                assertThat(bytes.hasRemaining()).as("the window is shut").isTrue();
            }
            blocked.countDown();
            channel.configureBlocking(true);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.shutdownOutput();
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    /** Kinds of warnings and errors; a malformed packet is one of them. */
    private static Set<String> warnings(Path capture) throws Exception {
        Process process = new ProcessBuilder("tshark", "-r", capture.toString(), "-o", "tcp.check_checksum:TRUE",
                "-o", "ip.check_checksum:TRUE", "-d", "tcp.port==" + PORT + ",data",
                "-Y", "_ws.expert.severity >= " + WARNING, "-T", "fields", "-E", "aggregator=|",
                "-e", "_ws.expert.message", "-e", "_ws.expert.severity")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        Set<String> kinds = new TreeSet<>();
        for (String line : process.inputReader().lines().toList()) {
            String[] messages = line.split("\t")[0].split("\\|");
            String[] severities = line.split("\t")[1].split("\\|");
            assertThat(messages).hasSameSizeAs(severities);
            for (int i = 0; i < messages.length; i++) {
                if (Integer.decode(severities[i]) >= WARNING) {
                    kinds.add(messages[i].replaceAll("\\d+", "n"));
                }
            }
        }
        assertThat(process.waitFor()).isZero();
        return kinds;
    }

    @Test
    void tsharkSeesNothingInOursThatItDoesNotSeeBetweenTwoKernels() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")) || System.getenv("CI") != null,
                "tshark is not installed");
        Path ours = folder.resolve("ours.pcap");
        // No more on its way than the kernel's queues take: frames that it drops are not the point here.
        Settings settings = settings(1_500, "CUBIC").with(Setting.SEND_BUFFER, 1 << 17)
                .with(Setting.RECEIVE_BUFFER, 1 << 18);
        try (CaptureFile capture = new CaptureFile(ours);
                KernelLink link = new KernelLink(settings, LinkFaults.NONE, 1, capture)) {
            exchanges(new OurServer(link, link.call(() -> link.host.listen(PORT, 10))));
        }
        Path kernels = folder.resolve("kernels.pcap");
        try (CaptureFile capture = new CaptureFile(kernels); KernelBridge bridge = new KernelBridge(capture)) {
            try (ServerSocket listener = bridge.inOtherNetwork(() -> new ServerSocket(PORT))) {
                exchanges(new KernelServer(listener));
            }
        }
        assertThat(Files.size(ours)).isGreaterThan(MANY);
        Set<String> usual = warnings(kernels);
        assertThat(usual).as("resets are told").anyMatch(kind -> kind.contains("RST"));
        assertThat(warnings(ours)).isSubsetOf(usual);
    }
}
