package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A few mbufs, as the calls of DPDK take and give them. An mbuf is its address. One thread uses a burst; nothing here
 * allocates once it is made. A wrong index is an exception; an address that is none ends the process.
 */
public final class MbufBurst {
    /** How many mbufs DPDK's drivers like at a time. */
    public static final int USUAL = 32;

    private final MemorySegment mbufs;
    private final int capacity;
    private int count;

    /**
     * An empty burst.
     *
     * @param capacity most mbufs in it
     */
    public MbufBurst(int capacity) {
        this.capacity = capacity;
        mbufs = Arena.ofAuto().allocate(JAVA_LONG, capacity);
    }

    /**
     * How many mbufs are in it.
     *
     * @return 0 to its capacity
     */
    public int count() {
        return count;
    }

    /**
     * How many more it takes.
     *
     * @return 0 to its capacity
     */
    public int space() {
        return capacity - count;
    }

    /**
     * One of the mbufs.
     *
     * @param index 0 to count - 1
     * @return its address
     */
    public long get(int index) {
        if (index >= count) {
            throw new IndexOutOfBoundsException(index);
        }
        return mbufs.getAtIndex(JAVA_LONG, index);
    }

    /**
     * Puts an mbuf at the end.
     *
     * @param mbuf its address
     */
    public void add(long mbuf) {
        mbufs.setAtIndex(JAVA_LONG, count, mbuf);
        count++;
    }

    /**
     * Takes the last one out.
     *
     * @return its address
     */
    public long removeLast() {
        long last = get(count - 1);
        count--;
        return last;
    }

    /** Takes the last ones out: they are where {@link #end} says until others are added. */
    void removeLast(int less) {
        if (less > count) {
            throw new IndexOutOfBoundsException(less + " of " + count);
        }
        count -= less;
    }

    /** Forgets all of them: they belong to somebody else now. */
    public void clear() {
        count = 0;
    }

    /** Gives all of them back to their pools, but what others still refer to. */
    public void free() {
        Shim.free(mbufs.address(), count);
        count = 0;
    }

    /**
     * Forgets the first ones, which belong to somebody else now; those behind them move up.
     *
     * @param taken how many
     */
    public void drop(int taken) {
        if (taken < count) {
            MemorySegment.copy(mbufs, JAVA_LONG, (long) taken * Long.BYTES, mbufs, JAVA_LONG, 0, (long) count - taken);
        }
        count -= taken;
    }

    /** Gives the first one back to its pool, but what others still refer to; those behind it move up. */
    void freeFirst() {
        Shim.free(mbufs.address(), 1);
        drop(1);
    }

    /** Where more mbufs are to be written. */
    long end(int more) {
        if (more > space()) {
            throw new IllegalArgumentException(more + " more than " + count + " of " + capacity);
        }
        return mbufs.address() + (long) count * Long.BYTES;
    }

    /** Only so many of the first ones are in it any more. */
    void shrink(int left) {
        count = left;
    }

    void grow(int more) {
        count += more;
    }

    long address() {
        return mbufs.address();
    }
}
