package org.netchannel.optimized.dpdk.host;

import java.util.SplittableRandom;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufPool;

/**
 * Loses, repeats and swaps frames on their way to and from a device. What is to happen to a frame follows from the seed
 * and from how many came before it; one that is held back is overtaken by those only that come before the device has
 * nothing more. One thread calls.
 */
public final class FaultyDevice extends ForwardingDevice {
    private static final int SHARES = 1_000_000;
    /** So many frames overtake one that is held back. */
    private static final int OVERTAKING = 3;
    /** A frame of the usual MTU. */
    private static final int LARGEST_REPEATED = 1_514;
    private static final int RECEIVED = 24;
    private static final int SENT = 256;

    private final MbufPool pool;
    private final MbufBurst in = new MbufBurst(RECEIVED);
    private final MbufBurst out = new MbufBurst(2 * SENT + 1);
    private final MbufBurst lost = new MbufBurst(SENT);
    private final Direction incoming;
    private final Direction outgoing;
    private int loss;
    private int reordering;
    private int duplication;

    /**
     * Changes nothing until it is told to.
     *
     * @param device whose frames
     * @param pool for frames that come twice
     * @param seed decides which frames
     */
    public FaultyDevice(FrameDevice device, MbufPool pool, long seed) {
        super(device);
        this.pool = pool;
        SplittableRandom random = new SplittableRandom(seed);
        incoming = new Direction(random.split());
        outgoing = new Direction(random.split());
    }

    /** What happens to frames from now on, in parts of a million, and nothing is counted yet. */
    public void set(int lossShare, int reorderingShare, int duplicationShare) {
        loss = lossShare;
        reordering = reorderingShare;
        duplication = duplicationShare;
        incoming.count = 0;
        outgoing.count = 0;
    }

    /** How many frames that arrived were lost, repeated or overtaken. */
    public long incoming() {
        return incoming.count;
    }

    /** How many frames that were sent were. */
    public long outgoing() {
        return outgoing.count;
    }

    @Override
    public int receive(MbufBurst burst) {
        if (burst.space() < 2 * RECEIVED + 1) {
            return 0;
        }
        if (outgoing.mayRelease(out)) {
            flush();
        }
        int came = device.receive(in);
        if (in.count() == 0) {
            incoming.release(burst);
        }
        incoming.pass(in, burst);
        return came;
    }

    @Override
    public int send(MbufBurst burst) {
        flush();
        if (out.count() > 0) {
            return 0;
        }
        int count = burst.count();
        outgoing.pass(burst, out);
        flush();
        return count;
    }

    private void flush() {
        if (out.count() > 0) {
            device.send(out);
        }
    }

    @Override
    public void leave() {
        incoming.release(lost);
        outgoing.release(lost);
        lost.free();
        out.free();
        device.leave();
    }

    /** One way. */
    private final class Direction {
        private final SplittableRandom random;
        private long held;
        private int overtaken;
        private long count;

        private Direction(SplittableRandom random) {
            this.random = random;
        }

        private boolean happens(int share) {
            return random.nextInt(SHARES) < share;
        }

        private void pass(MbufBurst from, MbufBurst to) {
            for (int i = 0; i < from.count(); i++) {
                pass(from.get(i), to);
            }
            from.clear();
            lost.free();
        }

        private void pass(long mbuf, MbufBurst to) {
            boolean loses = happens(loss);
            boolean holdsBack = happens(reordering);
            boolean repeats = happens(duplication);
            if (loses) {
                count++;
                lost.add(mbuf);
            } else if (held == 0 && holdsBack) {
                held = mbuf;
                overtaken = 0;
            } else {
                to.add(mbuf);
                repeat(repeats && mayComeTwice(mbuf) ? pool.cloneOf(mbuf) : 0, to);
                if (++overtaken >= OVERTAKING) {
                    release(to);
                }
            }
        }

        private void repeat(long again, MbufBurst to) {
            if (again != 0) {
                count++;
                to.add(again);
            }
        }

        /**
         * Not what the device is to split: rte_gso of DPDK 22.11 gives the flags of the first mbuf to those it makes,
         * also the one that says that it is a clone, and they are freed as such.
         */
        private boolean mayComeTwice(long mbuf) {
            return Mbuf.packetLength(mbuf) <= LARGEST_REPEATED;
        }

        /** Whether nothing else waits, so that what is held back goes on now. */
        private boolean mayRelease(MbufBurst to) {
            if (to.count() == 0) {
                release(to);
            }
            return to.count() > 0;
        }

        private void release(MbufBurst to) {
            if (held != 0) {
                count += overtaken > 0 ? 1 : 0;
                to.add(held);
                held = 0;
            }
        }
    }
}
