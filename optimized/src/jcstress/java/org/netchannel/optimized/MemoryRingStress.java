package org.netchannel.optimized;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A ring of packets between one thread and one other. */
public class MemoryRingStress {
    private MemoryRingStress() {}

    private static OutgoingPacket packet(int offset, Segment segment) {
        OutgoingPacket packet = new OutgoingPacket();
        packet.offset = offset;
        packet.ack = ~offset;
        packet.segment = segment;
        return packet;
    }

    /** The reader sees packets whole, in order, each once; and the ring goes round. */
    @JCStressTest
    @Outcome(id = {"0, 0", "1, 0", "0, 1", "1, 2"}, expect = Expect.ACCEPTABLE, desc = "as far as they were there")
    @Outcome(expect = Expect.FORBIDDEN, desc = "torn, out of order, or twice")
    @State
    public static class Order {
        private final MemoryRing ring = new MemoryRing(2);

        /** Three packets have gone before, so that slots are used again. */
        public Order() {
            for (int i = 7; i < 10; i++) {
                ring.put(packet(i, null));
                ring.peek();
                ring.remove();
            }
        }

        /** Writes. */
        @Actor
        public void writer() {
            ring.put(packet(1, null));
            ring.put(packet(2, null));
        }

        /**
         * Reads.
         *
         * @param r what was read, 0 for nothing
         */
        @Actor
        public void reader(II_Result r) {
            r.r1 = read();
            r.r2 = read();
        }

        private int read() {
            OutgoingPacket packet = ring.peek();
            if (packet == null) {
                return 0;
            }
            int offset = packet.ack == ~packet.offset ? (int) packet.offset : -1;
            ring.remove();
            return offset;
        }
    }

    /** Whoever closes last gives back what is left: each reference once. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "given back")
    @Outcome(expect = Expect.FORBIDDEN, desc = "left over")
    @State
    public static class Closing {
        private final MemoryRing ring = new MemoryRing(2);
        private final Segment segment = Segment.unpooled(ByteBuffer.allocate(1));

        /** Nothing was written. */
        public Closing() {}

        /** Writes and closes. */
        @Actor
        public void writer() {
            ring.put(packet(1, segment));
            ring.closeWriter();
        }

        /** Closes. */
        @Actor
        public void reader() {
            ring.closeReader();
        }

        /**
         * Looks for a reference that is left.
         *
         * @param r how many
         */
        @Arbiter
        public void left(I_Result r) {
            r.r1 = SegmentStress.referencesLeft(segment);
        }
    }
}
