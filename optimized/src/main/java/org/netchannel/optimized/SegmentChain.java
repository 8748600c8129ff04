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
    /** What waits in front of the chain: bytes go behind it first, as far as there is room. Null for none. */
    private Segment waiting;
    private long waitingBytes;
    private int appended;
    private Segment first;
    private Segment last;
    private int length;

    SegmentChain(SegmentPool pool) {
        this.pool = pool;
        this.payloadCopy = pool.newPayloadCopy();
    }

    /** Bytes that were put, those behind what waits included. */
    int length() {
        return length;
    }

    /** How many of them lie behind what waits. */
    int appended() {
        return appended;
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

    /**
     * The bytes that come next follow others that no channel was given: they go behind those, and a new segment has
     * room for more of them the more wait, so that short writes that have to wait share packets. Until the chain is
     * taken they do not count, and what waits must not go.
     *
     * @param segment the last one of those, filled up to its length, which stays as it is; null for none
     * @param bytes how many wait
     */
    void goOnBehind(Segment segment, long bytes) {
        waiting = segment;
        waitingBytes = bytes;
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
        int copied = last == null ? putBehindWaiting(source, from, count) : 0;
        while (copied < count) {
            int room = last == null ? 0 : room(last) - last.length;
            if (room <= 0) {
                int wanted = Math.min(count - copied + following, Wire.MAX_PAYLOAD);
                Segment segment = waitingBytes == 0 ? pool.claim(wanted) : pool.claim(wanted, wanted + waitingBytes);
                if (segment == null) {
                    return copied;
                }
                add(segment);
            } else {
                int part = Math.min(room, count - copied);
                copy(source, from + copied, last, last.length, part);
                last.length += part;
                length += part;
                copied += part;
            }
        }
        return copied;
    }

    private int putBehindWaiting(ByteBuffer source, int from, int count) {
        if (waiting == null) {
            return 0;
        }
        int end = waiting.length + appended;
        int part = Math.clamp(room(waiting) - end, 0, count);
        copy(source, from, waiting, end, part);
        appended += part;
        length += part;
        return part;
    }

    private void copy(ByteBuffer source, int from, Segment target, int at, int count) {
        if (payloadCopy == null || count < AdaptiveCopy.LEAST || !source.isDirect()) {
            target.bytes().put(at, source, from, count);
        } else {
            payloadCopy.copy(memory(source), from, target.memory(), at, count);
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

    /**
     * Hands out the chain with its references, null when nothing is in it; it is empty after that, and nothing waits.
     */
    Segment take() {
        Segment chain = first;
        first = null;
        last = null;
        waiting = null;
        waitingBytes = 0;
        appended = 0;
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
