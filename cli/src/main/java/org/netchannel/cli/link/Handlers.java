package org.netchannel.cli.link;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Virtual threads that use the sockets of a stack. They may still look at received bytes, which lie in memory of the
 * transport, when the stack was closed or has failed: so they are ended between the two. Any thread calls.
 */
public final class Handlers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Transport transport;
    private final Duration patience;
    private final Set<Thread> running = new HashSet<>();
    private boolean closed;

    /**
     * None yet.
     *
     * @param transport what the stack's link goes over; closed after this
     */
    public Handlers(Transport transport) {
        this(transport, PATIENCE);
    }

    /** The same with another bound. */
    Handlers(Transport transport, Duration patience) {
        this.transport = transport;
        this.patience = patience;
    }

    /**
     * Starts one.
     *
     * @param work what it does; it ends when its thread is interrupted
     * @return whether it was started; not after {@link #close}
     */
    public synchronized boolean start(Runnable work) {
        if (closed) {
            return false;
        }
        Thread handler = Thread.ofVirtual().unstarted(() -> {
            try {
                work.run();
            } finally {
                leave();
            }
        });
        running.add(handler);
        handler.start();
        return true;
    }

    private synchronized void leave() {
        running.remove(Thread.currentThread());
    }

    private synchronized List<Thread> last() {
        closed = true;
        return List.copyOf(running);
    }

    /**
     * Interrupts all of them and waits until they have ended, 10 seconds at most. When one has not by then, or the
     * caller is interrupted, the transport keeps its memory: that is lost, but nobody reads what is not there.
     */
    @Override
    public void close() {
        List<Thread> last = last();
        last.forEach(Thread::interrupt);
        long beganNs = System.nanoTime();
        try {
            for (Thread handler : last) {
                if (!handler.join(patience.minusNanos(System.nanoTime() - beganNs))) {
                    transport.keepMemory();
                    return;
                }
            }
        } catch (InterruptedException e) {
            transport.keepMemory();
            Thread.currentThread().interrupt();
        }
    }
}
