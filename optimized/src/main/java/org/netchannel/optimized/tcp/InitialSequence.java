package org.netchannel.optimized.tcp;

import org.netchannel.optimized.hash.SipHash;

/**
 * Numbers that an attacker off the path must not foretell: initial sequence numbers (RFC 6528), offsets of timestamps
 * (RFC 7323, section 5.4), ephemeral ports (RFC 6056, section 3.3.3), and places in the table of connections.
 */
final class InitialSequence {
    /** One tick of M: four microseconds (RFC 9293, section 3.4.1). */
    private static final long TICK = 4_000;

    private final SipHash hash;

    InitialSequence(long firstKey, long secondKey) {
        hash = new SipHash(firstKey, secondKey);
    }

    /** ISN = M + F(both ends, key): unsigned 32 bits. */
    long of(Flow flow, long nowNs) {
        return Integer.toUnsignedLong((int) (nowNs / TICK + hash(flow, 1)));
    }

    /** What is added to the clock of a connection's timestamps. */
    int timestampOffset(Flow flow) {
        return (int) hash(flow, 2);
    }

    /** Where the search for a free port begins for this peer. */
    int portOffset(Flow flow) {
        return (int) hash(flow, 3) & Integer.MAX_VALUE;
    }

    /** The place in the table of connections. */
    int bucket(Flow flow) {
        return (int) hash(flow, 4);
    }

    private long hash(Flow flow, long purpose) {
        return hash.start().absorb(purpose).absorb(flow.localHigh()).absorb(flow.localLow())
                .absorb(flow.remoteHigh()).absorb(flow.remoteLow())
                .absorb((long) flow.localPort() << 16 | flow.remotePort()).finish();
    }
}
