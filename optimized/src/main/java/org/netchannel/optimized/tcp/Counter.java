package org.netchannel.optimized.tcp;

/** What a host counts. Whatever it drops is in one of these. */
public enum Counter {
    /** Segments received and handed to a connection or a listener. */
    SEGMENTS_RECEIVED,
    /** Segments sent, retransmissions among them. */
    SEGMENTS_SENT,
    /** Large segments given to the device, or the shim, to be split; what comes of them counts as sent. */
    LARGE_SEGMENTS,
    /** Segments that were sent again. */
    RETRANSMISSIONS,
    /** Expiries of a retransmission timer. */
    TIMEOUTS,
    /** Times that a connection has begun to recover a loss without a timeout. */
    RECOVERIES,
    /** Probes of a window that was shut. */
    WINDOW_PROBES,
    /** Probes of an idle peer. */
    KEEP_ALIVE_PROBES,
    /** RST segments sent. */
    RESETS_SENT,
    /** RST segments that ended a connection. */
    RESETS_RECEIVED,
    /** Segments that no connection and no listener wanted. */
    NO_CONNECTION,
    /** Segments with impossible lengths or options. */
    MALFORMED_SEGMENT,
    /** Segments with a wrong checksum. */
    CORRUPT_SEGMENT,
    /** Segments outside of the window, old duplicates among them. */
    UNACCEPTABLE_SEGMENT,
    /** Segments with a timestamp of the past (RFC 7323, section 5). */
    OLD_TIMESTAMP,
    /** Segments without the timestamp that was agreed on. */
    NO_TIMESTAMP,
    /** RST, SYN or ACK that an attacker might have made up, answered by a challenge (RFC 5961). */
    CHALLENGED,
    /** Answers that were not sent because there had been too many of them. */
    ANSWERS_SUPPRESSED,
    /** Answers that found no room in the queue of answers. */
    ANSWERS_DROPPED,
    /** Segments that are not legal in the state of their connection. */
    MEANINGLESS_SEGMENT,
    /** Payload that came again. */
    DUPLICATE_DATA,
    /** Payload of segments that would have been one too many for their connection. */
    TOO_MANY_SEGMENTS,
    /** Half-open connections that had to make way for newer ones. */
    HALF_OPEN_EVICTED,
    /** SYN or last ACK of a handshake that found the accept queue full. */
    ACCEPT_QUEUE_FULL,
    /** SYN that came when there were as many connections as there may be. */
    TOO_MANY_CONNECTIONS,
    /** Congestion marks received (RFC 3168). */
    CONGESTION_MARKS,
    /** Frames for somebody else, or with a type that is not understood. */
    OTHER_FRAME,
    /** Frames, ARP or IP packets with impossible lengths or fields. */
    MALFORMED_PACKET,
    /** IP headers and ICMP messages with a wrong checksum. */
    CORRUPT_PACKET,
    /** Fragments of IP packets. */
    FRAGMENT,
    /** IP packets for another address. */
    OTHER_ADDRESS,
    /** IP packets from an address that no host can have. */
    IMPOSSIBLE_SOURCE,
    /** IP packets with a protocol that is not understood. */
    OTHER_PROTOCOL,
    /** ICMP messages that report an error; they change nothing (RFC 5927). */
    ICMP_ERROR,
    /** ICMP messages of kinds that are not understood. */
    OTHER_ICMP,
    /** Echo requests that were answered. */
    ECHO_ANSWERED,
    /** Questions of neighbour discovery sent. */
    NEIGHBOUR_REQUESTS,
    /** Questions of neighbour discovery that were answered. */
    NEIGHBOUR_ANSWERED,
    /** ARP requests sent. */
    ARP_REQUESTS,
    /** ARP requests that were answered. */
    ARP_ANSWERED,
    /** Neighbours that were forgotten to make room for others. */
    NEIGHBOUR_EVICTED
}
