package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel's TCP is the peer. */
class KernelPeerTest extends KernelTests {
    @ParameterizedTest
    @CsvSource({"1500, CUBIC, 0, 0, 67108864", "9000, NEW_RENO, 0, 0, 67108864", "65000, CUBIC, 0, 0, 67108864",
        "1500, CUBIC, 10000, 10000, 4194304", "1500, NEW_RENO, 1000, 0, 8388608", "1500, DCTCP, 0, 0, 8388608"})
    void everyByteArrivesWhenTheKernelConnects(int mtu, String algorithm, int loss, int duplication, long bytes)
            throws Exception {
        try (KernelLink link = new KernelLink(settings(mtu, algorithm), loss, duplication, 1)) {
            TcpListener listener = link.call(() -> link.host.listen(80, 10));
            Socket socket = new Socket(KernelLink.OURS, 80);
            TcpConnection ours = accept(link, listener);
            transfer(link, socket, ours, bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"1500, 0, 16777216", "9000, 10000, 8388608"})
    void everyByteArrivesWhenWeConnect(int mtu, int loss, long bytes) throws Exception {
        try (KernelLink link = new KernelLink(settings(mtu, "CUBIC"), loss, 0, 2);
                ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress(KernelLink.KERNEL, 0));
            TcpConnection ours = link.call(() ->
                    link.host.connect(KernelLink.KERNEL_ADDRESS, server.getLocalPort()));
            Socket socket = get(start(server::accept));
            transfer(link, socket, ours, bytes);
        }
    }

    @Test
    void closedPortsRefuseBothWays() throws Exception {
        try (KernelLink link = new KernelLink(settings(1500, "CUBIC"), 0, 0, 3)) {
            assertThatThrownBy(() -> new Socket(KernelLink.OURS, 81)).isInstanceOf(ConnectException.class);
            int free;
            try (ServerSocket server = new ServerSocket(0)) {
                free = server.getLocalPort();
            }
            TcpConnection ours = link.call(() -> link.host.connect(KernelLink.KERNEL_ADDRESS, free));
            link.await("it is over", () -> ours.state() == State.CLOSED, 60);
            assertThat(ours.failure()).isEqualTo(TcpConnection.Failure.REFUSED);
        }
    }

    @Test
    void kernelsResetEndsOurConnection() throws Exception {
        try (KernelLink link = new KernelLink(settings(1500, "CUBIC"), 0, 0, 4)) {
            TcpListener listener = link.call(() -> link.host.listen(80, 10));
            Socket socket = new Socket(KernelLink.OURS, 80);
            TcpConnection ours = accept(link, listener);
            socket.setSoLinger(true, 0);
            socket.close();
            link.await("it is over", () -> ours.state() == State.CLOSED, 60);
            assertThat(ours.failure()).isEqualTo(TcpConnection.Failure.RESET);
        }
    }

    @Test
    void ourResetEndsTheKernelsConnection() throws Exception {
        try (KernelLink link = new KernelLink(settings(1500, "CUBIC"), 0, 0, 5)) {
            TcpListener listener = link.call(() -> link.host.listen(80, 10));
            Socket socket = new Socket(KernelLink.OURS, 80);
            TcpConnection ours = accept(link, listener);
            link.call(() -> {
                ours.abort();
                return true;
            });
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class)
                    .hasMessageContaining("reset");
            socket.close();
        }
    }

    /** A reader that does not read shuts its window; it opens it again when it does. */
    @Test
    void windowsShutAndOpenAgainOnBothSides() throws Exception {
        try (KernelLink link = new KernelLink(settings(1500, "CUBIC"), 0, 0, 6)) {
            TcpListener listener = link.call(() -> link.host.listen(80, 10));
            Socket socket = new Socket(KernelLink.OURS, 80);
            TcpConnection ours = accept(link, listener);
            long bytes = 24L << 20;
            FutureTask<Long> writer = start(() -> write(socket, 2, bytes));
            link.await("our window is shut", () -> ours.readable() >= (1 << 20) - 3_000, 60);
            Application application = new Application(ours, 1, 2, bytes, 3);
            link.addApplication(application::step);
            assertThat(get(writer)).isEqualTo(bytes);
            link.await("the kernel's window is shut",
                    () -> link.host.counters().get(Counter.WINDOW_PROBES) > 1, 60);
            FutureTask<Long> reader = start(() -> read(socket, 1));
            assertThat(get(reader)).isEqualTo(bytes);
            link.await("everything arrives", () -> application.isDone(bytes), 60);
            socket.close();
        }
    }

    @Test
    void anEchoIsAnswered() throws Exception {
        try (KernelLink link = new KernelLink(settings(1500, "CUBIC"), 0, 0, 7)) {
            assertThat(InetAddress.getByName(KernelLink.OURS).isReachable(60_000)).isTrue();
            assertThat(link.call(() -> link.host.counters().get(Counter.ECHO_ANSWERED))).isPositive();
        }
    }
}
