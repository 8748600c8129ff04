package org.netchannel.optimized.dpdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.MbufRing;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.tcp.Flow;

/** Who gets which frame, step by step. */
@ExtendWith(WithDpdk.class)
class QueueDeviceTest {
    private static final int QUEUES = 3;
    private static final int INBOX = 64;
    private static final int OURS = 0x0a00_0002;
    private static final int PEER = 0x0a00_0001;
    private static final QueueOwners OWNERS = QueueOwners.of(QUEUES);

    /** Delivers what the test puts in. */
    private static final class Source implements FrameDevice {
        private final MbufBurst frames = new MbufBurst(MbufBurst.USUAL);

        @Override
        public int receive(MbufBurst burst) {
            int count = frames.count();
            for (int i = 0; i < count; i++) {
                burst.add(frames.get(i));
            }
            frames.clear();
            return count;
        }

        @Override
        public int send(MbufBurst burst) {
            return 0;
        }

        @Override
        public boolean isUp() {
            return true;
        }

        @Override
        public boolean readsAllMemory() {
            return true;
        }
    }

    private final MbufBurst got = new MbufBurst(MbufBurst.USUAL);
    private final List<Source> sources = new ArrayList<>();
    private final List<MbufRing> inboxes = new ArrayList<>();
    private final List<QueueDevice> devices = new ArrayList<>();
    private MbufPool pool;

    @BeforeEach
    void open() throws DpdkException {
        pool = MbufPool.create("queues", 511, 2_048);
        for (int queue = 0; queue < QUEUES; queue++) {
            sources.add(new Source());
            inboxes.add(MbufRing.create("queues" + queue, INBOX));
        }
        for (int queue = 0; queue < QUEUES; queue++) {
            devices.add(new QueueDevice(sources.get(queue), queue, OWNERS, inboxes));
        }
    }

    @AfterEach
    void everyMbufComesBack() {
        inboxes.forEach(MbufRing::close);
        got.free();
        assertThat(pool.available()).isEqualTo(pool.count());
        pool.close();
    }

    private void deliver(int queue, byte[] frame) {
        MbufBurst burst = sources.get(queue).frames;
        assertThat(pool.allocate(burst, 1)).isTrue();
        Mbuf.fill(burst.get(burst.count() - 1), MemorySegment.ofArray(frame), 0, frame.length);
    }

    /** Answers how many frames the host of a queue gets. */
    private int receive(int queue) {
        devices.get(queue).receive(got);
        int count = got.count();
        got.free();
        return count;
    }

    private static byte[] segment(int sourcePort) {
        return ByteBuffer.allocate(54)
                .putShort(12, (short) 0x0800).put(14, (byte) 0x45).putShort(16, (short) 40).put(23, (byte) 6)
                .putInt(26, PEER).putInt(30, OURS).putShort(34, (short) sourcePort).putShort(36, (short) 80)
                .put(46, (byte) 0x50).array();
    }

    private static int owner(int sourcePort) {
        return OWNERS.of(new Flow().setIpv4(OURS, 80, PEER, sourcePort));
    }

    private static int portOwnedBy(int queue) {
        int port = 1_024;
        while (owner(port) != queue) {
            port++;
        }
        return port;
    }

    @Test
    void aSegmentGetsToTheOwnerOfItsConnection() {
        for (int owner = 0; owner < QUEUES; owner++) {
            for (int queue = 0; queue < QUEUES; queue++) {
                deliver(queue, segment(portOwnedBy(owner)));
                assertThat(receive(queue)).isEqualTo(queue == owner ? 1 : 0);
                for (int host = 0; host < QUEUES; host++) {
                    assertThat(receive(host)).isEqualTo(host == owner && host != queue ? 1 : 0);
                }
            }
        }
        assertThat(devices.stream().mapToLong(device -> device.count(DeviceCounter.HANDED_OVER)).sum())
                .isEqualTo(QUEUES * (QUEUES - 1));
    }

    /** Otherwise the thread of a queue that gets only what is others' would go to sleep as if nothing came. */
    @Test
    void toHandOverIsWork() {
        deliver(0, segment(portOwnedBy(1)));
        assertThat(devices.get(0).receive(got)).isEqualTo(1);
        assertThat(got.count()).isZero();
        assertThat(devices.get(0).receive(got)).isZero();
        assertThat(receive(1)).isEqualTo(1);
    }

    @Test
    void whatSaysWhereSomebodyIsGetsToEverybody() {
        byte[] arp = ByteBuffer.allocate(42).putShort(12, (short) 0x0806).array();
        byte[] discovery = ByteBuffer.allocate(86).putShort(12, (short) 0x86dd).put(20, (byte) 58).array();
        for (byte[] frame : List.of(arp, discovery)) {
            deliver(1, frame);
            for (int host : new int[] {1, 0, 2}) {
                assertThat(pool.available()).as("until the last one gives it back").isEqualTo(pool.count() - 1);
                assertThat(receive(host)).isEqualTo(1);
            }
            assertThat(pool.available()).isEqualTo(pool.count());
        }
    }

    /** Nobody knows whose they are; one host counts them, or answers an echo. */
    @Test
    void everythingElseGetsToTheFirstHost() {
        byte[] echo = segment(1);
        echo[23] = 1;
        byte[] cut = ByteBuffer.allocate(40).put(segment(1), 0, 40).array();
        byte[] longHeader = segment(1);
        longHeader[14] = 0x4f;
        for (byte[] frame : List.of(echo, cut, longHeader, new byte[0], new byte[13], new byte[14], new byte[1_500])) {
            deliver(2, frame);
            assertThat(receive(2)).isZero();
            assertThat(receive(0)).isEqualTo(1);
            assertThat(receive(1)).isZero();
        }
    }

    @Test
    void whatAHostDoesNotTakeInTimeIsDroppedAndCounted() {
        int port = portOwnedBy(1);
        for (int i = 0; i < INBOX; i++) {
            deliver(0, segment(port));
            assertThat(receive(0)).isZero();
        }
        assertThat(devices.get(0).count(DeviceCounter.HANDED_OVER)).isEqualTo(INBOX - 1);
        assertThat(devices.get(0).count(DeviceCounter.NOT_TAKEN)).isEqualTo(1);
        assertThat(receive(1)).isEqualTo(MbufBurst.USUAL);
    }

    @Test
    void framesOfTheDeviceAndOfOthersAreTakenByTurns() {
        for (int i = 0; i < 2; i++) {
            deliver(0, segment(portOwnedBy(1)));
            receive(0);
        }
        deliver(1, segment(portOwnedBy(1)));
        assertThat(receive(1) + receive(1)).isEqualTo(3);
    }
}
