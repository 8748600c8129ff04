package org.netchannel.conformance.capture;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * One direction of a TCP stream: puts segments in order, drops what came twice, and knows when something is missing
 * from the capture. Holds at most {@value #MAX_HELD} bytes.
 */
final class Reassembly {
    /** So many bytes may wait for one that is missing. */
    static final int MAX_HELD = 8 << 20;
    /** So many may wait in all directions together. */
    static final int MAX_HELD_TOGETHER = 128 << 20;

    private final Together together;
    private final TreeMap<Long, byte[]> held = new TreeMap<>();
    private boolean begun;
    private boolean fromTheBeginning;
    private long next;
    private long heldBytes;
    private long end = Long.MAX_VALUE;

    /** What all directions of a capture hold. */
    static final class Together {
        private long bytes;
    }

    Reassembly(Together together) {
        this.together = together;
    }

    /** Takes the bytes of the direction, in order. */
    interface Sink {
        void take(byte[] bytes, int from, int to) throws IOException;
    }

    /** What a segment did. */
    enum Result {
        /** Nothing is missing so far. */
        WHOLE,
        /** Bytes are missing that this direction can't go on without. */
        HOLE
    }

    /** The segment that opens the direction; one that comes again changes nothing. */
    void open(int sequence) {
        if (!begun) {
            begun = true;
            fromTheBeginning = true;
            next = Integer.toUnsignedLong(sequence) + 1;
        }
    }

    /** Whether the direction's first segment was captured. */
    boolean isFromTheBeginning() {
        return fromTheBeginning;
    }

    /** Whether every byte up to the sender's FIN was seen. */
    boolean isOver() {
        return begun && next >= end;
    }

    /** Where a sequence number is, near the ones that are next. */
    private long unwrapped(int sequence) {
        return next + (sequence - (int) next);
    }

    /**
     * Takes a segment.
     *
     * @param segment of this direction
     * @param sink takes what is in order now
     */
    Result add(Segment segment, Sink sink) throws IOException {
        if (!begun) {
            begun = true;
            next = Integer.toUnsignedLong(segment.sequence());
        }
        long start = unwrapped(segment.sequence()) + (segment.syn() ? 1 : 0);
        if (segment.fin()) {
            end = Math.min(end, start + segment.length());
        }
        byte[] payload = segment.payload();
        if (payload.length > 0 && start + payload.length > next) {
            hold(start, payload);
        }
        release(sink);
        // Cut off by the one who captured: what is missing comes no more, unless it is sent again.
        boolean cutOff = payload.length < segment.length() && start <= next && start + segment.length() > next;
        boolean tooMuch = heldBytes > MAX_HELD || together.bytes > MAX_HELD_TOGETHER && heldBytes > 0;
        return cutOff || tooMuch ? Result.HOLE : Result.WHOLE;
    }

    private void hold(long start, byte[] payload) {
        byte[] there = held.get(start);
        if (there == null || there.length < payload.length) {
            held.put(start, payload);
            count(payload.length - (there == null ? 0 : there.length));
        }
    }

    private void release(Sink sink) throws IOException {
        for (Map.Entry<Long, byte[]> first = held.firstEntry();
                first != null && first.getKey() <= next;
                first = held.firstEntry()) {
            held.pollFirstEntry();
            byte[] bytes = first.getValue();
            count(-bytes.length);
            int from = (int) Math.min(bytes.length, next - first.getKey());
            if (from < bytes.length) {
                next += bytes.length - from;
                sink.take(bytes, from, bytes.length);
            }
        }
    }

    /** Whether the receiver has bytes that the capture doesn't have: it acknowledges them. */
    boolean isBeyond(int acknowledgement) {
        if (!begun) {
            return false;
        }
        long acknowledged = unwrapped(acknowledgement);
        // The FIN takes a sequence number of its own.
        return acknowledged > (end == next ? next + 1 : next);
    }

    /** Nothing that is held is needed any more. */
    void drop() {
        held.clear();
        count(-heldBytes);
    }

    private void count(long bytes) {
        heldBytes += bytes;
        together.bytes += bytes;
    }
}
