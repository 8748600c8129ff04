package org.netchannel.bench.speed;

/** What samples measure, with its unit. */
public enum Quantity {
    /** Bytes of applications that arrived and were checked, in Gbit/s. */
    GBIT_PER_SECOND("Gbit/s", 1),
    /** Messages that arrived and were checked, a second. */
    MESSAGES_PER_SECOND("messages/s", 0),
    /** Segments of TCP with payload that arrived, a second. */
    SEGMENTS_PER_SECOND("segments/s", 0),
    /** Half of all round trips took at most so many microseconds. */
    P50_MICROSECONDS("us, p50", 1),
    /** All but one in a thousand round trips took at most so many microseconds. */
    P999_MICROSECONDS("us, p99.9", 1),
    /** Processor time of a packet on both sides, in nanoseconds. */
    NANOSECONDS_PER_PACKET("ns/packet", 0),
    /** Memory that a connection takes at one host when nothing waits in its buffers. */
    BYTES_PER_CONNECTION("bytes/connection", 0),
    /** What was allocated on the heap for each packet, on both sides. */
    ALLOCATED_BYTES_PER_PACKET("bytes allocated/packet", 3);

    private final String unit;
    private final int digits;

    Quantity(String unit, int digits) {
        this.unit = unit;
        this.digits = digits;
    }

    /**
     * A value as people read it.
     *
     * @param value in this quantity's unit
     * @return without the unit
     */
    public String text(double value) {
        return String.format("%,." + digits + "f", value);
    }

    /**
     * The unit.
     *
     * @return as it stands behind a value
     */
    public String unit() {
        return unit;
    }
}
