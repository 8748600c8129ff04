package org.netchannel.optimized;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the writing thread of a {@link MemoryRing} owns, on cache lines of its own. */
abstract class MemoryRingWriter {
    long written;
    /** The last value seen of the reader's position. */
    long readSeen;
    @SuppressWarnings("unused") // keeps the reader's fields on another cache line
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13;
}

/** What the reading thread owns. */
abstract class MemoryRingReader extends MemoryRingWriter {
    long read;
    /** The last value seen of the writer's position. */
    long writtenSeen;
    @SuppressWarnings("unused") // keeps what comes after it on another cache line
    private long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, q10, q11, q12, q13;
}

/**
 * One direction of an in-memory channel: a ring of packets from one thread to one other. Payload is not copied: the
 * writer's reference to the segment becomes the reader's.
 */
final class MemoryRing extends MemoryRingReader {
    private static final VarHandle WRITTEN;
    private static final VarHandle READ;

    static {
        try {
            WRITTEN = MethodHandles.lookup().findVarHandle(MemoryRingWriter.class, "written", long.class);
            READ = MethodHandles.lookup().findVarHandle(MemoryRingReader.class, "read", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final OutgoingPacket[] slots;
    private final int mask;
    private volatile boolean writerClosed;
    private volatile boolean readerClosed;
    private final AtomicBoolean emptied = new AtomicBoolean();

    /**
     * An empty ring.
     *
     * @param packets how many it holds, a power of two
     */
    MemoryRing(int packets) {
        if (Integer.bitCount(packets) != 1) {
            throw new IllegalArgumentException("packets is " + packets + ", legal is a power of two");
        }
        slots = new OutgoingPacket[packets];
        mask = packets - 1;
        for (int i = 0; i < packets; i++) {
            slots[i] = new OutgoingPacket();
        }
    }

    /** Writer's thread. */
    boolean hasRoom() {
        if (readerClosed) {
            return false;
        }
        if (written - readSeen < slots.length) {
            return true;
        }
        readSeen = (long) READ.getAcquire(this);
        return written - readSeen < slots.length;
    }

    /** Writer's thread: copies the fields and takes over the reference. */
    void put(OutgoingPacket packet) {
        OutgoingPacket slot = slots[(int) written & mask];
        slot.copy(packet);
        slot.at = packet.at;
        slot.segment = packet.takePayload();
        WRITTEN.setRelease(this, written + 1);
    }

    /** Reader's thread: the first packet, which stays in its place until {@link #remove}, or null. */
    OutgoingPacket peek() {
        if (read == writtenSeen) {
            writtenSeen = (long) WRITTEN.getAcquire(this);
            if (read == writtenSeen) {
                return null;
            }
        }
        return slots[(int) read & mask];
    }

    /** Reader's thread. */
    void remove() {
        slots[(int) read & mask].segment = null;
        READ.setRelease(this, read + 1);
    }

    /** Writer's thread: nothing more will come. */
    void closeWriter() {
        writerClosed = true;
        emptyWhenLast();
    }

    /** Reader's thread: nothing more is wanted. */
    void closeReader() {
        empty();
        readerClosed = true;
        emptyWhenLast();
    }

    /** What the writer put in while the reader was closing is given back by the one that closes last. */
    private void emptyWhenLast() {
        if (writerClosed && readerClosed && emptied.compareAndSet(false, true)) {
            empty();
        }
    }

    private void empty() {
        for (OutgoingPacket packet = peek(); packet != null; packet = peek()) {
            if (packet.segment != null) {
                packet.segment.release();
            }
            remove();
        }
    }

    /** Any thread: either end has closed. */
    boolean isClosed() {
        return writerClosed || readerClosed;
    }
}
