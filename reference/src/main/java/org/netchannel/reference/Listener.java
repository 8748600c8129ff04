package org.netchannel.reference;

import org.pcollections.AmortizedPQueue;
import org.pcollections.PQueue;

/**
 * A listener and its accept queue.
 *
 * @param port its port
 * @param backlog how many children may wait
 * @param children ids of the connections that wait to be accepted, in order
 */
public record Listener(int port, int backlog, PQueue<Long> children) {
    static Listener opened(int port, int backlog) {
        return new Listener(port, backlog, AmortizedPQueue.empty());
    }

    boolean isFull() {
        return children.size() >= backlog;
    }

    Listener with(PQueue<Long> queue) {
        return new Listener(port, backlog, queue);
    }
}
