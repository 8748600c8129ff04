package org.netchannel.traces;

/** The errors an endpoint answers with (endpoint.md): those of protocol.md section 10, and BAD_REQUEST. */
public enum ErrorCode {
    /** A listener holds the port already. */
    PORT_IN_USE,
    /** The peer, or this host's own socket limit, refused the connection; a reason goes with it. */
    REFUSED,
    /** No answer within the connect timeout (NC-HS-6). */
    TIMEOUT,
    /** The connection was reset; a reason goes with it (NC-RST-1). */
    RESET,
    /** The sending direction was shut down by the application itself. */
    NOT_CONNECTED,
    /** No such socket, or it was closed or aborted. */
    NO_SUCH_SOCKET,
    /** The call is out of turn or makes no sense; nothing changed. */
    BAD_REQUEST
}
