package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryRingTest {
    private final SegmentPool segments = new SegmentPool(1 << 20, null);
    private final OutgoingPackets packets = new OutgoingPackets(1);

    private OutgoingPacket packet(long offset) {
        OutgoingPacket packet = packets.of(Wire.DATA, 1, 0, 1, offset, 0);
        packet.segment = segments.claim(1);
        return packet;
    }

    @Test
    void itHoldsAsManyAsItHasRoomFor() {
        MemoryRing ring = new MemoryRing(4);
        for (int i = 0; i < 4; i++) {
            assertThat(ring.hasRoom()).isTrue();
            ring.put(packet(i));
        }
        assertThat(ring.hasRoom()).isFalse();
        assertThat(ring.peek().offset).isZero();
        ring.remove();
        assertThat(ring.hasRoom()).isTrue();
        assertThat(ring.peek().offset).isEqualTo(1);
    }

    @Test
    void sizeIsAPowerOfTwo() {
        assertThatThrownBy(() -> new MemoryRing(3)).hasMessage("packets is 3, legal is a power of two");
    }

    @Test
    void packetsComeInOrderFromOneThreadToAnother() {
        MemoryRing ring = new MemoryRing(8);
        int count = 200_000;
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            OutgoingPacket packet = new OutgoingPacket();
            for (int i = 0; i < count; i++) {
                while (!ring.hasRoom()) {
                    Thread.onSpinWait();
                }
                packet.offset = i;
                packet.ack = ~i;
                ring.put(packet);
            }
        });
        for (int i = 0; i < count; i++) {
            OutgoingPacket next = ring.peek();
            while (next == null) {
                Thread.onSpinWait();
                next = ring.peek();
            }
            assertThat(next.offset == i && next.ack == ~i).isTrue();
            ring.remove();
        }
        writer.join();
    }

    /** Whoever closes first, and whatever was put in meanwhile, no segment is left over. */
    @Test
    void closingGivesEverySegmentBack() {
        for (boolean writerFirst : new boolean[] {true, false}) {
            MemoryRing ring = new MemoryRing(4);
            ring.put(packet(0));
            if (writerFirst) {
                ring.closeWriter();
                assertThat(ring.peek()).isNotNull();
                ring.closeReader();
            } else {
                ring.closeReader();
                assertThat(ring.hasRoom()).isFalse();
                ring.put(packet(1));
                ring.closeWriter();
            }
            assertThat(ring.isClosed()).isTrue();
            assertThat(segments.bytesInUse()).isZero();
        }
    }
}
