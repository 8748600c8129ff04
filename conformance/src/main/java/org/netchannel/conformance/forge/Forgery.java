package org.netchannel.conformance.forge;

/** The kinds of packets that the driver makes up, each with what it may do at most. */
public enum Forgery {
    /** A second copy of a packet that arrived before: old bytes, old epochs, old acknowledgements. */
    REPLAY(Effect.NONE, "NC-DATA-4"),
    /** Right bytes that were sent before, cut in another way. */
    RECUT(Effect.NONE, "NC-DATA-4"),
    /** DATA for a living connection whose ports differ, with bytes that nobody sent. */
    DATA_WITH_OTHER_PORTS(Effect.NONE, "NC-HDR-4"),
    /** FIN, RST, STOP or RESUME for a living connection whose ports differ. */
    CONTROL_WITH_OTHER_PORTS(Effect.NONE, "NC-HDR-4"),
    /** A type that is not in use, with a legal length. */
    UNKNOWN_TYPE(Effect.NONE, "NC-HDR-3"),
    /** A packet for a connection that nobody made. */
    UNKNOWN_CONNECTION(Effect.NONE, "NC-HS-7"),
    /** A connect that nobody made. */
    UNKNOWN_NCSYN(Effect.NONE, "NC-HS-2"),
    /** STOP, STOP_ACK or RESUME of epoch 0, which is before any. */
    EPOCH_BEFORE_ALL(Effect.NONE, "NC-HOL-5"),
    /** Bytes that are no packet: magic, version, or fewer than a header. */
    GARBAGE(Effect.FAILS_CHANNEL, "NC-HDR-2"),
    /** A length field that does not match the bytes, or that no packet may have. */
    BAD_LENGTH(Effect.FAILS_CHANNEL, "NC-HDR-2"),
    /** DATA one byte over the largest payload that the receiver announced. */
    OVER_LARGEST_PAYLOAD(Effect.FAILS_CHANNEL, "NC-HDR-2"),
    /** A payload on a type that has none. */
    PAYLOAD_WHERE_NONE_IS(Effect.FAILS_CHANNEL, "NC-HDR-2"),
    /** A control packet on a data channel. */
    CONTROL_ON_DATA(Effect.FAILS_CHANNEL, "NC-HDR-5"),
    /** DATA on a control channel. */
    DATA_ON_CONTROL(Effect.FAILS_CHANNEL, "NC-HDR-5"),
    /** The HELLO of an earlier life of the peer, first on its channel. */
    OLD_INCARNATION(Effect.FAILS_CHANNEL, "NC-FAIL-3"),
    /** DATA on a channel of the other class. */
    DATA_ON_OTHER_CLASS(Effect.HITS_CONNECTION, "NC-HDR-5"),
    /** An acknowledgement of bytes that were never sent. */
    ACK_OVER_SENT(Effect.HITS_CONNECTION, "NC-DATA-5"),
    /** A FIN with a final offset of its own. */
    OTHER_FINAL_OFFSET(Effect.HITS_CONNECTION, "NC-FIN-3"),
    /** DATA far beyond what may be sent, up to the end of the offsets. */
    DATA_BEYOND_BUFFER(Effect.HITS_CONNECTION, "NC-DATA-6"),
    /** STOP, STOP_ACK or RESUME of an epoch to come. */
    EPOCH_TO_COME(Effect.HITS_CONNECTION, "NC-HOL-5"),
    /** An RST with the connection's own ports. */
    RST(Effect.HITS_CONNECTION, "NC-RST-1"),
    /** The HELLO of a later life of the peer, first on its channel: every connection of the old one is over. */
    NEW_INCARNATION(Effect.RESTARTS_HOST, "NC-FAIL-3");

    /** What a forged packet may do at most. */
    public enum Effect {
        /** Nothing that an application or the link sees. */
        NONE,
        /** The channel it came on fails; no connection suffers. */
        FAILS_CHANNEL,
        /** Its connection may end, or stop. */
        HITS_CONNECTION,
        /** Every connection may end, and the link is of no use any more. */
        RESTARTS_HOST
    }

    private final Effect effect;
    private final String clause;

    Forgery(Effect effect, String clause) {
        this.effect = effect;
        this.clause = clause;
    }

    /**
     * What it may do.
     *
     * @return the most it may do
     */
    public Effect effect() {
        return effect;
    }

    /**
     * The clause that says so.
     *
     * @return its id
     */
    public String clause() {
        return clause;
    }
}
