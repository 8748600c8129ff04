package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithDpdk.class)
class RingLinkTest {
    private static final int ROOM = 2_048;
    private static final int COUNT = 1_023;
    private static final PortSettings SETTINGS = new PortSettings(1, 64, 1_500);

    private MbufPool pool;
    private RingLink link;
    private final MbufBurst out = new MbufBurst(MbufBurst.USUAL);
    private final MbufBurst in = new MbufBurst(MbufBurst.USUAL);

    @BeforeEach
    void open() throws DpdkException {
        pool = MbufPool.create("ring-link-test", COUNT, ROOM);
        link = RingLink.create("test", SETTINGS, pool);
    }

    @AfterEach
    void everyMbufComesBack() {
        out.free();
        in.free();
        link.close();
        assertThat(pool.available()).isEqualTo(COUNT);
        pool.close();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytesOf(long mbuf) {
        byte[] bytes = new byte[Mbuf.packetLength(mbuf)];
        Mbuf.copyOut(mbuf, MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    private long filled(byte[] bytes) {
        assertThat(pool.allocate(out, 1)).isTrue();
        long mbuf = out.get(out.count() - 1);
        Mbuf.fill(mbuf, MemorySegment.ofArray(bytes), 0, bytes.length);
        return mbuf;
    }

    @Test
    void framesArriveIntactInTheirOrderBothWays() {
        Random sent = new Random(1);
        Random expected = new Random(1);
        for (int round = 0; round < 1_000; round++) {
            int count = 1 + round % MbufBurst.USUAL;
            for (int i = 0; i < count; i++) {
                filled(bytes(sent, 1 + sent.nextInt(ROOM)));
            }
            assertThat(link.port(round & 1).send(0, out)).isEqualTo(count);
            assertThat(link.port(1 - (round & 1)).receive(0, in)).isEqualTo(count);
            for (int i = 0; i < count; i++) {
                assertThat(bytesOf(in.get(i))).isEqualTo(bytes(expected, 1 + expected.nextInt(ROOM)));
            }
            in.free();
        }
    }

    @Test
    void fullQueueLeavesFramesWithTheSender() {
        int sent = 0;
        int taken;
        do {
            assertThat(pool.allocate(out, out.space())).isTrue();
            taken = link.port(0).send(0, out);
            sent += taken;
        } while (out.count() == 0);
        assertThat(sent).isBetween(SETTINGS.descriptors() - 1, 2 * SETTINGS.descriptors());
        assertThat(out.count()).isEqualTo(MbufBurst.USUAL - taken);
        assertThat(link.port(1).receive(0, in)).isEqualTo(MbufBurst.USUAL);
        assertThat(link.port(0).send(0, out)).isPositive();
    }

    @Test
    void emptyPoolGivesAllOrNone() {
        MbufBurst all = new MbufBurst(COUNT + 1);
        assertThat(pool.allocate(all, COUNT + 1)).isFalse();
        assertThat(all.count()).isZero();
        assertThat(pool.allocate(all, COUNT)).isTrue();
        assertThat(pool.allocate(out, 1)).isFalse();
        assertThat(pool.cloneOf(all.get(0))).isZero();
        all.free();
        assertThat(pool.allocate(out, 1)).isTrue();
    }

    @Test
    void headerInAnMbufOfItsOwnGoesBeforeTheBytes() {
        byte[] header = bytes(new Random(2), 54);
        byte[] payload = bytes(new Random(3), 1_000);
        filled(header);
        long tail = filled(payload);
        // The burst is to hold the head alone.
        long head = out.get(0);
        out.clear();
        assertThat(Mbuf.chain(head, tail)).isTrue();
        out.add(head);
        link.port(0).send(0, out);
        link.port(1).receive(0, in);
        assertThat(Mbuf.segments(in.get(0))).isEqualTo(2);
        assertThat(Mbuf.packetLength(in.get(0))).isEqualTo(1_054);
        assertThat(Mbuf.length(in.get(0))).isEqualTo(54);
        assertThat(bytesOf(in.get(0))).startsWith(header).endsWith(payload);
        assertThat(Mbuf.length(Mbuf.next(in.get(0)))).isEqualTo(1_000);
    }

    @Test
    void bytesStayForASecondSendingUntilBothAreFreed() {
        byte[] payload = bytes(new Random(4), 500);
        long mbuf = filled(payload);
        long again = pool.cloneOf(mbuf);
        link.port(0).send(0, out);
        link.port(1).receive(0, in);
        in.free();
        assertThat(bytesOf(again)).isEqualTo(payload);
        assertThat(pool.available()).isEqualTo(COUNT - 2);
        in.add(again);
        in.free();
        assertThat(pool.available()).isEqualTo(COUNT);
    }

    @Test
    void referredMbufOutlivesOneFree() {
        long mbuf = filled(bytes(new Random(5), 10));
        Mbuf.refer(mbuf, 1);
        out.free();
        assertThat(pool.available()).isEqualTo(COUNT - 1);
        out.add(mbuf);
    }

    @Test
    void frontGrowsIntoTheHeadroomAndNoFurther() {
        long mbuf = filled(new byte[] {7});
        Mbuf.extendFront(mbuf, pool.headroom());
        assertThat(Mbuf.length(mbuf)).isEqualTo(pool.headroom() + 1);
        assertThatThrownBy(() -> Mbuf.extendFront(mbuf, 1)).isInstanceOf(IllegalArgumentException.class);
        Mbuf.extendFront(mbuf, -pool.headroom());
        assertThat(bytesOf(mbuf)).containsExactly(7);
        assertThatThrownBy(() -> Mbuf.extendFront(mbuf, -2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dataLongerThanTheRoomIsAMistake() {
        long mbuf = filled(new byte[0]);
        Mbuf.setLength(mbuf, ROOM);
        assertThatThrownBy(() -> Mbuf.setLength(mbuf, ROOM + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Mbuf.setLength(mbuf, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deviceCountsWhatWentThroughIt() throws DpdkException {
        filled(new byte[100]);
        filled(new byte[100]);
        link.port(0).send(0, out);
        link.port(1).receive(0, in);
        assertThat(link.port(0).statistics().sent()).isEqualTo(2);
        assertThat(link.port(1).statistics().received()).isEqualTo(2);
        assertThat(link.port(1).statistics().sent()).isZero();
    }

    @Test
    void linkGoesDownAndUp() throws DpdkException {
        assertThat(link.port(0).isUp()).isTrue();
        link.port(0).setUp(false);
        assertThat(link.port(0).isUp()).isFalse();
        link.port(0).setUp(true);
        assertThat(link.port(0).isUp()).isTrue();
    }

    @Test
    void burstsAllocateNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] bytes = bytes(new Random(6), 1_000);
        MemorySegment segment = MemorySegment.ofArray(bytes);
        roundTrips(segment, 20_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        roundTrips(segment, 20_000);
        // One object for each burst would be 300,000 bytes and more; the bean itself makes a few.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }

    private void roundTrips(MemorySegment bytes, int rounds) {
        for (int round = 0; round < rounds; round++) {
            pool.allocate(out, MbufBurst.USUAL);
            for (int i = 0; i < out.count(); i++) {
                Mbuf.fill(out.get(i), bytes, 0, (int) bytes.byteSize());
            }
            link.port(0).send(0, out);
            link.port(1).receive(0, in);
            for (int i = 0; i < in.count(); i++) {
                Mbuf.copyOut(in.get(i), bytes, 0);
            }
            in.free();
        }
    }
}
