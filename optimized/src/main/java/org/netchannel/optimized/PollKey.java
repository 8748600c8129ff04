package org.netchannel.optimized;

import java.util.function.IntSupplier;

/**
 * A socket or a listener on a {@link Poller}: what is to be noticed about it, and what was. It ends with the socket,
 * with the poller, or when it is cancelled. Any thread calls, except for {@link #ready}.
 */
public final class PollKey {
    /** A receiving call would not answer that there is nothing yet: there are bytes, end-of-stream or an error. */
    public static final int READABLE = 1;
    /** A sending call would not answer that there is no room yet: there is some, or an error. Not in SYN_SENT. */
    public static final int WRITABLE = 1 << 1;
    /** The connection is open, or it failed: no longer in SYN_SENT (NC-HS-3, NC-HS-4, NC-HS-6). */
    public static final int CONNECTED = 1 << 2;
    /** A child waits to be accepted (NC-HS-10), or there is an error. */
    public static final int ACCEPTABLE = 1 << 3;

    private static final int OF_SOCKET = READABLE | WRITABLE | CONNECTED;

    private final Poller poller;
    private final Waiters source;
    /** What is ready now; called with the turn. */
    private final IntSupplier readiness;
    private final int legal;
    private final Object attachment;
    // Of who has the turn.
    private int interest;
    private boolean isCancelled;
    boolean isListed;
    PollKey previousListed;
    PollKey nextListed;
    PollKey nextOfPoller;
    PollKey previousOfPoller;
    PollKey nextOfSource;
    /** What the poll that reported it has found. */
    int ready;

    private PollKey(Poller poller, Waiters source, IntSupplier readiness, int legal, Object attachment) {
        this.poller = poller;
        this.source = source;
        this.readiness = readiness;
        this.legal = legal;
        this.attachment = attachment;
    }

    static PollKey ofSocket(Poller poller, Waiters source, IntSupplier readiness, Object attachment) {
        return new PollKey(poller, source, readiness, OF_SOCKET, attachment);
    }

    static PollKey ofListener(Poller poller, Waiters source, IntSupplier readiness, Object attachment) {
        return new PollKey(poller, source, readiness, ACCEPTABLE, attachment);
    }

    Waiters source() {
        return source;
    }

    boolean belongsTo(Poller other) {
        return poller == other;
    }

    /**
     * What the application knows it by.
     *
     * @return what was given when it was registered, possibly null
     */
    public Object attachment() {
        return attachment;
    }

    /**
     * What the poll that reported this key has found; the thread that polls calls.
     *
     * @return some of {@link #READABLE}, {@link #WRITABLE}, {@link #CONNECTED} and {@link #ACCEPTABLE}, or-ed
     */
    public int ready() {
        return ready;
    }

    /**
     * What is to be noticed.
     *
     * @return as it was set last
     */
    public int interest() {
        poller.turn().enter();
        try {
            return interest;
        } finally {
            poller.turn().leave();
        }
    }

    /**
     * Says what is to be noticed. It counts at once, for a poll that waits, too.
     *
     * @param wanted some of {@link #READABLE}, {@link #WRITABLE} and {@link #CONNECTED} of a socket, or
     *     {@link #ACCEPTABLE} of a listener, or-ed; 0 for nothing
     * @throws IllegalArgumentException when that is not legal for what is registered
     * @throws IllegalStateException when the key has ended
     */
    public void interest(int wanted) {
        requireLegal(wanted);
        poller.turn().enter();
        try {
            if (isCancelled) {
                throw new IllegalStateException("the key has ended");
            }
            interest = wanted;
            look();
        } finally {
            poller.turn().leave();
        }
    }

    void requireLegal(int wanted) {
        if ((wanted & ~legal) != 0) {
            throw new IllegalArgumentException("interest is " + wanted + ", legal are bits of " + legal);
        }
    }

    /**
     * Whether it is still noticed.
     *
     * @return false when it was cancelled, or its socket or poller was closed
     */
    public boolean isValid() {
        poller.turn().enter();
        try {
            return !isCancelled;
        } finally {
            poller.turn().leave();
        }
    }

    /** Ends it; no effect when it has ended. A poll that is over may still have reported it. */
    public void cancel() {
        poller.turn().enter();
        try {
            end();
        } finally {
            poller.turn().leave();
        }
    }

    /** With the turn. */
    void end() {
        if (!isCancelled) {
            isCancelled = true;
            interest = 0;
            source.remove(this);
            poller.remove(this);
        }
    }

    /** With the turn: what is ready now of what is to be noticed. */
    int readyNow() {
        return interest == 0 ? 0 : interest & readiness.getAsInt();
    }

    /** With the turn: something has changed; if it is ready now, the poller has to look at it. */
    void look() {
        if (readyNow() != 0) {
            poller.list(this);
        }
    }
}
