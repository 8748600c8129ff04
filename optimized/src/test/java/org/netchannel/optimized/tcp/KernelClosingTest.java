package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** How connections with the kernel begin and end when it is not the usual way. */
class KernelClosingTest extends KernelTests {
    private static final int LINUX_CLOSING = 11;
    private static final int LINUX_TIME_WAIT = 6;
    private static final long BYTES = 4 << 20;

    private TcpListener listener;

    private static KernelLink link(Settings settings) throws IOException {
        return new KernelLink(settings, LinkFaults.NONE, 1, null);
    }

    private static KernelLink link() throws IOException {
        return link(settings(1_500, "CUBIC"));
    }

    private TcpConnection connect(KernelLink link, Socket[] socket) throws Exception {
        listener = link.call(() -> link.host.listen(80, 1_000));
        socket[0] = new Socket(KernelLink.OURS, 80);
        return accept(link, listener);
    }

    private static void shutdown(KernelLink link, TcpConnection connection) throws Exception {
        link.call(() -> {
            connection.shutdown();
            return true;
        });
    }

    private static void awaitState(KernelLink link, TcpConnection connection, State state) throws Exception {
        link.await("it is in " + state, () -> connection.state() == state, 60);
    }

    /** The kernel's FIN is on its way while ours is sent (RFC 9293, figure 13). */
    @Test
    void bothSidesCloseAtOnce() throws Exception {
        try (KernelLink link = link()) {
            Socket[] socket = new Socket[1];
            TcpConnection ours = connect(link, socket);
            Set<State> seen = EnumSet.noneOf(State.class);
            link.addApplication(() -> seen.add(ours.state()));
            link.setBatch(0);
            socket[0].shutdownOutput();
            shutdown(link, ours);
            awaitKernelState(socket[0], LINUX_CLOSING);
            link.setBatch(1);
            awaitState(link, ours, State.TIME_WAIT);
            assertThat(seen).contains(State.FIN_WAIT_1, State.CLOSING);
            awaitKernelState(socket[0], LINUX_TIME_WAIT);
            socket[0].close();
        }
    }

    @Test
    void whatTheKernelHasClosedStillTakesOurBytes() throws Exception {
        try (KernelLink link = link()) {
            Socket[] socket = new Socket[1];
            TcpConnection ours = connect(link, socket);
            socket[0].shutdownOutput();
            awaitState(link, ours, State.CLOSE_WAIT);
            Application application = new Application(ours, 1, 2, BYTES, 3);
            link.addApplication(application::step);
            assertThat(read(socket[0], 1)).isEqualTo(BYTES);
            awaitState(link, ours, State.CLOSED);
            assertThat(ours.failure()).isNull();
            assertThat(link.call(link::isClean)).isTrue();
            socket[0].close();
        }
    }

    @Test
    void whatWeHaveClosedStillTakesTheKernelsBytes() throws Exception {
        try (KernelLink link = link()) {
            Socket[] socket = new Socket[1];
            TcpConnection ours = connect(link, socket);
            Application application = new Application(ours, 1, 2, 0, 3);
            link.addApplication(application::step);
            awaitState(link, ours, State.FIN_WAIT_2);
            assertThat(socket[0].getInputStream().read()).isEqualTo(-1);
            write(socket[0], 2, BYTES);
            awaitState(link, ours, State.TIME_WAIT);
            link.await("everything arrives", () -> application.isDone(BYTES), 60);
            socket[0].close();
        }
    }

    /** The reader stops, until our side has found its window shut more than once, and goes on. */
    @Test
    void readerThatStopsAndGoesOnMissesNothing() throws Exception {
        long bytes = 24L << 20;
        long atATime = 6L << 20;
        try (KernelLink link = link()) {
            Socket[] socket = new Socket[1];
            TcpConnection ours = connect(link, socket);
            Application application = new Application(ours, 1, 2, bytes, 3);
            link.addApplication(application::step);
            for (long at = 0; at < bytes; at += atATime) {
                long probes = link.call(() -> link.host.counters().get(Counter.WINDOW_PROBES));
                if (at + atATime < bytes) {
                    link.await("its window is shut", () -> link.host.counters().get(Counter.WINDOW_PROBES) > probes + 1,
                            60);
                }
                assertThat(read(socket[0], 1, at, atATime)).isEqualTo(atATime);
            }
            assertThat(socket[0].getInputStream().read()).isEqualTo(-1);
            socket[0].close();
        }
    }

    @Test
    void resetInTheMidstOfBytesLeavesNothingBehind() throws Exception {
        try (KernelLink link = link()) {
            Socket[] socket = new Socket[1];
            TcpConnection ours = connect(link, socket);
            Application application = new Application(ours, 1, 2, 1L << 40, 3);
            link.addApplication(() -> {
                if (ours.state() != State.CLOSED) {
                    application.step();
                }
            });
            read(socket[0], 1, 0, BYTES);
            socket[0].setSoLinger(true, 0);
            socket[0].close();
            awaitState(link, ours, State.CLOSED);
            assertThat(ours.failure()).isEqualTo(TcpConnection.Failure.RESET);
            link.await("every buffer is free", link::isClean, 60);
        }
    }

    /** It has not read what we sent, so the kernel resets the connection. */
    @Test
    void peerThatIsKilledIsNoticed() throws Exception {
        try (KernelLink link = link()) {
            listener = link.call(() -> link.host.listen(80, 10));
            Process peer = new ProcessBuilder("python3", "-c", "import socket, sys\n"
                    + "s = socket.create_connection(('" + KernelLink.OURS + "', 80))\ns.sendall(b'x')\n"
                    + "sys.stdin.read()").redirectErrorStream(true).start();
            try {
                TcpConnection ours = accept(link, listener);
                link.await("it has said something", () -> ours.readable() > 0, 60);
                MemorySegment bytes = MemorySegment.ofArray(new byte[10_000]);
                link.call(() -> ours.send(bytes, 0, 10_000));
                link.await("it has what we sent", () -> link.isSent(ours), 60);
                peer.destroyForcibly().waitFor();
                awaitState(link, ours, State.CLOSED);
                assertThat(ours.failure()).isEqualTo(TcpConnection.Failure.RESET);
            } finally {
                peer.destroyForcibly();
            }
        }
    }

    @Test
    void peerWhoseAddressIsGoneIsGivenUp() throws Exception {
        try (KernelLink link = link(settings(1_500, "CUBIC").with(Setting.USER_TIMEOUT, 2_000_000_000L))) {
            Socket[] socket = new Socket[1];
            TcpConnection ours = connect(link, socket);
            TapDevice.ip("addr", "flush", "dev", "nctest");
            link.call(() -> ours.send(MemorySegment.ofArray(new byte[10_000]), 0, 10_000));
            awaitState(link, ours, State.CLOSED);
            assertThat(ours.failure()).isEqualTo(TcpConnection.Failure.TIMEOUT);
            link.await("every buffer is free", link::isClean, 60);
            socket[0].close();
        }
    }

    @Test
    void peerWhoseLinkIsDownIsMissedByKeepAlive() throws Exception {
        long second = 1_000_000_000L;
        try (KernelLink link = link(settings(1_500, "CUBIC").with(Setting.KEEP_ALIVE, second)
                .with(Setting.KEEP_ALIVE_INTERVAL, second / 4).with(Setting.KEEP_ALIVE_PROBES, 3))) {
            Socket[] socket = new Socket[1];
            TcpConnection ours = connect(link, socket);
            TapDevice.ip("link", "set", "dev", "nctest", "down");
            awaitState(link, ours, State.CLOSED);
            assertThat(ours.failure()).isEqualTo(TcpConnection.Failure.TIMEOUT);
            socket[0].close();
        }
    }

    @Test
    void hundredsOfConnectionsAtOnceAreAllServed() throws Exception {
        int count = 500;
        try (KernelLink link = link()) {
            listener = link.call(() -> link.host.listen(80, count));
            List<TcpConnection> accepted = new ArrayList<>();
            MemorySegment buffer = MemorySegment.ofArray(new byte[64]);
            link.addApplication(() -> {
                for (TcpConnection one = listener.accept(); one != null; one = listener.accept()) {
                    accepted.add(one);
                }
                for (TcpConnection one : accepted) {
                    int length = one.receive(buffer, 0, 64);
                    if (length > 0) {
                        one.send(buffer, 0, length);
                    } else if (length == TcpConnection.END_OF_STREAM) {
                        one.close();
                    }
                }
            });
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sockets.add(new Socket(KernelLink.OURS, 80));
            }
            for (int i = 0; i < count; i++) {
                sockets.get(i).getOutputStream().write(ByteBuffer.allocate(4).putInt(i).array());
            }
            for (int i = 0; i < count; i++) {
                assertThat(ByteBuffer.wrap(sockets.get(i).getInputStream().readNBytes(4)).getInt()).isEqualTo(i);
                sockets.get(i).close();
            }
            link.await("all are closed", () -> link.host.tcp().connections() == 0, 60);
        }
    }

    /** Twenty thousand SYNs of hosts that don't exist: a transfer goes on, and somebody new gets in. */
    @Test
    void floodOfSynsKeepsNobodyOut() throws Exception {
        try (KernelLink link = link()) {
            Socket[] socket = new Socket[1];
            TcpConnection ours = connect(link, socket);
            SplittableRandom random = new SplittableRandom(5);
            int[] left = {20_000};
            link.addApplication(() -> {
                for (int i = 0; i < 20 && left[0] > 0; i++, left[0]--) {
                    link.inject(syn(random), 54);
                }
            });
            link.await("the flood has begun", () -> link.host.counters().get(Counter.HALF_OPEN_EVICTED) > 0, 60);
            Socket late = new Socket(KernelLink.OURS, 80);
            TcpConnection second = accept(link, listener);
            transfer(link, socket[0], ours, BYTES);
            link.await("the flood is over", () -> left[0] == 0, 60);
            late.getOutputStream().write("still here".getBytes(StandardCharsets.US_ASCII));
            link.await("the second is heard", () -> second.readable() == 10, 60);
            late.close();
        }
    }

    private static MemorySegment syn(SplittableRandom random) {
        MemorySegment frame = MemorySegment.ofArray(new byte[54]);
        int source = KernelLink.KERNEL_ADDRESS + random.nextInt(256, 65_000);
        int target = KernelLink.KERNEL_ADDRESS + 1;
        EthernetHeader.write(frame, 0, KernelLink.OUR_LINK, 0x0200_0000_0000L + source, EthernetHeader.IPV4);
        Ipv4Header.write(frame, 14, TcpHeader.BYTES, Ipv4Header.NOT_ECT, Ipv4Header.TCP, source, target);
        TcpHeader.write(frame, 34, random.nextInt(1_024, 65_536), 80, random.nextInt(), 0, TcpHeader.BYTES,
                TcpHeader.SYN, 1_000);
        TcpHeader.putChecksum(frame, 34, SegmentChecksum.SOFTWARE.of(
                Ipv4Header.pseudoHeader(source, target, TcpHeader.BYTES), frame, 34, TcpHeader.BYTES, null, 0, 0));
        return frame;
    }
}
