package org.netchannel.traces;

/**
 * The payload of a HELLO (protocol.md section 2): who speaks, on which channel, and what it will accept.
 *
 * @param incarnation the sender's host incarnation, unsigned 64 bits (NC-FAIL-3)
 * @param channel the channel's number, unsigned 32 bits (NC-CH-2)
 * @param classCode the channel's class as on the wire; only 0, 1 and 2 are legal, see {@link ChannelClass}
 * @param largestPayload the largest payload that the sender accepts, unsigned 32 bits (NC-HDR-2)
 */
public record Hello(long incarnation, long channel, long classCode, long largestPayload) {
    /** Bytes of a HELLO's payload. */
    public static final int BYTES = 24;
}
