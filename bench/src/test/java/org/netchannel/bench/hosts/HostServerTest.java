package org.netchannel.bench.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hosts in one process, over loopback. */
@Timeout(60)
class HostServerTest {
    private static final int SIZE = 5_000;

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private HostServer server;
    private HostClient client;
    private Thread serving;

    @BeforeEach
    void serve() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = new HostServer(any, Optional.empty(), said::add);
        client = new HostClient(server.address(), Optional.empty());
        serving = Thread.ofPlatform().start(() -> {
            try {
                server.serve();
            } catch (IOException e) {
                said.add(e.toString());
            }
        });
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        serving.join();
    }

    private void exchange(Order.Task task, HostTransport transport) throws IOException {
        Exchange.of(client, task, transport, SIZE);
    }

    @ParameterizedTest
    @EnumSource(value = HostTransport.class, names = {"NIO", "TCP_INVOKER", "TCP_DEDICATED"})
    void everyTransportOfTheKernelsCarriesBothTasksOneAfterTheOther(HostTransport transport) throws IOException {
        exchange(Order.Task.SOURCE, transport);
        exchange(Order.Task.ECHO, transport);
        exchange(Order.Task.SOURCE, transport);
        assertThat(said).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SOURCE", "SOURCE NIO 0", "SOURCE NIO 1048577", "source NIO 1", "SOURCE UDP 1",
        "SOURCE NIO 9999999999", "SOURCE NIO 1 2"})
    void whatIsNoOrderIsRefusedAndTheNextOneIsServed(String line) throws IOException {
        try (Socket control = new Socket(server.address().getAddress(), server.address().getPort())) {
            control.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(control.getInputStream().read()).isEqualTo(-1);
        }
        exchange(Order.Task.SOURCE, HostTransport.NIO);
        assertThat(said).singleElement().asString().contains("'" + line + "' is no order");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOURCE DPDK_INVOKER 1", "ECHO MBUF_COPIES 1", "FRAMES DPDK_INVOKER 1"})
    void whatNeedsADeviceIsRefusedWithoutOne(String line) throws IOException {
        assertThat(client.isServed(Order.parse(line).orElseThrow())).isFalse();
        assertThat(client.isServed(new Order(Order.Task.ECHO, HostTransport.TCP_INVOKER, 1))).isTrue();
        assertThat(said).singleElement().asString().contains("was given no device");
    }

    @ParameterizedTest
    @CsvSource({"1, 127.0.0.1:1", "65535, 127.0.0.1:65535", "7000 10.0.0.2, 10.0.0.2:7000",
        "7000 fd00:0:0:0:0:0:0:2, [fd00:0:0:0:0:0:0:2]:7000"})
    void placesAreUnderstood(String line, String at) {
        Place place = Place.parse(line).orElseThrow();
        assertThat(place.at(InetAddress.ofLiteral("127.0.0.1"))).hasToString("/" + at);
        assertThat(place.line()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "-1", "7000 ", "7000 example.org", "7000 10.0.0.256", "7000 10.0.0",
        "7000 10.0.0.2 3", "7000 ::g", "7000 fe80::1%lo", "7000 ::1::"})
    void whatIsNoPlaceIsRefused(String line) {
        assertThat(Place.parse(line)).isEmpty();
    }

    @Test
    void aLineWithoutEndIsNotReadToItsEnd() throws IOException {
        try (Socket control = new Socket(server.address().getAddress(), server.address().getPort())) {
            control.getOutputStream().write("x".repeat(Order.LONGEST + 1).getBytes(StandardCharsets.US_ASCII));
            assertThat(control.getInputStream().read()).isEqualTo(-1);
        }
        exchange(Order.Task.SOURCE, HostTransport.NIO);
        assertThat(said).singleElement().asString().contains("longer than 64 characters");
    }

    /** Whoever says something now and then must not hold it for ever. */
    @Test
    void patienceIsForTheWholeLine() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (HostServer impatient = new HostServer(any, Optional.empty(), told::add, 200);
                ScheduledExecutorService now = Executors.newSingleThreadScheduledExecutor();
                Socket control = new Socket()) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    impatient.serve();
                } catch (IOException e) {
                    told.add(e.toString());
                }
            });
            control.connect(impatient.address());
            OutputStream out = control.getOutputStream();
            now.scheduleAtFixedRate(() -> say(out), 0, 40, TimeUnit.MILLISECONDS);
            assertThatEnds(control);
            now.shutdownNow();
            assertThat(told.poll(30, TimeUnit.SECONDS)).contains("a line takes longer than 200 ms");
        }
    }

    private static void say(OutputStream out) {
        try {
            out.write('x');
        } catch (IOException e) {
            // Nobody listens any more, as it has to be: there is no next time.
            throw new UncheckedIOException(e);
        }
    }

    /** The end of the stream, or a reset where something was not read. */
    private static void assertThatEnds(Socket control) throws IOException {
        try {
            assertThat(control.getInputStream().read()).isEqualTo(-1);
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    /** The other host may have lost its power: nobody says that the measurement is over. */
    @Test
    void aMeasurementEndsWithTheServer() throws Exception {
        try (Session session = client.open(new Order(Order.Task.ECHO, HostTransport.NIO, SIZE), HostTransport.NIO)) {
            server.close();
            serving.join();
            assertThatThrownBy(() -> session.end().receiveFully(ByteBuffer.allocateDirect(SIZE)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theLargestMessageIsLegal() {
        assertThat(Order.parse("ECHO TCP_INVOKER 1048576"))
                .contains(new Order(Order.Task.ECHO, HostTransport.TCP_INVOKER, Order.LARGEST));
    }

    @Test
    void whoMeasuresHearsThatNobodyServes() throws IOException {
        server.close();
        assertThatThrownBy(() -> exchange(Order.Task.ECHO, HostTransport.NIO))
                .isInstanceOf(IOException.class).hasMessageContaining("no measurement with");
    }
}
