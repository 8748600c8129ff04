package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.Ipv6Address;

/** The kernel is the peer, over IPv6: both sides find each other by neighbour discovery. */
class KernelIpv6Test extends KernelTests {
    private static final Ipv6Address KERNEL = new Ipv6Address(0xfd00L << 48, 1);
    private static final Ipv6Address OURS = new Ipv6Address(0xfd00L << 48, 2);

    private static KernelLink link(int mtu, int loss) throws IOException {
        KernelLink link = new KernelLink(settings(mtu, "CUBIC"), LinkFaults.NONE.withLoss(loss), 1, null,
                new Ipv6Interface(OURS, 64, null));
        TapDevice.ip("addr", "add", "fd00::1/64", "dev", "nctest", "nodad");
        return link;
    }

    @ParameterizedTest
    @CsvSource({"1500, 0, 33554432", "1500, 10000, 4194304", "65000, 0, 33554432"})
    void everyByteArrivesWhenTheKernelConnects(int mtu, int loss, long bytes) throws Exception {
        try (KernelLink link = link(mtu, loss)) {
            TcpListener listener = link.call(() -> link.host.listen(80, 10));
            Socket socket = new Socket("fd00::2", 80);
            TcpConnection ours = accept(link, listener);
            assertThat(ours.flow().isIpv4()).isFalse();
            transfer(link, socket, ours, bytes);
            link.await("every buffer is free", link::isClean, 60);
        }
    }

    @ParameterizedTest
    @CsvSource({"1500, 0", "9000, 10000"})
    void everyByteArrivesWhenWeConnect(int mtu, int loss) throws Exception {
        try (KernelLink link = link(mtu, loss); ServerSocket server = new ServerSocket()) {
            server.bind(new InetSocketAddress("fd00::1", 0));
            TcpConnection ours = link.call(() -> link.host.connect(KERNEL, server.getLocalPort()));
            transfer(link, get(start(server::accept)), ours, 8 << 20);
        }
    }

    @Test
    void closedPortsRefuseBothWays() throws Exception {
        try (KernelLink link = link(1_500, 0)) {
            assertThatThrownBy(() -> new Socket("fd00::2", 81)).isInstanceOf(ConnectException.class);
            TcpConnection ours = link.call(() -> link.host.connect(KERNEL, 81));
            link.await("it is over", () -> ours.state() == State.CLOSED, 60);
            assertThat(ours.failure()).isEqualTo(TcpConnection.Failure.REFUSED);
            assertThat(link.call(() -> link.host.counters().get(Counter.CORRUPT_SEGMENT))).isZero();
        }
    }
}
