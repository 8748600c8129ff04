package org.netchannel.optimized;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the payload of a packet lies: in one stretch of memory, or in several, as frames brought it. One thread uses
 * it; once it has had as many parts as ever come it allocates nothing, but where somebody wants them in one stretch.
 */
final class Payload {
    private Segment[] segments = new Segment[1];
    private int[] starts = new int[1];
    private int[] lengths = new int[1];
    private int parts;

    int parts() {
        return parts;
    }

    Segment segment(int part) {
        return segments[part];
    }

    /** Index of the first byte of a part in its segment. */
    int start(int part) {
        return starts[part];
    }

    int length(int part) {
        return lengths[part];
    }

    /** It goes on there. The reference of the segment, if there is one, stays whose it is. */
    void add(Segment segment, int start, int length) {
        if (parts == segments.length) {
            segments = Arrays.copyOf(segments, 2 * parts);
            starts = Arrays.copyOf(starts, 2 * parts);
            lengths = Arrays.copyOf(lengths, 2 * parts);
        }
        segments[parts] = segment;
        starts[parts] = start;
        lengths[parts++] = length;
    }

    /** So many more bytes lie behind the last part. */
    void extend(int more) {
        lengths[parts - 1] += more;
    }

    void readFrom(Payload other) {
        clear();
        for (int i = 0; i < other.parts; i++) {
            add(other.segments[i], other.starts[i], other.lengths[i]);
        }
    }

    /** One more who keeps it. */
    void retain() {
        for (int i = 0; i < parts; i++) {
            segments[i].retain();
        }
    }

    /** One less who keeps it, and it is of nothing. */
    void release() {
        for (int i = 0; i < parts; i++) {
            segments[i].release();
        }
        clear();
    }

    void clear() {
        Arrays.fill(segments, 0, parts, null);
        parts = 0;
    }

    /** A copy of it in one stretch. Allocates. */
    ByteBuffer copy() {
        ByteBuffer copy = ByteBuffer.allocate(Arrays.stream(lengths, 0, parts).sum());
        for (int i = 0, at = 0; i < parts; at += lengths[i++]) {
            copy.put(at, segments[i].bytes(), starts[i], lengths[i]);
        }
        return copy;
    }
}
