package org.netchannel.conformance.capture;

/**
 * A TCP segment of a capture.
 *
 * @param timeNs when it was captured, in nanoseconds since 1970
 * @param from who sent it
 * @param to whom it was sent to
 * @param flags the TCP flags
 * @param sequence the sequence number, unsigned 32 bits
 * @param acknowledgement the acknowledgement number, unsigned 32 bits
 * @param length payload bytes it had on the wire
 * @param payload those of them that were captured, at most {@code length}
 */
record Segment(
        long timeNs, Address from, Address to, int flags, int sequence, int acknowledgement, int length,
        byte[] payload) {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;

    /**
     * One end of a TCP connection.
     *
     * @param host the IP address as text
     * @param port the TCP port
     */
    record Address(String host, int port) {
        @Override
        public String toString() {
            return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
        }
    }

    boolean fin() {
        return (flags & FIN) != 0;
    }

    boolean syn() {
        return (flags & SYN) != 0;
    }

    boolean rst() {
        return (flags & RST) != 0;
    }

    boolean acknowledges() {
        return (flags & ACK) != 0;
    }
}
