package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.netchannel.optimized.dpdk.SegmentFrames.HEADERS;
import static org.netchannel.optimized.dpdk.SegmentFrames.assertIsSegment;
import static org.netchannel.optimized.dpdk.SegmentFrames.bytesOf;
import static org.netchannel.optimized.dpdk.SegmentFrames.frame;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Which received segments become one, and what of. */
@ExtendWith(WithDpdk.class)
class ReceiveMergeTest {
    private static final int LENGTH = 1_001;
    private static final int LEAST = 600;
    private static final int MOST = 64;
    private static final int COUNT = 511;
    private static final int ROOM = 9_000;
    private static final int ACK = TcpHeader.ACK;
    private static final int SEQUENCE_AT = SegmentFrames.TCP_AT + 4;
    private static final int PSH = TcpHeader.ACK | TcpHeader.PSH;
    private static final long FLAGS = MbufLayout.offset("rte_mbuf.ol_flags", Long.BYTES);
    private static final long GOOD = Shim.constant("RTE_MBUF_F_RX_L4_CKSUM_GOOD");
    private static final long NONE = Shim.constant("RTE_MBUF_F_RX_L4_CKSUM_MASK");
    private static final long BAD = Shim.constant("RTE_MBUF_F_RX_L4_CKSUM_BAD");
    private static final long PACKET_BAD = Shim.constant("RTE_MBUF_F_RX_IP_CKSUM_BAD");

    private MbufPool pool;
    private final ReceiveMerge merge = new ReceiveMerge(true, LEAST, MOST);
    private final MbufBurst burst = new MbufBurst(ReceiveMerge.MOST + 1);
    private final MbufBurst one = new MbufBurst(1);

    @BeforeEach
    void open() throws DpdkException {
        pool = MbufPool.create("merge-test", COUNT, ROOM);
    }

    @AfterEach
    void everyMbufComesBack() {
        burst.free();
        assertThat(pool.available()).isEqualTo(COUNT);
        pool.close();
    }

    private long mbuf(byte[] bytes, int from, int to) {
        assertThat(pool.allocate(one, 1)).isTrue();
        long mbuf = one.removeLast();
        Mbuf.fill(mbuf, MemorySegment.ofArray(bytes), from, to - from);
        return mbuf;
    }

    /** In one mbuf. */
    private long came(byte[] frame) {
        long mbuf = mbuf(frame, 0, frame.length);
        burst.add(mbuf);
        return mbuf;
    }

    /** With so many bytes in its first mbuf, behind which the same lie as in the frame, and the rest in another one. */
    private void came(byte[] frame, int first) {
        long head = mbuf(frame, 0, frame.length);
        Mbuf.setLength(head, first);
        assertThat(Mbuf.chain(head, mbuf(frame, first, frame.length))).isTrue();
        burst.add(head);
    }

    private void assertLeft(int count) {
        merge.merge(burst);
        assertThat(burst.count()).isEqualTo(count);
    }

    private void assertIsMerged(int index, int position, int length, int flags, int segmentBytes) {
        assertIsSegment(bytesOf(burst.get(index)), position, length, flags);
        assertThat(merge.segmentBytes(index)).isEqualTo(segmentBytes);
    }

    @Test
    void segmentsThatFollowEachOtherBecomeOne() {
        for (int i = 0; i < 5; i++) {
            came(frame(7 + i * LENGTH, LENGTH, i == 4 ? PSH : ACK));
        }
        assertLeft(1);
        assertIsMerged(0, 7, 5 * LENGTH, PSH, LENGTH);
        assertThat(Mbuf.segments(burst.get(0))).isEqualTo(5);
    }

    /** Positions wrap, and headers that are in mbufs of their own are given back. */
    @Test
    void positionsWrapAndMbufsOfHeadersAloneAreGivenBack() {
        for (int i = 0; i < 4; i++) {
            came(frame(-1_500 + i * LENGTH, LENGTH, ACK), i == 0 ? HEADERS + 31 : HEADERS);
        }
        assertLeft(1);
        assertIsMerged(0, -1_500, 4 * LENGTH, ACK, LENGTH);
        assertThat(Mbuf.segments(burst.get(0))).isEqualTo(5);
        assertThat(COUNT - pool.available()).isEqualTo(5);
    }

    @Test
    void aSegmentOnItsOwnStaysAsItIs() {
        byte[] frame = frame(1, LENGTH, ACK);
        came(frame);
        assertLeft(1);
        assertThat(bytesOf(burst.get(0))).isEqualTo(frame);
        assertThat(merge.segmentBytes(0)).isZero();
    }

    @Test
    void nothingStaysNothing() {
        assertLeft(0);
    }

    @Test
    void aGapIsNotClosedAndWhatComesTwiceStaysTwice() {
        came(frame(0, LENGTH, ACK));
        came(frame(LENGTH + 1, LENGTH, ACK));
        came(frame(LENGTH + 1, LENGTH, ACK));
        came(frame(2 * LENGTH, LENGTH, ACK));
        assertLeft(4);
        assertThat(List.of(merge.segmentBytes(0), merge.segmentBytes(1), merge.segmentBytes(2), merge.segmentBytes(3)))
                .containsOnly(0);
    }

    /** PSH says that the receiver should look now; a shorter one is the last of what was sent together. */
    @Test
    void pshAndAShorterSegmentEndAPacket() {
        came(frame(0, LENGTH, ACK));
        came(frame(LENGTH, LENGTH, PSH));
        came(frame(2 * LENGTH, LENGTH, ACK));
        came(frame(3 * LENGTH, LENGTH - 1, ACK));
        came(frame(4 * LENGTH - 1, LENGTH, ACK));
        assertLeft(3);
        assertIsMerged(0, 0, 2 * LENGTH, PSH, LENGTH);
        assertIsMerged(1, 2 * LENGTH, 2 * LENGTH - 1, ACK, LENGTH);
        assertIsMerged(2, 4 * LENGTH - 1, LENGTH, ACK, 0);
    }

    @Test
    void aLongerSegmentBeginsAPacket() {
        came(frame(0, LENGTH, ACK));
        came(frame(LENGTH, LENGTH + 1, ACK));
        assertLeft(2);
    }

    @ParameterizedTest
    @CsvSource({"600, 1", "599, 2"})
    void aSegmentOfLessThanTheLeastIsNotPutBehindOthers(int length, int left) {
        came(frame(0, LENGTH, ACK));
        came(frame(LENGTH, length, ACK));
        assertLeft(left);
    }

    @ParameterizedTest
    @CsvSource({"64, 1", "65, 2"})
    void aPacketHasNoMoreThanTheMostMbufs(int mbufs, int left) {
        ReceiveMerge more = new ReceiveMerge(true, LEAST, MOST);
        for (int i = 0; i < mbufs / 2; i++) {
            came(frame(i * LENGTH, LENGTH, ACK), HEADERS + 10);
        }
        if (mbufs % 2 == 1) {
            came(frame(mbufs / 2 * LENGTH, LENGTH, ACK));
        }
        more.merge(burst);
        assertThat(burst.count()).isEqualTo(left);
        assertThat(Mbuf.segments(burst.get(0))).isEqualTo(64);
    }

    /** 7 times 8,926 and 3,001 make an IPv4 packet of 65,535 bytes with its 52 bytes of headers. */
    @ParameterizedTest
    @CsvSource({"3001, 1", "3002, 2"})
    void aPacketIsNoLongerThanIpv4Allows(int last, int left) {
        int length = 8_926;
        for (int i = 0; i < 7; i++) {
            came(frame(i * length, length, ACK));
        }
        came(frame(7 * length, last, ACK));
        assertLeft(left);
        assertIsMerged(0, 0, left == 1 ? 65_483 : 7 * length, ACK, length);
    }

    /** Any of the bytes that have to be the same, of the first or of the second one; the checksum of IPv4 is right. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 6, 11, 12, 13, 14, 15, 20, 21, 22, 23, 26, 29, 30, 33, 34, 35, 36, 37, 38, 41, 42, 45,
            46, 48, 49, 54, 65})
    void segmentsThatSayOtherwiseNotTheSameStayTwo(int at) {
        for (int changed = 0; changed < 2; changed++) {
            byte[][] frames = {frame(0, LENGTH, ACK), frame(LENGTH, LENGTH, ACK)};
            // Of the bits about fragments the one that forbids them: the others are another reason.
            frames[changed][at] ^= (byte) (at == SegmentFrames.IP_AT + 6 ? 0x40 : 0x10);
            SegmentFrames.correctIpv4Checksum(frames[changed]);
            came(frames[0]);
            came(frames[1]);
            assertLeft(2);
            assertThat(bytesOf(burst.get(0))).isEqualTo(frames[0]);
            assertThat(bytesOf(burst.get(1))).isEqualTo(frames[1]);
            burst.free();
        }
    }

    /** Another type, version or protocol, and fragments. */
    @ParameterizedTest
    @ValueSource(ints = {12, 13, 14, 20, 21, 23})
    void whatIsNoWholeSegmentOverIpv4StaysTwo(int at) {
        for (int i = 0; i < 2; i++) {
            byte[] frame = frame(i * LENGTH, LENGTH, ACK);
            frame[at] ^= 0x10;
            SegmentFrames.correctIpv4Checksum(frame);
            came(frame);
        }
        assertLeft(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {TcpHeader.FIN, TcpHeader.SYN, TcpHeader.RST, 0x20, TcpHeader.ECE, TcpHeader.CWR,
            TcpHeader.ACK})
    void segmentsWithOtherFlagsStayTwo(int flag) {
        for (int changed = 1; changed < 4; changed++) {
            came(frame(0, LENGTH, (changed & 1) != 0 ? ACK ^ flag : ACK));
            came(frame(LENGTH, LENGTH, (changed & 2) != 0 ? ACK ^ flag : ACK));
            assertLeft(2);
            burst.free();
        }
    }

    /** RFC 9293, section 3.1: who does not know what they mean has to ignore them, but not to lose them. */
    @Test
    void segmentsWithOtherReservedBitsStayTwo() {
        byte[] frame = frame(LENGTH, LENGTH, ACK);
        frame[SegmentFrames.TCP_AT + 12] ^= 1;
        came(frame(0, LENGTH, ACK));
        came(frame);
        assertLeft(2);
    }

    @Test
    void aPacketWhoseIpv4ChecksumIsWrongIsLeftAlone() {
        for (int changed = 0; changed < 2; changed++) {
            byte[][] frames = {frame(0, LENGTH, ACK), frame(LENGTH, LENGTH, ACK)};
            frames[changed][SegmentFrames.IP_AT + 10] ^= 1;
            came(frames[0]);
            came(frames[1]);
            assertLeft(2);
            burst.free();
        }
    }

    /** Padding, a frame that was cut, and one without payload: what of them is true is for others to say. */
    @ParameterizedTest
    @ValueSource(ints = {LENGTH + 1, LENGTH - 1, 0, -1, -12, -13, -33, -52, -66})
    void aFrameOfAnotherLengthThanItSaysIsLeftAlone(int length) {
        for (int changed = 0; changed < 2; changed++) {
            byte[][] frames = {frame(0, LENGTH, ACK), frame(LENGTH, LENGTH, ACK)};
            frames[changed] = Arrays.copyOf(frames[changed], HEADERS + length);
            came(frames[0]);
            came(frames[1]);
            assertLeft(2);
            burst.free();
        }
    }

    @Test
    void segmentsWithoutPayloadStayAsTheyAre() {
        came(frame(0, 0, ACK));
        came(frame(0, 0, ACK));
        came(frame(0, LENGTH, ACK));
        came(frame(LENGTH, 0, ACK));
        assertLeft(4);
    }

    @Test
    void headersInSeveralMbufsAreLeftAlone() {
        came(frame(0, LENGTH, ACK));
        came(frame(LENGTH, LENGTH, ACK), HEADERS - 1);
        came(frame(2 * LENGTH, LENGTH, ACK));
        assertLeft(3);
    }

    /** Whoever else has it may be looking. */
    @Test
    void mbufsThatOthersHaveAreLeftAlone() {
        long first = came(frame(0, LENGTH, ACK));
        long second = came(frame(LENGTH, LENGTH, ACK));
        for (long shared : new long[] {first, second}) {
            Mbuf.refer(shared, 1);
            assertLeft(2);
            Mbuf.refer(shared, -1);
            one.add(pool.cloneOf(shared));
            assertLeft(2);
            one.free();
        }
        assertLeft(1);
        assertIsMerged(0, 0, 2 * LENGTH, ACK, LENGTH);
    }

    @Test
    void clonesAreLeftAlone() {
        MbufBurst originals = new MbufBurst(2);
        for (int i = 0; i < 2; i++) {
            originals.add(mbuf(frame(i * LENGTH, LENGTH, ACK), 0, HEADERS + LENGTH));
            burst.add(pool.cloneOf(originals.get(i)));
        }
        assertLeft(2);
        originals.free();
    }

    /** Where the host looks at checksums only those are merged of which the device says that they are right. */
    @Test
    void onlyWhatTheDeviceHasFoundRightIsMergedWhereChecksumsCount() {
        ReceiveMerge careful = new ReceiveMerge(false, LEAST, MOST);
        long[] verdicts = {0, BAD, PACKET_BAD | GOOD, GOOD, NONE};
        for (long verdict : verdicts) {
            for (int i = 0; i < 2; i++) {
                long mbuf = came(frame(i * LENGTH, LENGTH, ACK));
                Mbuf.memory().set(JAVA_LONG_UNALIGNED, mbuf + FLAGS, verdict);
            }
            careful.merge(burst);
            assertThat(burst.count()).as("flags %x", verdict).isEqualTo(verdict == GOOD || verdict == NONE ? 1 : 2);
            burst.free();
        }
    }

    @Test
    void aBurstThatIsTooLargeIsTheCallersMistake() {
        for (int i = 0; i <= ReceiveMerge.MOST; i++) {
            came(frame(0, 0, ACK));
        }
        assertThatThrownBy(() -> merge.merge(burst)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65 packets, legal is at most 64");
    }

    /** Whatever comes, nobody's payload gets to another place, and nothing is lost. */
    @Test
    void nothingIsLostOrMovedWhateverComes() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        long merged = 0;
        for (int round = 0; round < 3_000; round++) {
            int payload = comesAtRandom(random);
            int before = burst.count();
            merge.merge(burst);
            merged += before - burst.count();
            assertThat(payloadOfWhatIsLeft()).as("seed %d", seed).isEqualTo(payload);
            burst.free();
        }
        assertThat(merged).as("seed %d", seed).isGreaterThan(10_000);
    }

    /** Some frames are not next, some have a wrong bit anywhere but in their position; answers all their payload. */
    private int comesAtRandom(SplittableRandom random) {
        int position = random.nextInt();
        int payload = 0;
        for (int i = random.nextInt(40); i >= 0; i--) {
            int length = random.nextInt(8) == 0 ? random.nextInt(1_400) : LENGTH;
            byte[] frame = frame(position, length, random.nextInt(10) == 0 ? PSH : ACK);
            int wrong = random.nextInt(HEADERS);
            if (random.nextInt(6) == 0 && (wrong < SEQUENCE_AT || wrong >= SEQUENCE_AT + Integer.BYTES)) {
                frame[wrong] ^= (byte) (1 << random.nextInt(8));
            }
            came(frame);
            payload += length;
            position += random.nextInt(10) == 0 ? random.nextInt(2_000) : length;
        }
        return payload;
    }

    private int payloadOfWhatIsLeft() {
        int payload = 0;
        for (int i = 0; i < burst.count(); i++) {
            byte[] frame = bytesOf(burst.get(i));
            payload += frame.length - HEADERS;
            if (merge.segmentBytes(i) > 0) {
                MemorySegment memory = MemorySegment.ofArray(frame);
                int flags = TcpHeader.flags(memory, SegmentFrames.TCP_AT);
                assertThat(flags).isIn(ACK, PSH);
                assertIsSegment(frame, TcpHeader.sequence(memory, SegmentFrames.TCP_AT), frame.length - HEADERS, flags);
            }
        }
        return payload;
    }
}
