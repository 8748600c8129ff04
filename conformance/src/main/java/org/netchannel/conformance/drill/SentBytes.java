package org.netchannel.conformance.drill;

import java.util.ArrayList;
import java.util.List;

/** What was seen of one stream of the host under test. */
final class SentBytes {
    private record Range(int channel, long from, long to) {}

    private final List<Range> ranges = new ArrayList<>();
    private long taken;
    private long highest;
    private long acknowledged;

    /** The host has taken bytes from its application. */
    void take(int bytes) {
        taken += bytes;
    }

    long taken() {
        return taken;
    }

    /** DATA was pulled. */
    void put(int channel, long from, long to) {
        ranges.add(new Range(channel, from, to));
        highest = Math.max(highest, to);
    }

    /** One past the highest byte pulled. */
    long highest() {
        return highest;
    }

    /** The host was told that bytes arrived. */
    void acknowledge(long ack) {
        acknowledged = Math.max(acknowledged, ack);
    }

    long acknowledged() {
        return acknowledged;
    }

    /** What was put on a channel that has failed may not have arrived. */
    void lose(int channel) {
        ranges.removeIf(range -> range.channel() == channel);
    }

    /** The first byte that is neither acknowledged nor on a channel that lives. */
    long firstMissing() {
        long next = Math.min(acknowledged, taken);
        boolean further = true;
        while (further) {
            long from = next;
            long to = ranges.stream()
                    .filter(range -> range.from() <= from && range.to() > from)
                    .mapToLong(Range::to).max().orElse(from);
            further = to > from;
            next = to;
        }
        return next;
    }
}
