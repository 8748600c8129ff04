package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.dpdk.SegmentFrames.HEADERS;
import static org.netchannel.optimized.dpdk.SegmentFrames.IP_AT;
import static org.netchannel.optimized.dpdk.SegmentFrames.TCP_AT;
import static org.netchannel.optimized.dpdk.SegmentFrames.assertIsSegment;
import static org.netchannel.optimized.dpdk.SegmentFrames.bytesOf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.InternetChecksum;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.NetworkOrder;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** The packets that a large segment becomes where no device splits it. */
@ExtendWith(WithDpdk.class)
class LendPiecesTest {
    private static final int COUNT = 255;
    private static final int MOST = 8;
    private static final int BUFFER_BYTES = 1 << 17;
    private static final int POSITION = -5_000;
    private static final int FLAGS = TcpHeader.ACK | TcpHeader.PSH;
    private static final long REQUESTED = MbufLayout.offset("rte_mbuf.ol_flags", Long.BYTES);
    private static final long LENGTHS = MbufLayout.offset("rte_mbuf.tx_offload", Long.BYTES);

    private final MemorySegment header = Arena.ofAuto().allocate(128);
    private final FrameBuffer buffer = new PlainFramePool(Arena.ofAuto(), 1, BUFFER_BYTES).claim();
    private final MbufBurst packets = new MbufBurst(100);
    private final MbufBurst fresh = new MbufBurst(200);
    private MbufPool pool;
    private LentBuffers lent;

    @BeforeEach
    void open() throws DpdkException {
        pool = MbufPool.create("pieces-test", COUNT, 2_048);
        lent = LentBuffers.create("pieces-test", MOST);
        pool.allocate(fresh, 140);
    }

    @AfterEach
    void everythingComesBack() {
        packets.free();
        fresh.free();
        lent.takeBack();
        assertThat(lent.outstanding()).isZero();
        assertThat(buffer.isShared()).isFalse();
        assertThat(pool.available()).isEqualTo(COUNT);
        lent.close();
        pool.close();
    }

    /** So much of the payload is behind the header, the rest somewhere in the buffer. */
    private int lend(int inFront, int at, int length, int piece, ChecksumMaker maker) {
        byte[] frame = SegmentFrames.frame(POSITION, inFront, FLAGS);
        NetworkOrder.putShort(MemorySegment.ofArray(frame), IP_AT + 10, 0);
        MemorySegment.copy(MemorySegment.ofArray(frame), 0, header, 0, frame.length);
        for (int i = 0; i < length; i++) {
            buffer.memory().set(JAVA_BYTE, at + i, SegmentFrames.at(POSITION + inFront + i));
        }
        return lent.lendPieces(packets, fresh, header, frame.length, inFront, buffer, at, length, piece, maker);
    }

    private void assertPieces(int all, int piece) {
        int pieces = Math.ceilDiv(all, piece);
        assertThat(packets.count()).isEqualTo(pieces);
        for (int i = 0; i < pieces; i++) {
            int length = Math.min(piece, all - i * piece);
            assertIsSegment(bytesOf(packets.get(i)), POSITION + i * piece, length,
                    i == pieces - 1 ? FLAGS : TcpHeader.ACK);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 9000, 3000", "31, 0, 62592, 8948", "42, 17, 5001, 1001", "0, 70000, 60001, 1448",
            "31, 65537, 65400, 1448", "1, 131071, 1, 2", "0, 3, 2, 1"})
    void everyPieceHasItsHeaderAndItsPayload(int inFront, int at, int length, int piece) {
        assertThat(lend(inFront, at, length, piece, ChecksumMaker.HOST))
                .isEqualTo(Math.ceilDiv(inFront + length, piece));
        assertPieces(inFront + length, piece);
        for (int i = 0; i < packets.count(); i++) {
            assertThat(SegmentFrames.isIntact(bytesOf(packets.get(i)))).as("piece %d", i).isTrue();
        }
    }

    @Test
    void checksumsOfTcpAreLeftOutWhereNobodyLooks() {
        lend(31, 0, 5_000, 1_000, ChecksumMaker.NOBODY);
        assertPieces(5_031, 1_000);
        assertThat(SegmentFrames.isIntact(bytesOf(packets.get(1)))).isFalse();
    }

    /** As {@link SegmentOffload} asks for those of a packet that is not a piece. */
    @Test
    void deviceIsAskedForTheChecksumsOfEachPiece() {
        lend(31, 0, 5_000, 1_000, ChecksumMaker.DEVICE);
        long mbuf = fresh.removeLast();
        for (int i = 0; i < packets.count(); i++) {
            long packet = packets.get(i);
            byte[] bytes = bytesOf(packet);
            MemorySegment frame = MemorySegment.ofArray(bytes);
            SegmentOffload.requestChecksums(mbuf, true, TcpHeader.bytes(frame, TCP_AT));
            assertThat(MbufLayout.flags(packet)).isEqualTo(MbufLayout.flags(mbuf));
            assertThat(field(packet, LENGTHS)).isEqualTo(field(mbuf, LENGTHS));
            assertThat(NetworkOrder.getShort(frame, IP_AT + 10)).isZero();
            assertThat(NetworkOrder.getShort(frame, TCP_AT + 16)).as("sum of the pseudo header")
                    .isEqualTo(InternetChecksum.fold(Ipv4Header.pseudoHeader(Ipv4Header.source(frame, IP_AT),
                            Ipv4Header.destination(frame, IP_AT), bytes.length - TCP_AT)));
        }
        Mbuf.memory().set(JAVA_LONG_UNALIGNED, mbuf + REQUESTED, 0);
        fresh.add(mbuf);
    }

    private static long field(long mbuf, long offset) {
        return Mbuf.memory().get(JAVA_LONG_UNALIGNED, mbuf + offset);
    }

    @Test
    void theBufferComesBackWithTheLastPiece() {
        lend(0, 0, 3_000, 1_000, ChecksumMaker.HOST);
        for (int i = 0; i < 3; i++) {
            assertThat(lent.takeBack()).isZero();
            assertThat(buffer.isShared()).isTrue();
            packets.freeFirst();
        }
        assertThat(lent.takeBack()).isEqualTo(1);
        assertThat(buffer.isShared()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ChecksumMaker.class)
    void asManyLoansAsMayBeAreMadeAndMadeAgain(ChecksumMaker maker) {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < MOST; i++) {
                assertThat(lent.hasRoom()).isTrue();
                lend(0, 0, 2_000, 1_000, maker);
            }
            assertThat(lent.hasRoom()).isFalse();
            packets.free();
            assertThat(lent.takeBack()).isEqualTo(MOST);
            pool.allocate(fresh, 4 * MOST);
        }
    }

    /** What the receiver in the same process makes of them again: one mbuf shows the sender's memory. */
    @Test
    void whatIsMergedAgainIsInOneMbuf() {
        lend(31, 0, 62_592, 8_948, ChecksumMaker.NOBODY);
        new ReceiveMerge(true, 1_024, 64).merge(packets);
        assertThat(packets.count()).isEqualTo(1);
        long packet = packets.get(0);
        assertIsSegment(bytesOf(packet), POSITION, 62_623, FLAGS);
        assertThat(Mbuf.segments(packet)).isEqualTo(2);
        assertThat(Mbuf.data(Mbuf.next(packet))).isEqualTo(buffer.memory().address());
        assertThat(Mbuf.length(Mbuf.next(packet))).isEqualTo(62_592);
        lent.takeBack();
        assertThat(lent.outstanding()).isEqualTo(1);
    }

    /** However short the pieces are: they need no mbufs. */
    @Test
    void shortPiecesAreMergedWhereOneMbufShowsThem() {
        lend(31, 0, 40_000, 1_448, ChecksumMaker.NOBODY);
        new ReceiveMerge(true, 2_048, 2).merge(packets);
        assertThat(packets.count()).isEqualTo(1);
        assertIsSegment(bytesOf(packets.get(0)), POSITION, 40_031, FLAGS);
    }

    @Test
    void whatDoesNotLieRightBehindStaysInItsMbuf() {
        lend(0, 0, 4_000, 2_000, ChecksumMaker.NOBODY);
        long second = Mbuf.next(packets.get(1));
        MbufLayout.set(second, MbufLayout.dataOffset(second) + 1, Mbuf.length(second));
        new ReceiveMerge(true, 1_024, 64).merge(packets);
        assertThat(packets.count()).isEqualTo(1);
        assertThat(Mbuf.segments(packets.get(0))).isEqualTo(3);
    }

    /** Two loans of one buffer, side by side: an mbuf stands for one of them only. */
    @Test
    void neighboursOfDifferentLoansStayInTheirMbufs() {
        lend(0, 0, 4_000, 2_000, ChecksumMaker.NOBODY);
        int second = packets.count();
        lend(0, 4_000, 4_000, 2_000, ChecksumMaker.NOBODY);
        for (int i = 0; i < 4; i++) {
            long data = Mbuf.data(packets.get(i));
            NetworkOrder.putInt(Mbuf.memory(), data + TCP_AT + 4, POSITION + i * 2_000);
            NetworkOrder.putByte(Mbuf.memory(), data + TCP_AT + 13, TcpHeader.ACK);
        }
        assertThat(second).isEqualTo(2);
        new ReceiveMerge(true, 1_024, 64).merge(packets);
        assertThat(packets.count()).isEqualTo(1);
        assertThat(Mbuf.segments(packets.get(0))).isEqualTo(3);
    }
}
