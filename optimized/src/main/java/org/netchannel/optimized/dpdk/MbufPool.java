package org.netchannel.optimized.dpdk;

import java.lang.foreign.Arena;

/**
 * A pool of mbufs of one size. Its capacity is fixed. Any thread may allocate and free; a registered one does so from a
 * cache of its own.
 */
public final class MbufPool implements AutoCloseable {
    /** The most mbufs of a pool. */
    public static final int MOST = 1 << 22;

    private static final int CACHE = 256;
    private static final int LEAST_FOR_CACHE = 4 * CACHE;
    private static final int LARGEST_ROOM = 65_535;

    private final String name;
    private final int count;
    private final int headroom = Shim.call("headroom");
    private final int room;
    private long pool;

    private MbufPool(String name, int count, int room) {
        this.name = name;
        this.count = count;
        this.room = room;
    }

    /**
     * Makes a pool.
     *
     * @param name unique in the process, at most 25 letters
     * @param count how many mbufs, 1 to 4,194,304
     * @param bytes that each has room for behind its headroom
     * @return the pool
     * @throws DpdkException when DPDK is missing, or memory is
     */
    public static MbufPool create(String name, int count, int bytes) throws DpdkException {
        Dpdk.require();
        MbufPool made = new MbufPool(name, count, bytes);
        if (count < 1 || count > MOST || bytes < 64 || bytes + made.headroom > LARGEST_ROOM) {
            throw new IllegalArgumentException(count + " mbufs of " + bytes + " bytes; legal: 1 to " + MOST
                    + " of 64 to " + (LARGEST_ROOM - made.headroom));
        }
        try (Arena arena = Arena.ofConfined()) {
            made.pool = Shim.callLong("pool_create", Shim.text(arena, name), count,
                    count < LEAST_FOR_CACHE ? 0 : CACHE, bytes + made.headroom);
        }
        if (made.pool == 0) {
            throw new DpdkException("a pool of " + count + " mbufs of " + bytes + " bytes", Shim.call("last_error"));
        }
        return made;
    }

    /**
     * Fills up a burst with mbufs that have no data yet: all of them or none. Allocates nothing in Java.
     *
     * @param burst gets the mbufs at its end
     * @param more how many, at most what the burst has room for
     * @return whether the pool had as many
     */
    public boolean allocate(MbufBurst burst, int more) {
        if (Shim.allocate(pool, burst.end(more), more) != 0) {
            return false;
        }
        burst.grow(more);
        return true;
    }

    /**
     * Makes an mbuf for the same bytes as another one, without a copy.
     *
     * @param mbuf the other one
     * @return the mbuf, or 0 when this pool is empty
     */
    public long cloneOf(long mbuf) {
        return Shim.clone(mbuf, pool);
    }

    /**
     * How many mbufs nobody has.
     *
     * @return 0 to {@link #count()}
     */
    public int available() {
        return Shim.call("pool_available", pool);
    }

    /**
     * How many mbufs there are.
     *
     * @return as at creation
     */
    public int count() {
        return count;
    }

    /**
     * Bytes that an mbuf has room for behind its headroom.
     *
     * @return as at creation
     */
    public int room() {
        return room;
    }

    /**
     * Bytes in front of the data of a new mbuf, for headers.
     *
     * @return as DPDK was built
     */
    public int headroom() {
        return headroom;
    }

    long address() {
        return pool;
    }

    /** Gives the memory back; nobody may have an mbuf of it any more. */
    @Override
    public void close() {
        if (pool != 0) {
            Shim.callVoid("pool_free", pool);
            pool = 0;
        }
    }

    @Override
    public String toString() {
        return name + " (" + count + " mbufs of " + room + " bytes)";
    }
}
