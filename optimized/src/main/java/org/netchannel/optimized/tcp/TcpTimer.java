package org.netchannel.optimized.tcp;

import org.netchannel.optimized.time.Deadline;

/** A timer of a connection. */
final class TcpTimer extends Deadline {
    /** What happens on expiry. */
    enum Kind {
        /** What was sent is sent again (RFC 6298), or the peer's window is probed (RFC 9293, section 3.8.6.1). */
        RETRANSMISSION,
        /** ACK is sent (RFC 9293, section 3.8.6.3). */
        ACKNOWLEDGEMENT,
        /** The peer is asked whether it lives (RFC 9293, section 3.8.4). */
        KEEP_ALIVE,
        /** TIME_WAIT is over, or a FIN did not come. */
        LAST
    }

    final Kind kind;
    final TcpConnection connection;

    TcpTimer(Kind kind, TcpConnection connection) {
        this.kind = kind;
        this.connection = connection;
    }
}
