package org.netchannel.conformance.transfer;

/**
 * How far one process of a transfer is; each line it writes is one, as JSON.
 *
 * @param phase what it has come to
 * @param port the TCP port where it accepts, 0 where it dials
 * @param sent bytes of the file that its endpoint has taken
 * @param received bytes that have come
 * @param receivedSha256 of the bytes that came, in hexadecimal digits; empty before {@link Phase#DONE}
 * @param failure what went wrong, empty when nothing did
 * @param killedChannel the data channel that it broke on purpose, 0 for none
 * @param channelFailures how many channels have failed here
 * @param traceLines how many lines its trace has after the header
 */
record HostReport(
        Phase phase,
        int port,
        long sent,
        long received,
        String receivedSha256,
        String failure,
        int killedChannel,
        long channelFailures,
        long traceLines) {

    /** The phases, in their order. */
    enum Phase {
        /** Ready to be dialed, or about to dial. */
        READY,
        /** Under way; comes again and again. */
        MOVING,
        /** Its application is done, or has failed. The process keeps the link up for the other. */
        DONE,
        /** The trace is in its place. The last one. */
        CLOSED
    }
}
