package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.Until;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.ForwardingDevice;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.TcpListener;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.InternetChecksum;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.optimized.tcp.wire.Ipv6Header;
import org.netchannel.optimized.tcp.wire.NetworkOrder;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** What is asked of a device about checksums, and what is believed of it: one of Java stands in front of a ring. */
@ExtendWith(WithDpdk.class)
@Timeout(60)
class ChecksumOffloadTest {
    private static final long FLAGS = MbufLayout.offset("rte_mbuf.ol_flags", Long.BYTES);
    private static final long OFFLOAD = MbufLayout.offset("rte_mbuf.tx_offload", Long.BYTES);
    private static final long MAKE_TCP = Shim.constant("RTE_MBUF_F_TX_TCP_CKSUM");
    private static final long MAKE_IPV4 = Shim.constant("RTE_MBUF_F_TX_IP_CKSUM");
    private static final long IPV4 = Shim.constant("RTE_MBUF_F_TX_IPV4");
    private static final long IPV6 = Shim.constant("RTE_MBUF_F_TX_IPV6");
    private static final long NONE = Shim.constant("RTE_MBUF_F_RX_L4_CKSUM_MASK");
    private static final long GOOD = Shim.constant("RTE_MBUF_F_RX_L4_CKSUM_GOOD");
    private static final long BAD = Shim.constant("RTE_MBUF_F_RX_L4_CKSUM_BAD");
    private static final long PACKET_BAD = Shim.constant("RTE_MBUF_F_RX_IP_CKSUM_BAD");

    /** Completes what is sent, as it was asked to, and says what the test wants about segments with payload. */
    private static final class Offloading extends ForwardingDevice {
        private final Offloads offloads;
        private long completed;
        /** For segments with payload that are received. */
        private long verdict;
        private boolean damages;

        private Offloading(FrameDevice device, Offloads offloads) {
            super(device);
            this.offloads = offloads;
        }

        @Override
        public int send(MbufBurst burst) {
            for (int i = 0; i < burst.count(); i++) {
                complete(burst.get(i));
            }
            return device.send(burst);
        }

        private void complete(long mbuf) {
            long flags = MbufLayout.flags(mbuf);
            if ((flags & MAKE_TCP) == 0) {
                return;
            }
            byte[] bytes = new byte[Mbuf.packetLength(mbuf)];
            MemorySegment frame = MemorySegment.ofArray(bytes);
            Mbuf.copyOut(mbuf, frame, 0);
            boolean ipv4 = EthernetHeader.type(frame, 0) == EthernetHeader.IPV4;
            assertThat(flags).isEqualTo(MAKE_TCP | (ipv4 ? IPV4 | MAKE_IPV4 : IPV6));
            int tcpAt = ipv4 ? 34 : 54;
            assertThat(MbufLayout.MEMORY.get(JAVA_LONG_UNALIGNED, mbuf + OFFLOAD)).isEqualTo(
                    Shim.callLong("tx_offload", 14, tcpAt - 14, TcpHeader.bytes(frame, tcpAt), 0));
            int length = bytes.length - tcpAt;
            long pseudoHeader;
            if (ipv4) {
                assertThat(NetworkOrder.getShort(frame, 24)).isZero();
                put(mbuf, 24, InternetChecksum.checksum(InternetChecksum.sum(frame, 14, 20)));
                pseudoHeader = Ipv4Header.pseudoHeader(Ipv4Header.source(frame, 14), Ipv4Header.destination(frame, 14),
                        length);
            } else {
                pseudoHeader = Ipv6Header.pseudoHeader(frame, 14, length, Ipv6Header.TCP);
            }
            assertThat(NetworkOrder.getShort(frame, tcpAt + 16)).isEqualTo(InternetChecksum.fold(pseudoHeader));
            // The field has the pseudo header's sum already.
            put(mbuf, tcpAt + 16, InternetChecksum.checksum(InternetChecksum.sum(frame, tcpAt, length)));
            MbufLayout.MEMORY.set(JAVA_LONG_UNALIGNED, mbuf + FLAGS, 0);
            completed++;
        }

        private static void put(long mbuf, int at, int checksum) {
            NetworkOrder.putShort(Mbuf.memory(), Mbuf.data(mbuf) + at, checksum);
        }

        @Override
        public int receive(MbufBurst burst) {
            int before = burst.count();
            int came = device.receive(burst);
            for (int i = before; i < burst.count(); i++) {
                judge(burst.get(i));
            }
            return came;
        }

        private void judge(long mbuf) {
            long last = mbuf;
            while (Mbuf.next(last) != 0) {
                last = Mbuf.next(last);
            }
            if (Mbuf.packetLength(mbuf) < 100) {
                return;
            }
            MbufLayout.MEMORY.set(JAVA_LONG_UNALIGNED, mbuf + FLAGS, MbufLayout.flags(mbuf) | verdict);
            if (damages) {
                long at = Mbuf.data(last) + Mbuf.length(last) - 1;
                Mbuf.memory().set(JAVA_BYTE, at, (byte) (Mbuf.memory().get(JAVA_BYTE, at) ^ 1));
            }
        }

        @Override
        public Offloads offloads() {
            return offloads;
        }
    }

    private RingHosts hosts;
    private Offloading device;
    private TcpConnection client;
    private TcpConnection server;

    /** Host 0 has the device; host 1 computes and looks itself. */
    private void connect(Offloads offloads, int mtu, boolean ipv6) throws DpdkException {
        hosts = new RingHosts("offload", DpdkHost.settings(mtu), SegmentChecksum.SOFTWARE,
                end -> device == null ? device = new Offloading(end, offloads) : end);
        Ipv6Address[] addresses = {new Ipv6Address(0xfd00L << 48, 1), new Ipv6Address(0xfd00L << 48, 2)};
        for (int end = 0; end < 2; end++) {
            hosts.host(end).ip().with(new Ipv6Interface(addresses[end], 64, null));
        }
        TcpListener listener = hosts.host(1).ip().listen(80, 10);
        client = ipv6 ? hosts.host(0).ip().connect(addresses[1], 80) : hosts.host(0).ip().connect(hosts.address(1), 80);
        until(() -> client.state() == State.ESTABLISHED);
        until(() -> (server = listener.accept()) != null);
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    private void until(BooleanSupplier reached) {
        Until.reached(reached, () -> {
            hosts.host(0).work();
            hosts.host(1).work();
        });
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private byte[] received(TcpConnection connection, int count) {
        byte[] came = new byte[count];
        until(() -> connection.readable() >= count);
        assertThat(connection.receive(MemorySegment.ofArray(came), 0, count)).isEqualTo(count);
        return came;
    }

    private long count(int host, Counter counter) {
        return hosts.host(host).ip().counters().get(counter);
    }

    /** With short payload, which is copied behind the headers, and with long, which is in a second mbuf. */
    @ParameterizedTest
    @CsvSource({"1500, false", "9000, false", "1500, true", "9000, true"})
    void deviceIsAskedForTheChecksumsOfEverySegmentAndCompletesThem(int mtu, boolean ipv6) throws DpdkException {
        connect(new Offloads(true, false, 0), mtu, ipv6);
        byte[] bytes = bytes(100_001);
        assertThat(client.send(MemorySegment.ofArray(bytes), 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(received(server, bytes.length)).isEqualTo(bytes);
        assertThat(device.completed).isEqualTo(count(0, Counter.SEGMENTS_SENT));
        assertThat(count(1, Counter.CORRUPT_SEGMENT) + count(1, Counter.CORRUPT_PACKET)).isZero();
        assertThat(count(0, Counter.RETRANSMISSIONS)).isZero();
    }

    @Test
    void nothingIsAskedOfADeviceThatCanDoNothing() throws DpdkException {
        connect(Offloads.NONE, 1_500, false);
        byte[] bytes = bytes(10_000);
        assertThat(client.send(MemorySegment.ofArray(bytes), 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(received(server, bytes.length)).isEqualTo(bytes);
        assertThat(device.completed).isZero();
    }

    private void sendToDevice(byte[] bytes) {
        assertThat(server.send(MemorySegment.ofArray(bytes), 0, bytes.length)).isEqualTo(bytes.length);
    }

    /** Lent, so that the frame is in two mbufs: both ways to TCP are seen. */
    private void lendToDevice(byte[] bytes) {
        PlainFramePool pool = new PlainFramePool(java.lang.foreign.Arena.ofAuto(), 1, bytes.length);
        var buffer = pool.claim();
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, buffer.memory(), 0, bytes.length);
        assertThat(server.send(buffer, 0, bytes.length)).isTrue();
    }

    /**
     * That a damaged byte arrives shows that nobody looked again. NONE says that no checksum is there, but that the
     * data is as it was sent, as between two guests of a hypervisor.
     */
    @ParameterizedTest
    @CsvSource({"500, false", "6000, false", "500, true", "6000, true"})
    void goodAndNoneAreBelieved(int count, boolean none) throws DpdkException {
        connect(new Offloads(false, true, 0), 9_000, false);
        device.verdict = none ? NONE : GOOD;
        device.damages = true;
        byte[] bytes = bytes(count);
        if (count < 2_048) {
            sendToDevice(bytes);
        } else {
            lendToDevice(bytes);
        }
        bytes[count - 1] ^= 1;
        assertThat(received(client, count)).isEqualTo(bytes);
        assertThat(count(0, Counter.CORRUPT_SEGMENT)).isZero();
    }

    /** That intact segments are dropped shows that it was the device that was asked. */
    @Test
    void badIsDroppedAndCountedAndItsMbufComesBack() throws DpdkException {
        connect(new Offloads(false, true, 0), 9_000, false);
        device.verdict = BAD;
        sendToDevice(bytes(500));
        until(() -> count(0, Counter.CORRUPT_SEGMENT) == 1);
        device.verdict = PACKET_BAD;
        until(() -> count(0, Counter.CORRUPT_PACKET) == 1);
        assertThat(client.readable()).isZero();
        assertThat(hosts.host(0).held()).isZero();
        device.verdict = GOOD;
        assertThat(received(client, 500)).isEqualTo(bytes(500));
    }

    @Test
    void whatTheDeviceDoesNotKnowIsCheckedHere() throws DpdkException {
        connect(new Offloads(false, true, 0), 9_000, false);
        device.damages = true;
        sendToDevice(bytes(500));
        until(() -> count(0, Counter.CORRUPT_SEGMENT) == 1);
        device.damages = false;
        assertThat(received(client, 500)).isEqualTo(bytes(500));
    }

    /** The flags of a port that does not check are whatever its frames had before. */
    @Test
    void flagsOfAPortThatDoesNotCheckMeanNothing() throws DpdkException {
        connect(Offloads.NONE, 9_000, false);
        device.verdict = GOOD;
        device.damages = true;
        sendToDevice(bytes(500));
        until(() -> count(0, Counter.CORRUPT_SEGMENT) == 1);
        device.verdict = BAD;
        device.damages = false;
        assertThat(received(client, 500)).isEqualTo(bytes(500));
    }

    @Test
    void ringsHaveNoOffloads() throws DpdkException {
        connect(Offloads.NONE, 1_500, false);
        assertThat(hosts.link().port(0).offloads()).isEqualTo(Offloads.NONE);
        assertThat(hosts.link().port(0).refused()).isZero();
    }
}
