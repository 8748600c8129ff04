package org.netchannel.optimized.tcp;

/**
 * The states of a connection, and the one place that says how they follow each other (RFC 9293, section 3.3.2, figure
 * 5). LISTEN is the state of a listener, and of the connection that it makes for a SYN.
 */
public enum State {
    /** There is no connection. */
    CLOSED,
    /** Waiting for anybody's SYN. */
    LISTEN,
    /** A SYN was sent. */
    SYN_SENT,
    /** A SYN was sent and one was received. */
    SYN_RECEIVED,
    /** Data go both ways. */
    ESTABLISHED,
    /** This side is done; its FIN is not acknowledged. */
    FIN_WAIT_1,
    /** This side is done, and the peer knows. */
    FIN_WAIT_2,
    /** The peer is done. */
    CLOSE_WAIT,
    /** Both are done, both sent FIN before they saw the other's; this side's is not acknowledged. */
    CLOSING,
    /** The peer was done first, and this side's FIN is not acknowledged. */
    LAST_ACK,
    /** Everything is done; segments that are still on their way may come. */
    TIME_WAIT;

    /** What moves a connection from one state to another. */
    enum Event {
        /** A listener makes a connection. */
        PASSIVE_OPEN,
        /** The application connects. */
        ACTIVE_OPEN,
        /** A SYN arrived that acknowledges nothing. */
        RECEIVE_SYN,
        /** A SYN arrived that acknowledges this side's. */
        RECEIVE_SYN_ACK,
        /** This side's SYN is acknowledged. */
        ACK_OF_SYN,
        /** The application will send no more. */
        CLOSE,
        /** Everything up to the peer's FIN has arrived. */
        RECEIVE_FIN,
        /** This side's FIN is acknowledged. */
        ACK_OF_FIN,
        /** Twice the maximum segment lifetime has passed. */
        TIME_WAIT_OVER,
        /** An acceptable RST arrived, the peer does not answer, or the application gave up. */
        END
    }

    /**
     * The state after an event.
     *
     * @throws IllegalStateException when the event is impossible here, which is a mistake of the caller
     */
    State after(Event event) {
        if (event == Event.END && this != CLOSED) {
            return CLOSED;
        }
        State next = switch (this) {
            case CLOSED -> switch (event) {
                case PASSIVE_OPEN -> LISTEN;
                case ACTIVE_OPEN -> SYN_SENT;
                default -> null;
            };
            case LISTEN -> event == Event.RECEIVE_SYN ? SYN_RECEIVED : null;
            case SYN_SENT -> switch (event) {
                case RECEIVE_SYN -> SYN_RECEIVED;
                case RECEIVE_SYN_ACK -> ESTABLISHED;
                case CLOSE -> CLOSED;
                default -> null;
            };
            // CLOSE waits until the connection is established (section 3.10.4), and a FIN before that, too.
            case SYN_RECEIVED -> event == Event.ACK_OF_SYN ? ESTABLISHED : null;
            case ESTABLISHED -> switch (event) {
                case CLOSE -> FIN_WAIT_1;
                case RECEIVE_FIN -> CLOSE_WAIT;
                default -> null;
            };
            case FIN_WAIT_1 -> switch (event) {
                case ACK_OF_FIN -> FIN_WAIT_2;
                case RECEIVE_FIN -> CLOSING;
                default -> null;
            };
            case FIN_WAIT_2 -> event == Event.RECEIVE_FIN ? TIME_WAIT : null;
            case CLOSE_WAIT -> event == Event.CLOSE ? LAST_ACK : null;
            case CLOSING -> event == Event.ACK_OF_FIN ? TIME_WAIT : null;
            case LAST_ACK -> event == Event.ACK_OF_FIN ? CLOSED : null;
            case TIME_WAIT -> event == Event.TIME_WAIT_OVER ? CLOSED : null;
        };
        if (next == null) {
            throw new IllegalStateException(event + " in " + this);
        }
        return next;
    }

    /** Both sides know each other's sequence numbers (RFC 9293, section 3.5.2). */
    boolean isSynchronized() {
        return ordinal() >= ESTABLISHED.ordinal();
    }

    /** The application may still send. */
    boolean takesData() {
        return this == SYN_SENT || this == SYN_RECEIVED || this == ESTABLISHED || this == CLOSE_WAIT;
    }

    /** Data of the peer are still to be expected. */
    boolean expectsData() {
        return this == ESTABLISHED || this == FIN_WAIT_1 || this == FIN_WAIT_2;
    }
}
