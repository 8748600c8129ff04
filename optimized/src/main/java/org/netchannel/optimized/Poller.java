package org.netchannel.optimized;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Tells one thread which of many sockets and listeners of a stack are ready. Level-triggered: what is ready and not
 * dealt with is reported again. A key is listed by what makes it ready, with the turn, so that nothing is missed
 * between looking and waiting; a poll costs what is ready, however many are registered, and allocates nothing unless
 * the thread has to wait for another one. One thread polls at a time; any thread registers, cancels, wakes and closes.
 * In {@link NetStack.Mode#INVOKER} mode polling does the stack's work.
 */
public final class Poller implements Closeable {
    private final NetStack stack;
    private final HostCore host;
    private final Turn turn;
    private final Waiters sleepers = new Waiters();
    private volatile boolean isWoken;
    // Of who has the turn.
    private boolean isClosed;
    private PollKey firstKey;
    /** Keys that were ready when looked at last, those first that were reported longest ago. */
    private PollKey firstListed;
    private PollKey lastListed;
    private int size;
    /** Some keys could send, were there memory: nobody tells when there is. */
    private boolean lacksMemory;

    /**
     * A poller on which nothing is registered.
     *
     * @param stack whose sockets and listeners it is about
     */
    public Poller(NetStack stack) {
        this.stack = stack;
        this.host = stack.host();
        this.turn = stack.turn();
    }

    Turn turn() {
        return turn;
    }

    /**
     * Registers a socket.
     *
     * @param socket of this poller's stack
     * @param interest some of {@link PollKey#READABLE}, {@link PollKey#WRITABLE} and {@link PollKey#CONNECTED}, or-ed;
     *     0 for nothing yet
     * @param attachment what the application knows it by, possibly null
     * @return the key
     * @throws IOException when the poller or the socket was closed
     * @throws IllegalArgumentException when the socket is another stack's, or interest is not legal
     * @throws IllegalStateException when it is registered on this poller already
     */
    public PollKey register(VirtualSocket socket, int interest, Object attachment) throws IOException {
        requireMine(socket.isOf(stack));
        return add(PollKey.ofSocket(this, socket.waiters(), socket::readiness, attachment), interest,
                socket::isOpen);
    }

    /**
     * Registers a listener.
     *
     * @param listener of this poller's stack
     * @param interest {@link PollKey#ACCEPTABLE}, or 0 for nothing yet
     * @param attachment what the application knows it by, possibly null
     * @return the key
     * @throws IOException when the poller or the listener was closed
     * @throws IllegalArgumentException when the listener is another stack's, or interest is not legal
     * @throws IllegalStateException when it is registered on this poller already
     */
    public PollKey register(VirtualServerSocket listener, int interest, Object attachment) throws IOException {
        requireMine(listener.isOf(stack));
        return add(PollKey.ofListener(this, listener.waiters(), listener::readiness, attachment), interest,
                listener::isOpen);
    }

    private static void requireMine(boolean mine) {
        if (!mine) {
            throw new IllegalArgumentException("what is registered belongs to another stack");
        }
    }

    /** Whether what is registered can be. */
    interface Openness {
        boolean isOpen();
    }

    PollKey add(PollKey key, int interest, Openness source) throws IOException {
        key.requireLegal(interest);
        turn.enter();
        try {
            requireOpen();
            if (!source.isOpen()) {
                throw new IOException("what is registered was closed");
            }
            key.source().add(key, this);
            key.nextOfPoller = firstKey;
            if (firstKey != null) {
                firstKey.previousOfPoller = key;
            }
            firstKey = key;
            size++;
            key.interest(interest);
            return key;
        } finally {
            turn.leave();
        }
    }

    private void requireOpen() throws IOException {
        if (isClosed) {
            throw new IOException("the poller was closed");
        }
    }

    /**
     * How many sockets and listeners are registered.
     *
     * @return 0 and more
     */
    public int size() {
        turn.enter();
        try {
            return size;
        } finally {
            turn.leave();
        }
    }

    /**
     * Waits until something is ready, the time is over, {@link #wakeup} was called since the last poll, or the thread
     * is interrupted, which stays to be seen.
     *
     * @param ready gets keys that are ready, as many as fit; others come first next time
     * @param timeoutNs the most to wait, in nanoseconds; 0 and less for looking only
     * @return how many keys it got
     * @throws IOException when the poller was closed
     * @throws IllegalArgumentException when ready has no room
     */
    public int poll(PollKey[] ready, long timeoutNs) throws IOException {
        if (ready.length == 0) {
            throw new IllegalArgumentException("ready has no room, legal is at least 1 key");
        }
        turn.enter();
        try {
            requireOpen();
            if (!turn.hasThreads()) {
                stack.threads().goOn();
            }
            int count = collect(ready);
            if (count == 0 && timeoutNs > 0) {
                count = await(ready, timeoutNs);
            }
            isWoken = false;
            return count;
        } finally {
            turn.leave();
        }
    }

    private int await(PollKey[] ready, long timeoutNs) throws IOException {
        long began = System.nanoTime();
        int count = 0;
        for (long left = timeoutNs; count == 0 && left > 0 && !isWoken; left = left(timeoutNs, began)) {
            try {
                stack.threads().pause(sleepers, lacksMemory ? Math.min(left, SendingHalf.MEMORY_NS) : left);
            } catch (InterruptedException e) {
                // As for a Selector: the thread finds out by itself.
                Thread.currentThread().interrupt();
                return 0;
            }
            requireOpen();
            count = collect(ready);
        }
        return count;
    }

    private static long left(long timeoutNs, long began) {
        return timeoutNs == Long.MAX_VALUE ? timeoutNs : timeoutNs - (System.nanoTime() - began);
    }

    /** Looks at each key once that was ready before; those that still are go to the end of the list. */
    private int collect(PollKey[] ready) {
        lacksMemory = false;
        int count = 0;
        PollKey last = lastListed;
        for (PollKey key = firstListed; key != null && count < ready.length; ) {
            PollKey next = key == last ? null : key.nextListed;
            unlist(key);
            int now = key.readyNow();
            if (now != 0) {
                append(key);
                now = withoutMemory(now);
            }
            if (now != 0) {
                key.ready = now;
                ready[count++] = key;
            }
            key = next;
        }
        return count;
    }

    /** Who could send may not, as long as there is no memory for it. */
    private int withoutMemory(int ready) {
        if ((ready & PollKey.WRITABLE) == 0 || host.hasMemory()) {
            return ready;
        }
        lacksMemory = true;
        return ready & ~PollKey.WRITABLE;
    }

    /** With the turn: a key is ready. */
    void list(PollKey key) {
        if (!key.isListed) {
            append(key);
        }
        sleepers.wake();
    }

    private void append(PollKey key) {
        key.isListed = true;
        key.previousListed = lastListed;
        if (lastListed == null) {
            firstListed = key;
        } else {
            lastListed.nextListed = key;
        }
        lastListed = key;
    }

    private void unlist(PollKey key) {
        if (key.previousListed == null) {
            firstListed = key.nextListed;
        } else {
            key.previousListed.nextListed = key.nextListed;
        }
        if (key.nextListed == null) {
            lastListed = key.previousListed;
        } else {
            key.nextListed.previousListed = key.previousListed;
        }
        key.previousListed = null;
        key.nextListed = null;
        key.isListed = false;
    }

    /** With the turn: a key has ended. */
    void remove(PollKey key) {
        if (key.isListed) {
            unlist(key);
        }
        if (key.previousOfPoller == null) {
            firstKey = key.nextOfPoller;
        } else {
            key.previousOfPoller.nextOfPoller = key.nextOfPoller;
        }
        if (key.nextOfPoller != null) {
            key.nextOfPoller.previousOfPoller = key.previousOfPoller;
        }
        key.previousOfPoller = null;
        key.nextOfPoller = null;
        size--;
    }

    /** The poll that waits returns at once, or the next one if none does. Any thread, in every mode. */
    public void wakeup() {
        isWoken = true;
        if (turn.hasThreads()) {
            turn.enter();
            try {
                sleepers.wake();
            } finally {
                turn.leave();
            }
        }
    }

    /** Ends all keys; sockets and listeners stay as they are. A poll that waits fails. */
    @Override
    public void close() {
        turn.enter();
        try {
            isClosed = true;
            while (firstKey != null) {
                firstKey.end();
            }
            sleepers.wake();
        } finally {
            turn.leave();
        }
    }
}
