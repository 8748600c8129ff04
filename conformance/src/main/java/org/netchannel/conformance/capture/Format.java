package org.netchannel.conformance.capture;

/** What the bytes of a TCP stream are. */
public enum Format {
    /** Not known yet. */
    UNDECIDED,
    /** Packets of version 1 of the protocol. */
    NETCHANNEL,
    /** Packets of the public kernel prototype of the paper, with a header of 16 bytes. */
    PROTOTYPE,
    /** Something else. */
    OTHER
}
