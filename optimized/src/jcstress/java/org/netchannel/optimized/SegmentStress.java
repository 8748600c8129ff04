package org.netchannel.optimized;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Memory that several threads hold. */
public class SegmentStress {
    private SegmentStress() {}

    /** Takes references away until there is none. */
    static int referencesLeft(Segment segment) {
        int left = 0;
        while (true) {
            try {
                segment.release();
                left++;
            } catch (IllegalStateException e) {
                return left;
            }
        }
    }

    /** Parts of a segment go out on two channels of two threads: each has a position of its own. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "two views")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one view for both")
    @State
    public static class Views {
        private final Segment segment = Segment.unpooled(ByteBuffer.allocate(1));
        private ByteBuffer first;
        private ByteBuffer second;

        /** A view is there from before. */
        public Views() {
            segment.returnView(segment.lendView());
        }

        /** Borrows one. */
        @Actor
        public void oneTransfer() {
            first = segment.lendView();
        }

        /** Borrows one. */
        @Actor
        public void another() {
            second = segment.lendView();
        }

        /**
         * Compares.
         *
         * @param r 1 when both have the same
         */
        @Arbiter
        public void compare(I_Result r) {
            r.r1 = first == second ? 1 : 0;
        }
    }

    /** Two threads give back what they hold, and one of them takes one more before. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "all given back")
    @Outcome(expect = Expect.FORBIDDEN, desc = "left over")
    @State
    public static class References {
        private final Segment segment = Segment.unpooled(ByteBuffer.allocate(1));

        /** Two hold it. */
        public References() {
            segment.retain();
        }

        /** Gives one back. */
        @Actor
        public void oneHolder() {
            segment.release();
        }

        /** Takes one and gives two back. */
        @Actor
        public void another() {
            segment.retain();
            segment.release();
            segment.release();
        }

        /**
         * Looks for a reference that is left.
         *
         * @param r how many
         */
        @Arbiter
        public void left(I_Result r) {
            r.r1 = referencesLeft(segment);
        }
    }
}
