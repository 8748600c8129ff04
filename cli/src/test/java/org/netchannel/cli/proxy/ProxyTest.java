package org.netchannel.cli.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.DriverDecorator;
import org.netchannel.traces.ChannelClass;

/** Unmodified clients and servers, with both halves of a proxy between them. */
@Timeout(60)
class ProxyTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int MOST = 64;

    /** Both halves, in front of a server. */
    private record Halves(Proxy exit, Proxy entrance) implements AutoCloseable {
        static Halves before(InetSocketAddress server) throws IOException {
            Proxy exit = Proxy.exit(Transport.KERNEL, ANY, server, MOST, DriverDecorator.NONE);
            return new Halves(exit, Proxy.entrance(Transport.KERNEL,
                    ANY, exit.address(), ChannelClass.THROUGHPUT, 2, MOST, DriverDecorator.NONE));
        }

        Socket client() throws IOException {
            return new Socket(entrance.address().getAddress(), entrance.address().getPort());
        }

        @Override
        public void close() throws IOException {
            entrance.close();
            exit.close();
        }
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress address(ServerSocket server) {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Test
    void httpGoesThroughWithManyRequestsAtATime() throws Exception {
        HttpServer server = HttpServer.create(ANY, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (Halves halves = Halves.before(server.getAddress()); HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + halves.entrance().address().getPort() + "/");
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                byte[] body = new byte[i * 10_000 + 1];
                new Random(i).nextBytes(body);
                HttpRequest request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body)).build();
                answers.add(client.sendAsync(request, BodyHandlers.ofByteArray())
                        .thenAccept(answer -> assertThat(answer.body()).isEqualTo(body)));
            }
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
            assertThat(halves.entrance().traffic().carried()).isPositive();
            assertThat(halves.entrance().traffic().failures()).isZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theEndOfOneDirectionLeavesTheOtherOpen() throws Exception {
        try (ServerSocket server = server(); Halves halves = Halves.before(address(server));
                Socket client = halves.client(); Socket atServer = server.accept()) {
            client.getOutputStream().write("question".getBytes());
            client.shutdownOutput();
            assertThat(atServer.getInputStream().readAllBytes()).isEqualTo("question".getBytes());
            atServer.getOutputStream().write("answer".getBytes());
            atServer.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).isEqualTo("answer".getBytes());
        }
    }

    @Test
    void aResetOfTheClientIsAResetForTheServer() throws Exception {
        try (ServerSocket server = server(); Halves halves = Halves.before(address(server))) {
            Socket client = halves.client();
            try (Socket atServer = server.accept()) {
                client.getOutputStream().write(1);
                assertThat(atServer.getInputStream().read()).isEqualTo(1);
                client.setSoLinger(true, 0);
                client.close();
                assertThatThrownBy(() -> atServer.getInputStream().read()).isInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsAResetForTheClient() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket gone = server()) {
            nobody = address(gone);
        }
        try (Halves halves = Halves.before(nobody); Socket client = halves.client()) {
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(halves.exit().traffic().failures()).isEqualTo(1);
        }
    }

    @Test
    void aProxyThatClosesResetsItsClientsAndItsServer() throws Exception {
        try (ServerSocket server = server(); Halves halves = Halves.before(address(server));
                Socket client = halves.client(); Socket atServer = server.accept()) {
            client.getOutputStream().write(1);
            assertThat(atServer.getInputStream().read()).isEqualTo(1);
            halves.entrance().close();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            halves.exit().close();
            assertThatThrownBy(() -> atServer.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void anEndWithoutAFailureIsToldToWhoWaits() throws Exception {
        Proxy exit = Proxy.exit(Transport.KERNEL, ANY, ANY, MOST, DriverDecorator.NONE);
        CompletableFuture<Void> end = exit.end();
        assertThat(end).isNotDone();
        exit.close();
        assertThat(end).isCompleted();
    }

    /** They may still read what was received: the memory that this is in is given back after the half was closed. */
    @Test
    void nobodyCarriesAnyMoreWhenAHalfWasClosed() throws Exception {
        try (ServerSocket server = server(); Halves halves = Halves.before(address(server))) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < MOST; i++) {
                Socket client = halves.client();
                sockets.add(client);
                client.getOutputStream().write(i);
                Socket accepted = server.accept();
                sockets.add(accepted);
                assertThat(accepted.getInputStream().read()).isEqualTo(i);
            }
            assertThat(halves.exit().traffic().open()).isEqualTo(MOST);
            halves.exit().close();
            assertThat(halves.exit().traffic().open()).isZero();
            halves.entrance().close();
            assertThat(halves.entrance().traffic().open()).isZero();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
