package org.netchannel.traces;

import java.util.Optional;

/** What a channel carries (protocol.md section 2, HELLO); the code is its form in a HELLO and in an NCSYN's tag. */
public enum ChannelClass {
    /** Control packets only (NC-CH-3). */
    CONTROL(0),
    /** DATA of LATENCY connections. */
    LATENCY(1),
    /** DATA of THROUGHPUT connections. */
    THROUGHPUT(2);

    private final int code;

    ChannelClass(int code) {
        this.code = code;
    }

    /**
     * The class's code on the wire.
     *
     * @return 0 to 2
     */
    public int code() {
        return code;
    }

    /**
     * Finds the class of a code read from the wire.
     *
     * @param code a HELLO's channel class or an NCSYN's tag, unsigned 32 bits
     * @return the class, or empty when the code is not in use
     */
    public static Optional<ChannelClass> ofCode(long code) {
        for (ChannelClass channelClass : values()) {
            if (channelClass.code == code) {
                return Optional.of(channelClass);
            }
        }
        return Optional.empty();
    }
}
