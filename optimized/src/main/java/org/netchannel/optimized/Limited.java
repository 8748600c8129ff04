package org.netchannel.optimized;

/** What a {@link Limit} has done to the peer; each is counted. */
enum Limited {
    /** NCREFUSE BACKLOG_FULL: the listener's accept queue is full (NC-HS-2). */
    CHILD_REFUSED_BACKLOG_FULL,
    /** NCREFUSE LIMIT: there are as many sockets as there may be (NC-HS-2). */
    CHILD_REFUSED_LIMIT,
    /** There are as many data channels as there may be. */
    DATA_CHANNEL_NOT_TAKEN,
    /** An old control channel had to go for a new one. */
    CONTROL_CHANNEL_REPLACED,
    /** A control channel on which too much waited. */
    CONTROL_CHANNEL_STUCK,
    /** A transport that had not said HELLO had to go for a new one. */
    STRANGER_REPLACED,
    /** A transport that said no HELLO, or said it too slowly. */
    STRANGER_SHOWN_OUT,
    /** Something of a connection that is over was forgotten early. */
    FORGOTTEN_EARLY,
    /** A connection that had the most memory when nobody got any. */
    CONNECTION_ABORTED_FOR_MEMORY
}
