package org.netchannel.optimized;

import org.netchannel.traces.Reason;

/** What a host remembers of connections that it has no state for. */
final class Memory {
    /** Ids of connections that were here and are over (NC-HS-2). */
    final Remembered<Long, Boolean> gone;
    /** Ids that were refused, and why (NC-HS-2). */
    final Remembered<Long, Reason> refused;
    /** Ids that an RST named while they were unknown (NC-HS-7). */
    final Remembered<Long, Boolean> resetFirst;
    /** Every RST sent, by id and reason (NC-FAIL-2). */
    final Remembered<SentReset, Reset> sentResets;
    /** The RST UNKNOWN_CONNECTION sent last for an id (NC-HS-7). */
    final Remembered<Long, Answer> answers;

    /**
     * Two RSTs are one when id and reason are the same.
     *
     * @param connection the connection id
     * @param reason the tag
     */
    record SentReset(long connection, int reason) {}

    /**
     * An RST.
     *
     * @param connection the connection id
     * @param reason the tag
     * @param sourcePort this host's port
     * @param destinationPort the peer's port
     * @param ack the value it carries
     */
    record Reset(long connection, int reason, int sourcePort, int destinationPort, long ack) {}

    Memory(HostCore host) {
        long connectTimeout = host.settings.connectTimeoutNs();
        gone = remembered(host, connectTimeout);
        refused = remembered(host, connectTimeout);
        resetFirst = remembered(host, connectTimeout);
        sentResets = remembered(host, connectTimeout);
        answers = new Remembered<>(host.settings.acknowledgementDelayNs(), () -> capacity(host), answer -> {
            forgotten(host);
            answer.timer.stop();
        });
    }

    private static <K, V> Remembered<K, V> remembered(HostCore host, long forNs) {
        return new Remembered<>(forNs, () -> capacity(host), early -> forgotten(host));
    }

    private static int capacity(HostCore host) {
        return (int) host.limits.get(Limit.REMEMBERED);
    }

    private static void forgotten(HostCore host) {
        host.statistics.limited(Limited.FORGOTTEN_EARLY);
    }
}
