package org.netchannel.traces;

import java.util.Optional;

/** The packet types of protocol.md section 2, each with its code on the wire. */
public enum PacketType {
    /** First packet of each direction of every channel; identifies host and channel (NC-CH-2). */
    HELLO(1),
    /** Asks for a connection (NC-HS-1). */
    NCSYN(2),
    /** Accepts a connection (NC-HS-2). */
    NCSYN_ACK(3),
    /** Refuses a connection (NC-HS-2). */
    NCREFUSE(4),
    /** Carries bytes of one direction of a connection (NC-DATA-2). */
    DATA(5),
    /** Carries an acknowledgement alone (NC-DATA-5). */
    ACK(6),
    /** Asks the peer to put no new DATA on any channel (NC-HOL-4). */
    STOP(7),
    /** Answers STOP with {@code snd_nxt} (NC-HOL-5). */
    STOP_ACK(8),
    /** Ends a STOP (NC-HOL-7). */
    RESUME(9),
    /** Ends one direction at its final offset (NC-FIN-1). */
    FIN(10),
    /** Ends both directions at once (NC-RST-1). */
    RST(11),
    /** Last packet of each direction of a drained channel (NC-CH-5). */
    CHANNEL_CLOSE(12);

    private static final PacketType[] BY_CODE = new PacketType[13];

    static {
        for (PacketType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    PacketType(int code) {
        this.code = code;
    }

    /**
     * The type's code in the header.
     *
     * @return 1 to 12
     */
    public int code() {
        return code;
    }

    /**
     * Finds the type of a code read from the wire.
     *
     * @param code the header's type field, 0 to 255
     * @return the type, or empty when the code is not in use (NC-HDR-3)
     */
    public static Optional<PacketType> ofCode(int code) {
        return code >= 1 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
    }
}
