package org.netchannel.conformance.capture;

import java.util.Map;
import java.util.TreeMap;

/** Bytes of one direction, as ranges that don't touch: those that were put on a channel. */
final class Ranges {
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** Whether any of these bytes is there. */
    boolean meets(long from, long to) {
        Map.Entry<Long, Long> before = ends.lowerEntry(to);
        return before != null && before.getValue() > from;
    }

    void add(long from, long to) {
        long start = from;
        long end = to;
        for (Map.Entry<Long, Long> touching = ends.floorEntry(end);
                touching != null && touching.getValue() >= start;
                touching = ends.floorEntry(end)) {
            start = Math.min(start, touching.getKey());
            end = Math.max(end, touching.getValue());
            ends.remove(touching.getKey());
        }
        ends.put(start, end);
    }
}
