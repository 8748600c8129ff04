package org.netchannel.conformance.application;

import java.util.ArrayList;
import java.util.List;

/** The listeners of one host, in the order in which they were opened. */
final class Listeners {
    private final List<Listener> listeners = new ArrayList<>();

    /** One listening port. */
    static final class Listener {
        private final int port;
        private final int backlog;
        private int waiting;

        private Listener(int port, int backlog) {
            this.port = port;
            this.backlog = backlog;
        }

        int port() {
            return port;
        }

        int backlog() {
            return backlog;
        }

        /** As many children may be waiting as the backlog allows; there may be fewer, never more. */
        boolean mayBeFull() {
            return waiting >= backlog;
        }

        /** An NCSYN has arrived that may have made a child. */
        void mayHaveChild() {
            waiting++;
        }

        void accepted() {
            waiting = Math.max(0, waiting - 1);
        }

        void nobodyWaits() {
            waiting = 0;
        }
    }

    void add(int port, int backlog) {
        listeners.add(new Listener(port, backlog));
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** The listener on a port, or null. */
    Listener on(int port) {
        for (Listener listener : listeners) {
            if (listener.port == port) {
                return listener;
            }
        }
        return null;
    }

    /** One of the listeners, or null when there is none; {@code pick} is taken modulo their number. */
    Listener pick(int pick) {
        return listeners.isEmpty() ? null : listeners.get(pick % listeners.size());
    }

    List<Listener> all() {
        return listeners;
    }
}
