package org.netchannel.conformance.application;

import java.util.Optional;
import org.netchannel.traces.Reason;

/** One host's end of a connection, as its application knows it. */
public final class Side {
    private int socket = -1;
    private boolean attached;
    private boolean gone;
    private boolean closed;
    private boolean aborted;
    private boolean finished;
    private boolean finishedBeforeClose;
    private boolean ended;
    private boolean broken;
    private boolean readFailed;
    private Optional<Reason> reason = Optional.empty();
    private long taken;
    private long read;

    Side() {}

    /** The application has got the socket, from connect or accept. */
    void attach(int number) {
        socket = number;
        attached = true;
    }

    int socket() {
        return socket;
    }

    /**
     * Whether the application ever held the socket.
     *
     * @return true since connect or accept
     */
    public boolean attached() {
        return attached;
    }

    /**
     * Whether the application holds the socket.
     *
     * @return true from connect or accept to close or abort
     */
    public boolean open() {
        return attached && !gone;
    }

    /**
     * Whether there may be more to read.
     *
     * @return true until the end, an error, or close
     */
    public boolean readable() {
        return open() && !ended && !readFailed;
    }

    /**
     * Whether the application sends no more bytes.
     *
     * @return true since shutdown, close or abort
     */
    public boolean finished() {
        return finished;
    }

    /**
     * Whether end-of-stream was read.
     *
     * @return true since then
     */
    public boolean ended() {
        return ended;
    }

    /**
     * Why the connection is over, where a call said so.
     *
     * @return the reason
     */
    public Optional<Reason> reason() {
        return reason;
    }

    /**
     * Bytes that the endpoint took from the application.
     *
     * @return their number
     */
    public long taken() {
        return taken;
    }

    /**
     * Bytes that the application read.
     *
     * @return their number
     */
    public long read() {
        return read;
    }

    /** The application has called close, not abort. */
    boolean closed() {
        return closed;
    }

    boolean aborted() {
        return aborted;
    }

    /** Some call answered that the connection failed or was reset. */
    boolean broken() {
        return broken;
    }

    /** A receive answered that the connection failed or was reset: there are no more bytes. */
    boolean readFailed() {
        return readFailed;
    }

    /** The application had shut down some time before it closed. */
    boolean finishedBeforeClose() {
        return finishedBeforeClose;
    }

    void took(int count) {
        taken += count;
    }

    void read(int count) {
        read += count;
    }

    void finish() {
        finished = true;
    }

    void end() {
        ended = true;
    }

    void breakWith(Optional<Reason> why) {
        broken = true;
        reason = why;
    }

    void failRead() {
        readFailed = true;
    }

    void close() {
        finishedBeforeClose = finished;
        closed = true;
        finished = true;
        gone = true;
    }

    void abort() {
        aborted = true;
        finished = true;
        gone = true;
    }
}
