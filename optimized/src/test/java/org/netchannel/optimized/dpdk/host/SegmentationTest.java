package org.netchannel.optimized.dpdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.Until;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.ReceivedView;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.TcpListener;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** Large segments over devices that do not split: on the wire, and where they are received. */
@ExtendWith(WithDpdk.class)
@Timeout(60)
class SegmentationTest {
    /** With what is in front the last bytes make one piece more, at 9,000 bytes. */
    private static final int LENT_BYTES = 62_610;
    private static final int FRONT_BYTES = 31;
    private static final int SMALL_BYTES = 4_096;
    private static final int TIMES = 20;

    /** How many frames came, and the longest of them. */
    private static final class Watched extends ForwardingDevice {
        private long frames;
        private int longest;

        private Watched(FrameDevice device) {
            super(device);
        }

        @Override
        public int receive(MbufBurst burst) {
            int before = burst.count();
            int came = device.receive(burst);
            for (int i = before; i < burst.count(); i++) {
                frames++;
                longest = Math.max(longest, Mbuf.packetLength(burst.get(i)));
            }
            return came;
        }
    }

    private final byte[] bytes = new byte[LENT_BYTES];
    private final PlainFramePool buffers = new PlainFramePool(Arena.ofAuto(), TIMES, 1 << 16);
    private RingHosts hosts;
    private Watched wire;
    private TcpConnection client;
    private TcpConnection server;

    private void connect(int mtu, SegmentChecksum checksum) throws DpdkException {
        new Random(1).nextBytes(bytes);
        hosts = new RingHosts("segments", DpdkHost.settings(mtu), checksum, device -> wire = new Watched(device));
        TcpListener listener = hosts.host(1).ip().listen(80, 10);
        client = hosts.host(0).ip().connect(hosts.address(1), 80);
        until(() -> client.state() == State.ESTABLISHED);
        until(() -> (server = listener.accept()) != null);
    }

    @AfterEach
    void everyMbufAndEveryBufferComesBack() {
        client.close();
        server.close();
        hosts.host(0).close();
        hosts.host(1).close();
        hosts.link().close();
        hosts.host(0).giveBack();
        hosts.host(1).giveBack();
        for (int end = 0; end < 2; end++) {
            assertThat(hosts.host(end).held()).isZero();
            assertThat(hosts.pool(end).available()).isEqualTo(hosts.pool(end).count());
        }
        assertThat(buffers.freeBuffers()).isEqualTo(TIMES);
        hosts.close();
    }

    private void until(BooleanSupplier reached) {
        Until.reached(reached, () -> {
            hosts.host(0).work();
            hosts.host(1).work();
        });
    }

    private long count(int host, Counter counter) {
        return hosts.host(host).ip().counters().get(counter);
    }

    /** A few bytes that are copied, and many that are not. */
    private void send() {
        FrameBuffer buffer = buffers.claim();
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, buffer.memory(), 0, LENT_BYTES);
        assertThat(client.send(MemorySegment.ofArray(bytes), 0, FRONT_BYTES, buffer, 0, LENT_BYTES)).isTrue();
    }

    private void receive() {
        byte[] came = new byte[FRONT_BYTES + LENT_BYTES];
        until(() -> server.readable() >= came.length);
        assertThat(server.receive(MemorySegment.ofArray(came), 0, came.length)).isEqualTo(came.length);
        assertThat(came).startsWith(Arrays.copyOf(bytes, FRONT_BYTES)).endsWith(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1500, true", "1501, true", "9000, true", "1500, false", "1501, false", "9000, false"})
    void noFrameIsLargerThanTheMtuAndNothingIsSentAgain(int mtu, boolean checksums) throws DpdkException {
        connect(mtu, checksums ? SegmentChecksum.SOFTWARE : SegmentChecksum.DEVICE);
        for (int i = 0; i < TIMES; i++) {
            send();
        }
        for (int i = 0; i < TIMES; i++) {
            receive();
        }
        assertThat(count(0, Counter.LARGE_SEGMENTS)).isGreaterThanOrEqualTo(TIMES / 2);
        assertThat(wire.longest).isEqualTo(mtu + EthernetHeader.BYTES);
        assertThat(count(1, Counter.SEGMENTS_RECEIVED)).isEqualTo(count(0, Counter.SEGMENTS_SENT));
        assertThat(wire.frames).as("and what ARP takes").isBetween(count(0, Counter.SEGMENTS_SENT),
                count(0, Counter.SEGMENTS_SENT) + 2);
        assertThat(count(1, Counter.CORRUPT_SEGMENT) + count(1, Counter.CORRUPT_PACKET)).isZero();
        assertThat(count(0, Counter.RETRANSMISSIONS)).isZero();
    }

    /** Once the window has room for it. */
    @Test
    void whatWasSentTogetherIsReceivedTogether() throws DpdkException {
        connect(9_000, SegmentChecksum.DEVICE);
        for (int i = 0; i < TIMES; i++) {
            send();
            receive();
        }
        until(() -> buffers.freeBuffers() == TIMES);
        send();
        until(() -> server.readable() > 0);
        assertThat(server.readable()).isEqualTo(FRONT_BYTES + LENT_BYTES);
        ReceivedView view = new ReceivedView();
        assertThat(server.take(view)).isTrue();
        assertThat(view.length()).isEqualTo(FRONT_BYTES);
        view.buffer().release();
        assertThat(server.take(view)).isTrue();
        assertThat(view.length()).as("one mbuf shows the memory of the sender").isEqualTo(LENT_BYTES);
        view.buffer().release();
    }

    /** Views of the others are kept: each is an mbuf of its own, for each is of another loan. */
    @Test
    void whileMostMbufsAreHeldWhatComesIsCopiedAndNotMerged() throws DpdkException {
        connect(9_000, SegmentChecksum.DEVICE);
        int most = hosts.host(1).mbufs() / 2;
        PlainFramePool small = new PlainFramePool(Arena.ofAuto(), most + 3, SMALL_BYTES);
        List<FrameBuffer> held = new ArrayList<>();
        while (hosts.host(1).held() <= most) {
            assertThat(client.send(small.claim(), 0, SMALL_BYTES)).isTrue();
            until(() -> server.readable() >= SMALL_BYTES);
            ReceivedView view = new ReceivedView();
            assertThat(server.take(view)).isTrue();
            held.add(view.buffer());
        }
        assertThat(client.send(small.claim(), 0, SMALL_BYTES)).isTrue();
        assertThat(client.send(small.claim(), 0, SMALL_BYTES)).isTrue();
        until(() -> server.readable() >= 2 * SMALL_BYTES);
        assertThat(hosts.host(1).held()).isEqualTo(most + 1);
        held.forEach(FrameBuffer::release);
        until(() -> small.freeBuffers() == most + 3);
    }

    /** Where mbufs are few, segments go one by one. */
    @Test
    void withoutMbufsForAllPiecesSegmentsGoOneByOne() throws DpdkException {
        connect(9_000, SegmentChecksum.SOFTWARE);
        long large = count(0, Counter.LARGE_SEGMENTS);
        MbufBurst taken = new MbufBurst(hosts.pool(0).count());
        while (hosts.pool(0).available() > 100) {
            assertThat(hosts.pool(0).allocate(taken, 1)).isTrue();
        }
        send();
        receive();
        assertThat(count(0, Counter.LARGE_SEGMENTS)).isEqualTo(large);
        assertThat(count(0, Counter.RETRANSMISSIONS)).isZero();
        taken.free();
    }
}
