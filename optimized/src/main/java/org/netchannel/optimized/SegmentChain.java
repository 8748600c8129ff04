package org.netchannel.optimized;

import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.netchannel.optimized.dpdk.AdaptiveCopy;
import org.netchannel.optimized.tcp.wire.PayloadCopy;

/** Bytes of an application on their way into a socket: copied once, into linked segments. One thread calls. */
final class SegmentChain {
    private final SegmentPool pool;
    private final PayloadCopy payloadCopy;
    /** The buffer off the heap from which bytes were copied last, and all of its memory: the application's to keep. */
    private WeakReference<ByteBuffer> lastSource = new WeakReference<>(null);
    private WeakReference<MemorySegment> lastSourceMemory = new WeakReference<>(null);
    private int largestPayload = Wire.MAX_PAYLOAD;
    private Segment first;
    private Segment last;
    private int length;

    SegmentChain(SegmentPool pool) {
        this.pool = pool;
        this.payloadCopy = pool.newPayloadCopy();
    }

    /** Bytes in the chain. */
    int length() {
        return length;
    }

    /**
     * From now on segments are filled with whole packets of this size, unless what is left over is at least half of
     * one: it would be a packet of its own.
     *
     * @param bytes 1 to {@link Wire#MAX_PAYLOAD}
     */
    void fillWithPacketsOf(int bytes) {
        largestPayload = bytes;
    }

    /** How much of a segment is used. */
    private int room(Segment segment) {
        int capacity = Math.min(segment.capacity(), Wire.MAX_PAYLOAD);
        int rest = capacity % largestPayload;
        return capacity < largestPayload || rest >= largestPayload / 2 ? capacity : capacity - rest;
    }

    /**
     * Copies bytes; the buffer's position stays where it is.
     *
     * @param source has them
     * @param from index of the first one
     * @param count how many
     * @param following how many will come after these, from other buffers
     * @return how many were copied, less than asked for when the pool is empty
     */
    int put(ByteBuffer source, int from, int count, int following) {
        int copied = 0;
        while (copied < count) {
            int room = last == null ? 0 : room(last) - last.length;
            if (room <= 0) {
                Segment segment = pool.claim(Math.min(count - copied + following, Wire.MAX_PAYLOAD));
                if (segment == null) {
                    return copied;
                }
                add(segment);
            } else {
                int part = Math.min(room, count - copied);
                copyIntoLast(source, from + copied, part);
                last.length += part;
                length += part;
                copied += part;
            }
        }
        return copied;
    }

    private void copyIntoLast(ByteBuffer source, int from, int count) {
        if (payloadCopy == null || count < AdaptiveCopy.LEAST || !source.isDirect()) {
            last.bytes().put(last.length, source, from, count);
        } else {
            payloadCopy.copy(memory(source), from, last.memory(), last.length, count);
        }
    }

    /** Applications send from the same buffer again and again: then this allocates seldom. */
    private MemorySegment memory(ByteBuffer source) {
        MemorySegment memory = lastSourceMemory.get();
        if (memory == null || !lastSource.refersTo(source)) {
            memory = MemorySegment.ofBuffer(source.duplicate().clear());
            lastSource = new WeakReference<>(source);
            lastSourceMemory = new WeakReference<>(memory);
        }
        return memory;
    }

    private void add(Segment segment) {
        if (first == null) {
            first = segment;
        } else {
            last.next = segment;
        }
        last = segment;
    }

    /** Hands out the chain with its references, null when nothing is in it; it is empty after that. */
    Segment take() {
        Segment chain = first;
        first = null;
        last = null;
        length = 0;
        return chain;
    }

    /** Gives back linked segments that nobody takes; null for none. */
    static void release(Segment first) {
        for (Segment segment = first; segment != null; ) {
            Segment next = segment.next;
            segment.release();
            segment = next;
        }
    }
}
