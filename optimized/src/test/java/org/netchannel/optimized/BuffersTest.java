package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.traces.ChannelClass;

/** Send and receive buffer beside the plainest thing that does the same; nothing is left over at the end. */
class BuffersTest {
    private static final int BYTES = 2_000;

    private final SegmentPool segments = new SegmentPool(1 << 26, null);
    private final Pieces pieces = new Pieces(1 << 20);

    private Piece arrived(int offset, int length, int salt) {
        Segment segment = segments.claim(length);
        for (int i = 0; i < length; i++) {
            segment.bytes().put(i, (byte) (31 * (offset + i) + salt));
        }
        return pieces.of(offset, length, segment, 0);
    }

    /** The same as a packet that came in several parts. */
    private Piece packet(int offset, int length, int salt, SplittableRandom random) {
        Payload payload = new Payload();
        for (int at = 0; at < length; ) {
            int part = random.nextInt(1, length - at + 1);
            Segment segment = segments.claim(7 + part);
            for (int i = 0; i < part; i++) {
                segment.bytes().put(7 + i, (byte) (31 * (offset + at + i) + salt));
            }
            payload.add(segment, 7, part);
            at += part;
        }
        return pieces.of(offset, payload);
    }

    /** NC-HOL-1: its pieces are given back with it. */
    @Test
    void aPacketThatWaitsInPartsIsGivenBackAsAWhole() {
        ResponseQueue responses = new ResponseQueue();
        Piece packet = packet(0, 60, 0, new SplittableRandom(1));
        assertThat(pieces.inUse()).isGreaterThan(1);
        assertThat(packet.charge).isEqualTo(60);
        assertThat(packet.packetEnd()).isEqualTo(60);
        Channel channel = new Channel(1, ChannelClass.LATENCY, 1);
        packet.channel = channel;
        channel.charge = packet.charge;
        responses.add(packet);

        responses.clear(pieces);

        assertThat(packet.channel).isNull();
        assertThat(channel.charge).as("NC-CH-4").isZero();
        assertThat(pieces.inUse()).isZero();
        assertThat(segments.bytesInUse()).isZero();
    }

    /** NC-DATA-1, NC-DATA-4: what comes first counts, also where a copy has other bytes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void receiveBufferKeepsTheFirstOfEveryByteAndGivesThemInOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ReceiveBuffer buffer = new ReceiveBuffer(pieces, seed);
        byte[] expected = new byte[BYTES];
        BitSet here = new BitSet();
        while (buffer.read() < BYTES) {
            int offset = random.nextInt(BYTES);
            int length = random.nextInt(1, Math.min(60, BYTES - offset) + 1);
            int salt = random.nextInt(3);
            int missing = length - here.get(offset, offset + length).cardinality();
            assertThat(buffer.missing(offset, offset + length)).as("seed %d", seed).isEqualTo(missing);
            for (int i = here.nextClearBit(offset); i < offset + length; i = here.nextClearBit(i)) {
                expected[i] = (byte) (31 * i + salt);
                here.set(i);
            }
            buffer.store(packet(offset, length, salt, random));
            assertThat(buffer.inSequence()).as("seed %d", seed).isEqualTo(here.nextClearBit(0));
            assertThat(buffer.held()).as("seed %d", seed).isEqualTo(here.cardinality() - buffer.read());
            read(buffer, random.nextInt(100), expected);
        }
        assertThat(pieces.inUse()).isZero();
        assertThat(segments.bytesInUse()).isZero();
    }

    private static void read(ReceiveBuffer buffer, int most, byte[] expected) {
        long count = Math.min(most, buffer.readable());
        long at = buffer.read();
        for (Piece piece = buffer.firstReadable(); at < buffer.read() + count; piece = piece.next) {
            for (int i = 0; i < piece.length && at < buffer.read() + count; i++, at++) {
                assertThat(piece.segment.bytes().get(piece.at + i)).isEqualTo(expected[(int) at]);
            }
        }
        buffer.consume(count);
    }

    /** NC-RST-1. */
    @Test
    void whatIsNotInSequenceIsDroppedByAReset() {
        ReceiveBuffer buffer = new ReceiveBuffer(pieces, 1);
        buffer.store(arrived(0, 10, 0));
        buffer.store(arrived(20, 10, 0));
        buffer.dropOutOfSequence();
        assertThat(buffer.held()).isEqualTo(10);
        buffer.clear();
        assertThat(pieces.inUse()).isZero();
        assertThat(segments.bytesInUse()).isZero();
    }

    /** NC-DATA-2, NC-DATA-3, NC-FAIL-1: every byte reaches a channel that does not fail, once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void sendBufferHandsEveryByteToAChannelThatLives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SendBuffer buffer = new SendBuffer(pieces);
        Channel[] channels = new Channel[3];
        BitSet[] on = new BitSet[3];
        for (int i = 0; i < 3; i++) {
            channels[i] = new Channel(i, ChannelClass.LATENCY, i);
            on[i] = new BitSet();
        }
        while (buffer.unacknowledged() < BYTES) {
            int c = random.nextInt(3);
            switch (random.nextInt(6)) {
                case 0 -> {
                    int length = (int) Math.min(random.nextInt(1, 100), BYTES - buffer.written());
                    if (length > 0) {
                        buffer.write(segments.claim(length), length);
                    }
                }
                case 1, 2, 3 -> hand(buffer, channels[c], on, c, random.nextInt(1, 40), seed);
                case 4 -> {
                    buffer.takeBack(channels[c]);
                    on[c].clear();
                    assertThat(channels[c].unacknowledgedPieces).isZero();
                }
                default -> acknowledge(buffer, on, random);
            }
            assertThat(buffer.hasNew()).isEqualTo(buffer.handed() < buffer.written());
            assertThat(buffer.hasLost()).isEqualTo(union(on).cardinality() < buffer.handed() - buffer.unacknowledged());
        }
        assertThat(pieces.inUse()).isZero();
        assertThat(segments.bytesInUse()).isZero();
    }

    private static BitSet union(BitSet[] on) {
        BitSet union = new BitSet();
        for (BitSet bits : on) {
            union.or(bits);
        }
        return union;
    }

    private static void hand(SendBuffer buffer, Channel channel, BitSet[] on, int c, int largest, long seed) {
        if (buffer.hasLost() || buffer.hasNew()) {
            long expected = buffer.hasLost()
                    ? union(on).nextClearBit((int) buffer.unacknowledged()) : buffer.handed();
            Piece piece = buffer.next(largest);
            assertThat(piece.offset).as("seed %d", seed).isEqualTo(expected);
            assertThat(piece.length).isBetween(1, largest);
            assertThat(union(on).get((int) piece.offset, (int) piece.end()).isEmpty()).isTrue();
            on[c].set((int) piece.offset, (int) piece.end());
            buffer.hand(piece, channel);
        }
    }

    private static void acknowledge(SendBuffer buffer, BitSet[] on, SplittableRandom random) {
        long ack = random.nextLong(buffer.unacknowledged(), buffer.handed() + 1);
        buffer.acknowledge(ack);
        for (BitSet bits : on) {
            bits.clear(0, (int) ack);
        }
    }

    @Test
    void poolPushesBackWhenItsCapacityIsSpentAndGoesOnWhenSomethingComesBack() {
        SegmentPool small = new SegmentPool(2 * 4 * SegmentPool.LARGE, null);
        Segment[] claimed = new Segment[8];
        for (int i = 0; i < claimed.length; i++) {
            claimed[i] = small.claim(SegmentPool.LARGE);
            assertThat(claimed[i]).isNotNull();
        }
        assertThat(small.claim(SegmentPool.LARGE)).isNull();
        assertThat(small.claim(1)).isNull();
        claimed[3].retain();
        claimed[3].release();
        assertThat(small.claim(1)).isNull();
        claimed[3].release();
        assertThat(small.claim(1)).isSameAs(claimed[3]);
    }

    /** Asking again at every claim would be slow, and a pool that looks as if it could grow has writers spin. */
    @Test
    void poolWhoseMemoryIsUsedUpEarlyIsFullAndAsksNoMore() {
        int[] asked = {0};
        SegmentPool pool = new SegmentPool(1 << 24, (bytes, alignment) -> {
            if (asked[0]++ > 0) {
                throw new OutOfMemoryError("no more");
            }
            return Arena.ofAuto().allocate(bytes, alignment);
        });
        Segment first = pool.claim(SegmentPool.LARGE);
        while (pool.claim(SegmentPool.LARGE) != null) {
            assertThat(asked[0]).isEqualTo(1);
        }
        assertThat(pool.hasLarge()).isFalse();
        assertThat(pool.claim(1)).isNull();
        assertThat(asked[0]).isEqualTo(2);
        first.release();
        assertThat(pool.hasLarge()).isTrue();
        assertThat(pool.claim(SegmentPool.LARGE)).isSameAs(first);
    }
}
