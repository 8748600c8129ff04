package org.netchannel.cli.proxy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What one half of the proxy has carried so far. Any thread calls. */
public final class Traffic {
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder carried = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();

    Traffic() {}

    void opened() {
        open.incrementAndGet();
        carried.increment();
    }

    void closed() {
        open.decrementAndGet();
    }

    void failed() {
        failed.increment();
    }

    void sent(int bytes) {
        bytesOut.add(bytes);
    }

    void received(int bytes) {
        bytesIn.add(bytes);
    }

    /**
     * Connections that are open now.
     *
     * @return how many
     */
    public int open() {
        return open.get();
    }

    /**
     * Connections that were opened, open or not.
     *
     * @return how many
     */
    public long carried() {
        return carried.sum();
    }

    /**
     * Connections for which the other end could not be reached, or that were reset.
     *
     * @return how many
     */
    public long failures() {
        return failed.sum();
    }

    @Override
    public String toString() {
        return String.format("%,d open, %,d carried, %,d failed; %,d bytes to the peer, %,d bytes back",
                open(), carried(), failures(), bytesOut.sum(), bytesIn.sum());
    }
}
