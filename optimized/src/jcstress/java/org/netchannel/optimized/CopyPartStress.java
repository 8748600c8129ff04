package org.netchannel.optimized;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A part of a copy that its owner and a worker want to copy, by an entry left over or the new one (R29, R37). */
@JCStressTest
@Outcome(id = {"1, 7, 0", "2, 7, 0"}, expect = Expect.ACCEPTABLE, desc = "copied by one of them")
@Outcome(expect = Expect.FORBIDDEN, desc = "copied twice, by nobody, or something else; or counted wrong")
@State
public class CopyPartStress {
    private static final int OWNER = 1;
    private static final int WORKER = 2;

    private final CopyPart part = new CopyPart();
    private final CopyWorker worker = new CopyWorker();
    private final Segment segment = Segment.unpooled(ByteBuffer.allocate(1).put(0, (byte) 7));
    private final ByteBuffer target = ByteBuffer.allocate(1);
    private int owner;
    private int other;
    private int seen;

    /** The part was copied before, from and to other memory, and an entry of it is left over. */
    public CopyPartStress() {
        part.set(Segment.unpooled(ByteBuffer.allocate(1)), 0, ByteBuffer.allocate(1), 0, 1);
        worker.hand(part);
        part.begin();
        part.clear();
    }

    /** Hands it out, copies it if nobody else has begun, and waits until it is over. */
    @Actor
    public void owner() {
        part.set(segment, 0, target, 0, 1);
        worker.hand(part);
        if (part.begin()) {
            part.copy();
            owner = OWNER;
        }
        while (!part.isOver()) {
            Thread.onSpinWait();
        }
        seen = target.get(0);
    }

    /** Comes across both entries. */
    @Actor
    public void worker() {
        other = 0;
        for (int i = 0; i < 2; i++) {
            if (part.begin()) {
                part.copy();
                other += WORKER;
            }
        }
    }

    /**
     * Looks.
     *
     * @param r who has copied, what the owner has seen, and how many bytes still count as queued
     */
    @Arbiter
    public void end(III_Result r) {
        r.r1 = owner + other;
        r.r2 = seen;
        r.r3 = (int) worker.queuedBytes();
    }
}
