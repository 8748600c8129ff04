package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * A port of a network device, with queues for both directions. One thread at a time uses a queue; different ones may
 * use different queues. Everything else is for the thread that opened it, where nothing else is said.
 *
 * <p>A device may want to be reset: it stops, loses the frames that it has, and goes on as it was set up. Nobody may
 * use a queue meanwhile. Where several threads use queues, each of them {@linkplain #join joins}, asks {@link
 * #wantsReset} from time to time, and {@linkplain #keepAway keeps away} then: the last one to do so resets the port.
 */
public final class Port implements AutoCloseable {
    /** A reset that failed is tried again after so long. */
    private static final long RETRY_NS = 1_000_000_000;
    private static final int MOST_KEY = 255;
    private static final int MOST_ENTRIES = 2_048;

    private final int number;
    private final String name;
    private final PortSettings settings;
    private final MbufPool pool;
    private final IntSupplier detach;
    private final Offloads offloads;
    /** With which it began: a driver may make up another one whenever it is set up. */
    private final MemorySegment firstKey;
    private final LongAdder refused = new LongAdder();
    private final Set<Object> users = new HashSet<>();
    /** Those of them that use no queue until the port is reset. */
    private final Set<Object> away = new HashSet<>();
    private boolean connectsWhenStarted;
    private boolean zeroCopy;
    private boolean open = true;
    /** Written with this object locked. */
    private volatile long resets;
    private DpdkException resetFailure;
    private long notBeforeNs;

    private Port(int number, String name, PortSettings settings, MbufPool pool, IntSupplier detach) {
        this.number = number;
        this.name = name;
        this.settings = settings;
        this.pool = pool;
        this.detach = detach;
        this.offloads = Offloads.of(number);
        this.firstKey = key(number);
    }

    /**
     * Opens a device and starts it. Other stations' frames are received too where the device can do that.
     *
     * @param device which one
     * @param settings how
     * @param pool where the mbufs of received frames come from; it has to outlive the port
     * @return the port
     * @throws DpdkException when there is no such device, or it can't do what was asked for; nothing is left open then
     */
    public static Port open(Device device, PortSettings settings, MbufPool pool) throws DpdkException {
        Dpdk.require();
        try (DpdkLog log = new DpdkLog()) {
            try {
                int number = device.attach();
                Port port = start(number, device.toString(), settings, pool, () -> Shim.call("detach", number));
                port.connectsWhenStarted = device.connectsWhenStarted();
                port.zeroCopy = device.isZeroCopy();
                return port;
            } catch (DpdkException e) {
                throw e.explained(log);
            }
        }
    }

    /** Sets a port up that is there already; {@code detach} gives it back and answers as the shim does. */
    static Port start(int number, String name, PortSettings settings, MbufPool pool, IntSupplier detach)
            throws DpdkException {
        int result = Shim.call("watch_resets", number);
        if (result == 0) {
            result = begin(number, settings, pool, MemorySegment.NULL);
        }
        if (result < 0) {
            DpdkException refused = new DpdkException(name + " with " + settings, result);
            int detached = detach.getAsInt();
            if (detached < 0) {
                refused.addSuppressed(new DpdkException("giving back " + name, detached));
            }
            throw refused;
        }
        return new Port(number, name, settings, pool, detach);
    }

    private static int begin(int number, PortSettings settings, MbufPool pool, MemorySegment key) {
        int keyLength = (int) key.byteSize();
        int result = Shim.call("port_configure", number, settings.queues(), settings.descriptors(), settings.mtu(),
                Offloads.wantedOfReceived(), Offloads.wantedOfSent(), pool.address(), key.address(), keyLength);
        if (result == 0) {
            result = Shim.call("port_start", number);
        }
        if (result == 0) {
            // Not every device has it; those that don't receive everything.
            Shim.call("promiscuous", number);
            if (keyLength > 0) {
                // Who refuses delivers on other queues than before: that is slower, and not wrong.
                Shim.call("rss_set_key", number, key.address(), keyLength);
            }
        }
        return result;
    }

    /**
     * Takes frames that have arrived. Allocates nothing.
     *
     * @param queue 0 to queues - 1
     * @param burst gets the frames at its end, as many as it has room for
     * @return how many came
     */
    public int receive(int queue, MbufBurst burst) {
        int space = burst.space();
        int came = Shim.receive(number, queue, burst.end(space), space);
        burst.grow(came);
        return came;
    }

    /**
     * Hands frames to the device. What it takes is its own and no longer in the burst; what it does not take, because
     * its queue is full, stays in the burst; what it says it can't send is freed and counted. Allocates nothing.
     *
     * @param queue 0 to queues - 1
     * @param burst the frames, in the order in which they go
     * @return how many it took
     */
    public int send(int queue, MbufBurst burst) {
        int ready = burst.count();
        if (ready == 0) {
            // net_memif of later DPDKs looks at the first one, whether there is one or not.
            return 0;
        }
        if (offloads.makesChecksums()) {
            ready = Shim.prepare(number, queue, burst.address(), ready);
            if (ready == 0) {
                // It would stand in the way of all behind it, for ever.
                burst.freeFirst();
                refused.increment();
                return 1;
            }
        }
        int taken = Shim.send(number, queue, burst.address(), ready);
        burst.drop(taken);
        return taken;
    }

    /**
     * Has the device give back what it has sent, where it does that only when it is asked to send. Allocates nothing.
     *
     * @param queue 0 to queues - 1
     * @return whether it is such a device
     */
    public boolean collect(int queue) {
        if (zeroCopy) {
            Shim.send(number, queue, 0, 0);
        }
        return zeroCopy;
    }

    /**
     * Whether what is received is in the mbufs that the sender put it into, and not in those of the port's pool.
     *
     * @return true for net_ring
     * @throws DpdkException when the port is closed
     */
    public boolean handsOverMbufs() throws DpdkException {
        int handsOver = Shim.call("hands_over", number);
        check(handsOver, "what kind of device " + name + " is");
        return handsOver == 1;
    }

    /**
     * What it does instead of the host.
     *
     * @return as it was configured
     */
    public Offloads offloads() {
        return offloads;
    }

    /**
     * How many frames were dropped because the device can't do with them what it was asked for. Any thread.
     *
     * @return since it was opened
     */
    public long refused() {
        return refused.sum();
    }

    /**
     * Whether the link is up.
     *
     * @return as the device knows it now, without waiting
     */
    public boolean isUp() {
        return Shim.linkIsUp(number) == 1;
    }

    /**
     * Takes the link up or down.
     *
     * @param up which
     * @throws DpdkException when the device can't
     */
    public void setUp(boolean up) throws DpdkException {
        check(Shim.call("link_set", number, up ? 1 : 0), "the link of " + name);
    }

    /**
     * Whether a link that is down can come up again by a reset only. Any thread.
     *
     * @return true for the client of a net_memif, which looks for its server when it is started, and then never again;
     *     false where its server reads its memory, for then it can't be reset
     */
    public boolean connectsWhenStarted() {
        return connectsWhenStarted;
    }

    /**
     * Asks for a reset, as the device itself may do. No effect when the port is closed. Any thread.
     */
    public synchronized void requestReset() {
        if (open) {
            Shim.callVoid("want_reset", number);
        }
    }

    /**
     * Whether the device has asked for a reset, or somebody else has. Any thread; allocates nothing.
     *
     * @return false again when it was reset
     */
    public boolean wantsReset() {
        return Shim.resetWanted(number) == 1;
    }

    /**
     * Resets the device, and sets it up as it was, with the key that it had: connections come on the same queues as
     * before. Frames that it has are lost. Nobody may use a queue meanwhile.
     *
     * @throws DpdkException when the device refuses; it does not work then, and another reset may be tried. One whose
     *     peer reads our memory always does: its driver would never give back the mbufs that it has
     * @throws IllegalStateException when the port is closed
     */
    public synchronized void reset() throws DpdkException {
        if (!open) {
            throw new IllegalStateException(name + " is closed");
        }
        if (zeroCopy) {
            throw new DpdkException("a reset of " + name + ", which is zero-copy: close it and open it again");
        }
        int result = Shim.call("port_reset", number);
        if (result == 0) {
            result = begin(number, settings, pool, firstKey);
        }
        if (result < 0) {
            requestReset();
            throw new DpdkException("a reset of " + name, result);
        }
        resets++;
    }

    /** What DPDK calls it. */
    int number() {
        return number;
    }

    /**
     * How often it was reset. Any thread.
     *
     * @return since it was opened
     */
    public long resets() {
        return resets;
    }

    /**
     * Somebody will use a queue, and keep away when a reset is wanted. Any thread.
     *
     * @param user whoever it is
     */
    public synchronized void join(Object user) {
        users.add(user);
    }

    /**
     * Somebody will not use a queue any more. Any thread.
     *
     * @param user who has joined
     */
    public synchronized void leave(Object user) {
        users.remove(user);
        away.remove(user);
    }

    /**
     * A reset is wanted and the caller keeps away from its queue from now on, until it is told that it need not. When
     * all others keep away, too, the port is reset.
     *
     * @param user the caller, who has joined
     * @return whether the reset is over and the queue may be used; otherwise the caller asks again later
     * @throws DpdkException when the device refuses; that is tried again after a second
     */
    public synchronized boolean keepAway(Object user) throws DpdkException {
        if (!wantsReset()) {
            return true;
        }
        away.add(user);
        if (!away.containsAll(users)) {
            return false;
        }
        if (resetFailure != null && System.nanoTime() - notBeforeNs < 0) {
            throw resetFailure;
        }
        try {
            reset();
        } catch (DpdkException e) {
            resetFailure = e;
            notBeforeNs = System.nanoTime() + RETRY_NS;
            throw e;
        }
        resetFailure = null;
        away.clear();
        return true;
    }

    /**
     * The Ethernet address of the device.
     *
     * @return its six bytes in the low 48 bits, the first one highest
     * @throws DpdkException when it has none
     */
    public long mac() throws DpdkException {
        long mac = Shim.callLong("mac", number);
        check((int) Math.min(mac, 0), "the address of " + name);
        return mac;
    }

    /**
     * Largest frame without its Ethernet header.
     *
     * @return in bytes
     * @throws DpdkException when the device does not say
     */
    public int mtu() throws DpdkException {
        int mtu = Shim.call("mtu", number);
        check(mtu, "the MTU of " + name);
        return mtu;
    }

    /**
     * Whether the device can send from any memory of the process. Hardware can't, nor can a peer that reads our memory:
     * only from {@link EalMemory}.
     *
     * @return false for those
     * @throws DpdkException when the device is gone
     */
    public boolean readsAllMemory() throws DpdkException {
        int virtual = Shim.call("is_virtual", number);
        check(virtual, "the kind of " + name);
        return virtual == 1 && !zeroCopy;
    }

    /**
     * The key by which the device spreads TCP connections over its queues (RSS, Toeplitz).
     *
     * @return empty when it does not, or does not say
     */
    public byte[] rssKey() {
        return key(number).toArray(JAVA_BYTE);
    }

    private static MemorySegment key(int number) {
        MemorySegment key = Arena.ofAuto().allocate(MOST_KEY);
        int length = Shim.call("rss_key", number, key.address(), MOST_KEY);
        MemorySegment told = key.asSlice(0, Math.max(0, length));
        boolean isTold = told.mismatch(MemorySegment.ofArray(new byte[(int) told.byteSize()])) >= 0;
        return isTold ? told : MemorySegment.NULL;
    }

    /**
     * The queue of each hash by that key, modulo the length of the table.
     *
     * @return empty when the device has no such table
     */
    public int[] rssTable() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment table = arena.allocate(JAVA_INT, MOST_ENTRIES);
            int entries = Shim.call("rss_table", number, table.address(), MOST_ENTRIES);
            return table.asSlice(0, (long) Math.max(0, entries) * Integer.BYTES).toArray(JAVA_INT);
        }
    }

    /**
     * What the device counts.
     *
     * @return since it was opened
     * @throws DpdkException when it does not count
     */
    public PortStatistics statistics() throws DpdkException {
        return PortStatistics.of(number);
    }

    private static void check(int result, String what) throws DpdkException {
        if (result < 0) {
            throw new DpdkException(what, result);
        }
    }

    /**
     * Stops the device and gives it back. Frames that it still has go back to their pool. No effect when that was done,
     * or the device is gone.
     *
     * @throws UncheckedIOException when the device refuses, with a {@link DpdkException} that names it: it may still
     *     write into mbufs of its pool
     */
    @Override
    public synchronized void close() {
        if (!open) {
            return;
        }
        open = false;
        boolean gone = Shim.call("is_removed", number) == 1;
        int stopped = Shim.call("port_stop", number);
        // Whether it stopped or not: what can be given back is.
        int detached = detach.getAsInt();
        if (gone) {
            return;
        }
        try {
            checkUnlessGone(stopped, "stopping " + name);
            checkUnlessGone(detached, "giving back " + name);
        } catch (DpdkException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkUnlessGone(int result, String what) throws DpdkException {
        if (result != -Errno.ENODEV) {
            check(result, what);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
