package org.netchannel.optimized;

import java.util.concurrent.atomic.AtomicReference;
import org.agrona.collections.Long2ObjectHashMap;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.MbufFrame;

/**
 * Segments whose bytes lie in frames of a device: payload is read where it was received. They are used again for the
 * same memory, so that in the end none is made. The link's thread lends them; any thread gives them back. So many are
 * lent at a time that frames can still come: whoever reads slowly gets copies.
 */
final class ReceivedSegments implements Segment.Owner {
    private static final int MOST_PART = 4;

    private final DpdkHost host;
    private final int most;
    /** Free ones by the address of their memory, linked; but for one address. */
    private final Long2ObjectHashMap<Segment> free = new Long2ObjectHashMap<>();
    /** That one: several frames that follow each other are often of the same memory. */
    private long currentBase;
    private Segment current;
    /** What was given back, linked; taken by the link's thread. */
    private final AtomicReference<Segment> back = new AtomicReference<>();
    private volatile boolean closed;
    private int lent;

    ReceivedSegments(DpdkHost host) {
        this.host = host;
        this.most = host.mbufs() / MOST_PART;
    }

    /**
     * A segment for the memory that a frame lies in, with a reference to the frame.
     *
     * @return null when enough are lent
     */
    Segment lend(MbufFrame frame) {
        if (lent >= most) {
            return null;
        }
        lent++;
        moveTo(frame.base());
        Segment segment = current;
        if (segment == null) {
            segment = new Segment(this, frame.bytes());
        } else {
            current = segment.next;
        }
        segment.claimed();
        segment.frame = frame;
        frame.retain();
        return segment;
    }

    private void moveTo(long base) {
        if (base != currentBase) {
            if (current != null) {
                free.put(currentBase, current);
            }
            currentBase = base;
            current = free.remove(base);
        }
    }

    @Override
    public void put(Segment segment) {
        Segment before;
        do {
            before = back.get();
            segment.next = before;
        } while (!back.compareAndSet(before, segment));
        if (closed) {
            giveBack();
        }
    }

    /** Frames of segments that nobody keeps any more are released. */
    synchronized int takeBack() {
        int count = 0;
        for (Segment segment = back.getAndSet(null); segment != null; count++) {
            Segment next = segment.next;
            MbufFrame frame = (MbufFrame) segment.frame;
            moveTo(frame.base());
            segment.next = current;
            current = segment;
            segment.frame = null;
            frame.release();
            segment = next;
        }
        lent -= count;
        return count;
    }

    /** The link's thread does nothing any more: who gives back the last ones releases their frames. */
    void close() {
        closed = true;
        giveBack();
    }

    private synchronized void giveBack() {
        takeBack();
        host.flush();
    }
}
