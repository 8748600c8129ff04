package org.netchannel.traces;

import java.util.Optional;

/** Why a connection was refused or reset: the tag of NCREFUSE and of RST (protocol.md section 2). */
public enum Reason {
    /** NCREFUSE 1: nobody listens on the port. */
    NO_LISTENER(PacketType.NCREFUSE, 1),
    /** NCREFUSE 2: the accept queue is full. */
    BACKLOG_FULL(PacketType.NCREFUSE, 2),
    /** NCREFUSE 3: the host's socket limit is reached. */
    LIMIT(PacketType.NCREFUSE, 3),
    /** RST 1: the application aborted. */
    ABORTED(PacketType.RST, 1),
    /** RST 2: the receiver knows no such connection (NC-HS-7). */
    UNKNOWN_CONNECTION(PacketType.RST, 2),
    /** RST 3: the application closed and reads no more (NC-FIN-4). */
    CLOSED(PacketType.RST, 3),
    /** RST 4: no channel of the class for a connect timeout (NC-FAIL-1). */
    CHANNEL_LOST(PacketType.RST, 4),
    /** RST 5: the peer is a later life of the host (NC-FAIL-3). */
    HOST_RESTARTED(PacketType.RST, 5),
    /** RST 6: the peer broke a rule. */
    PROTOCOL_ERROR(PacketType.RST, 6),
    /** RST 7: DATA beyond what was announced (NC-DATA-6). */
    BUFFER_EXCEEDED(PacketType.RST, 7),
    /** RST 8: the connect timeout passed (NC-HS-6). */
    TIMEOUT(PacketType.RST, 8);

    private final PacketType carrier;
    private final int tag;

    Reason(PacketType carrier, int tag) {
        this.carrier = carrier;
        this.tag = tag;
    }

    /**
     * The packet type whose tag says this reason.
     *
     * @return NCREFUSE or RST
     */
    public PacketType carrier() {
        return carrier;
    }

    /**
     * The reason's code in the tag field.
     *
     * @return 1 to 8
     */
    public int tag() {
        return tag;
    }

    /**
     * Finds the reason that a received packet states.
     *
     * @param carrier NCREFUSE or RST
     * @param tag the packet's tag
     * @return the reason, or empty when the tag is not in use
     */
    public static Optional<Reason> of(PacketType carrier, long tag) {
        for (Reason reason : values()) {
            if (reason.carrier == carrier && reason.tag == tag) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
