package org.netchannel.conformance.application;

import java.util.Optional;
import org.netchannel.traces.Reason;

/** One host's end of a connection, as its application knows it. */
final class Side {
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

    /** The application has got the socket, from connect or accept. */
    void attach(int number) {
        socket = number;
        attached = true;
    }

    int socket() {
        return socket;
    }

    boolean attached() {
        return attached;
    }

    /** The application holds the socket. */
    boolean open() {
        return attached && !gone;
    }

    /** The application has called close, not abort. */
    boolean closed() {
        return closed;
    }

    /** No more bytes are sent: shutdown or close. */
    boolean finished() {
        return finished;
    }

    /** End-of-stream was read. */
    boolean ended() {
        return ended;
    }

    /** Some call answered that the connection failed or was reset. */
    boolean broken() {
        return broken;
    }

    Optional<Reason> reason() {
        return reason;
    }

    /** A receive answered that the connection failed or was reset: there are no more bytes. */
    boolean readFailed() {
        return readFailed;
    }

    /** Bytes the endpoint took from the application. */
    long taken() {
        return taken;
    }

    /** Bytes the application read. */
    long read() {
        return read;
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

    /** The application had shut down some time before it closed. */
    boolean finishedBeforeClose() {
        return finishedBeforeClose;
    }

    void close() {
        finishedBeforeClose = finished;
        closed = true;
        finished = true;
        gone = true;
    }

    boolean aborted() {
        return aborted;
    }

    void abort() {
        aborted = true;
        finished = true;
        gone = true;
    }
}
