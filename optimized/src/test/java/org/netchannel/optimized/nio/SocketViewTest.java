package org.netchannel.optimized.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.traces.Config;

/** Virtual sockets for libraries that know of sockets and streams only. */
@Timeout(60)
class SocketViewTest {
    private final TwoProviders stacks = new TwoProviders(Config.DEFAULTS);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = stacks.right.openServerSocketChannel().socket();
        assertThat(server.isBound()).isFalse();
        server.bind(TwoProviders.port(80), 10);
    }

    @AfterEach
    void close() throws Exception {
        stacks.close();
    }

    private Socket[] connect() throws IOException {
        Socket asking = stacks.left.openSocketChannel().socket();
        asking.connect(TwoProviders.port(80), 60_000);
        return new Socket[] {asking, server.accept()};
    }

    @Test
    void streamsCarryBytesUntilTheyEnd() throws IOException {
        Socket[] ends = connect();
        ends[0].getOutputStream().write("one".getBytes(StandardCharsets.US_ASCII));
        ends[0].getOutputStream().write('!');
        ends[0].shutdownOutput();
        assertThat(ends[0].isOutputShutdown()).isTrue();
        assertThatThrownBy(ends[0]::getOutputStream).isInstanceOf(SocketException.class);
        assertThat(ends[1].getInputStream().readAllBytes()).asString().isEqualTo("one!");
        ends[1].close();
        assertThat(ends[0].getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(() -> ends[1].getInputStream().read()).hasMessage("Socket is closed");
    }

    /** A reader that waits does not hold up a writer of the same socket. */
    @Test
    void oneThreadReadsWhileAnotherWrites() throws Exception {
        Socket[] ends = connect();
        InputStream input = ends[0].getInputStream();
        Future<Integer> reading = stacks.threads.submit(() -> input.read());
        ends[0].getOutputStream().write(7);
        assertThat(ends[1].getInputStream().read()).isEqualTo(7);
        ends[1].getOutputStream().write(200);
        assertThat(reading.get()).isEqualTo(200);
    }

    @Test
    void aReadWaitsNoLongerThanItsTimeout() throws IOException {
        Socket[] ends = connect();
        ends[0].setSoTimeout(2);
        long began = System.nanoTime();
        assertThatThrownBy(() -> ends[0].getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(2_000_000);
        ends[1].getOutputStream().write(1);
        ends[0].setSoTimeout(60_000);
        assertThat(ends[0].getInputStream().read()).isEqualTo(1);
    }

    /** NC-HS-4; and before anybody has answered. */
    @Test
    void connectFailsAsOverTcp() throws IOException {
        assertThatThrownBy(() -> stacks.left.openSocketChannel().socket().connect(TwoProviders.port(81), 60_000))
                .isInstanceOf(ConnectException.class);
        Socket socket = stacks.left.openSocketChannel().socket();
        stacks.rightStack.close();
        assertThatThrownBy(() -> socket.connect(TwoProviders.port(80), 2)).isInstanceOf(SocketTimeoutException.class);
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void addressesAndOptionsAreThoseOfTheChannel() throws IOException {
        Socket[] ends = connect();
        assertThat(ends[0].getPort()).isEqualTo(80);
        assertThat(ends[0].getLocalPort()).isEqualTo(ends[1].getPort());
        assertThat(ends[1].getLocalSocketAddress()).isEqualTo(server.getLocalSocketAddress());
        assertThat(ends[0].getInetAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
        assertThat(ends[0].isConnected() && ends[0].isBound() && !ends[0].isClosed()).isTrue();
        assertThat(ends[0].getChannel().socket()).isSameAs(ends[0]);

        ends[0].setKeepAlive(true);
        assertThat(ends[0].getKeepAlive()).isTrue();
        ends[0].setSoLinger(true, 0);
        assertThat(ends[0].getSoLinger()).isZero();
        assertThat(ends[0].getTcpNoDelay() && server.getReuseAddress()).isTrue();
        assertThatThrownBy(() -> ends[0].setTrafficClass(1)).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> ends[0].sendUrgentData(1)).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> server.setSoTimeout(1)).isInstanceOf(SocketException.class);
        ends[0].close();
        assertThatThrownBy(() -> ends[0].setTcpNoDelay(true)).isInstanceOf(SocketException.class);
    }

    @Test
    void streamsAreForBlockingMode() throws IOException {
        Socket[] ends = connect();
        ends[0].getChannel().configureBlocking(false);
        assertThatThrownBy(() -> ends[0].getInputStream().read()).isInstanceOf(IllegalBlockingModeException.class);
        assertThatThrownBy(() -> ends[0].getOutputStream().write(1)).isInstanceOf(IllegalBlockingModeException.class);
        server.getChannel().configureBlocking(false);
        assertThatThrownBy(server::accept).isInstanceOf(IllegalBlockingModeException.class);
    }
}
