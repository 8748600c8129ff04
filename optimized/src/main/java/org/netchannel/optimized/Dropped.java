package org.netchannel.optimized;

/** Why something that arrived had no effect; each is counted, none is an error of the application's call. */
enum Dropped {
    /** Bytes that are no packet, or a packet that its channel must not carry; the channel failed (NC-HDR-2, -5). */
    MALFORMED,
    /** A type that is not in use, with a legal length (NC-HDR-3). */
    UNKNOWN_TYPE,
    /** A port pair that is not the connection's (NC-HDR-4). */
    PORT_MISMATCH,
    /** A field with a value that is not in use: connection id 0, a reason nobody knows. */
    MEANINGLESS,
    /** NCSYN with an id that was reset before it came (NC-HS-7). */
    LATE_NCSYN,
    /** A packet for a connection that is not there (NC-HS-7). */
    UNKNOWN_CONNECTION,
    /** A packet that its connection has no use for any more, or never had. */
    STALE,
    /** DATA of which every byte was received before (NC-DATA-4). */
    OLD_DATA
}
