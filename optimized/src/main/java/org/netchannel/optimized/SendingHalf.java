package org.netchannel.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.netchannel.optimized.Connection.Fin;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ErrorCode;

/** What an application sends on a socket: bytes that are copied, or written where they are to lie. One thread calls. */
final class SendingHalf {
    /** What is longer is copied in parts, so that the peer has something to do meanwhile. */
    private static final int MOST_COPIED = 4 * Wire.MAX_PAYLOAD;
    /** How often a sender looks again whether there is memory: nobody tells it. */
    static final long MEMORY_NS = 100_000;

    private final HeldConnection held;
    private final Connection connection;
    private final HostCore host;
    private final ClassLoad load;
    private final SegmentChain chain;
    /** For calls with one buffer. */
    private final ByteBuffer[] one = new ByteBuffer[1];

    SendingHalf(HeldConnection held) {
        this.held = held;
        this.connection = held.connection;
        this.host = held.host;
        this.load = host.link.load(connection.trafficClass);
        this.chain = new SegmentChain(host.outgoingSegments);
    }

    int trySend(ByteBuffer source) throws IOException {
        one[0] = source;
        try {
            return trySend(one, 0, 1);
        } finally {
            one[0] = null;
        }
    }

    /** NC-DATA-3: takes what there is room for, of one buffer after the other. */
    int trySend(ByteBuffer[] sources, int from, int count) throws IOException {
        int offered = (int) Math.min(MOST_COPIED, remaining(sources, from, count));
        held.turn.enter();
        int room;
        try {
            room = (int) Math.min(roomToSend(), offered);
            chain.fillWithPacketsOf(connection.lastUsed == null
                    ? Wire.MAX_PAYLOAD : connection.lastUsed.largestPayload);
            if (held.isCopiedAtOnce(room)) {
                chain.goOnBehind(connection.sending.lastWaiting(), connection.sending.waiting());
                copy(sources, from, room);
                return sendCopied(sources, from);
            }
        } finally {
            held.turn.leave();
        }
        copy(sources, from, room);
        held.turn.enter();
        try {
            return sendCopied(sources, from);
        } finally {
            held.turn.leave();
        }
    }

    static long remaining(ByteBuffer[] buffers, int from, int count) {
        long remaining = 0;
        for (int i = from; i < from + count; i++) {
            remaining += buffers[i].remaining();
        }
        return remaining;
    }

    /** How much may be sent now; or why nothing ever will. */
    private long roomToSend() throws IOException {
        if (connection.fin != Fin.OPEN && connection.error == null && held.isHeld()) {
            throw new VirtualSocketException(ErrorCode.NOT_CONNECTED, null);
        }
        held.throwIfEnded();
        if (isHeldBack()) {
            load.refusals++;
        }
        return host.delivery.room(connection);
    }

    /** With the turn: the send buffer is full, and what empties it are channels. */
    private boolean isHeldBack() {
        return host.delivery.bufferRoom(connection) == 0 && connection.isEstablished() && !connection.isStopped();
    }

    /** With the turn: a call would not answer that there is no room yet, given memory. */
    boolean isReady() {
        return connection.fin != Fin.OPEN || held.hasEnded() || host.delivery.bufferRoom(connection) > 0;
    }

    /** Buffers stay as they are until their bytes are taken for good; nothing is taken when one can't be read. */
    private void copy(ByteBuffer[] sources, int from, int room) {
        boolean copied = false;
        try {
            copyAll(sources, from, room);
            copied = true;
        } finally {
            if (!copied) {
                SegmentChain.release(chain.take());
            }
        }
    }

    private void copyAll(ByteBuffer[] sources, int from, int room) {
        int left = room;
        for (int i = from; left > 0; i++) {
            int length = Math.min(left, sources[i].remaining());
            left -= length;
            if (chain.put(sources[i], sources[i].position(), length, left) < length) {
                return;
            }
        }
    }

    private int sendCopied(ByteBuffer[] sources, int from) throws IOException {
        int taken = chain.length();
        int appended = chain.appended();
        Segment segments = chain.take();
        if (taken == 0) {
            return 0;
        }
        send(appended, segments);
        int left = taken;
        for (int i = from; left > 0; i++) {
            int length = Math.min(left, sources[i].remaining());
            sources[i].position(sources[i].position() + length);
            left -= length;
        }
        return taken;
    }

    /**
     * With the turn: the connection takes the bytes that were put behind its last ones, and the segments; or those are
     * given back when it can no more.
     */
    private void send(int appended, Segment segments) throws IOException {
        if (!connection.isEstablished() || connection.fin != Fin.OPEN) {
            SegmentChain.release(segments);
            roomToSend();
            throw new IllegalStateException("a connection that takes nothing does not say why");
        }
        Bytes bytes = held.tap == null ? null : Tap.bytes(connection.sending.lastWaiting(), appended, segments);
        host.delivery.send(connection, appended, segments);
        if (held.tap != null) {
            held.tap.send(held.number, bytes);
        }
    }

    void send(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            if (trySend(source) == 0) {
                awaitRoom();
            } else {
                held.goOn();
            }
        }
    }

    void send(ByteBuffer[] sources, int from, int count) throws IOException {
        while (remaining(sources, from, count) > 0) {
            if (trySend(sources, from, count) == 0) {
                awaitRoom();
            } else {
                held.goOn();
            }
        }
    }

    private void awaitRoom() throws IOException {
        held.turn.enter();
        try {
            roomToSend();
            int waiting = isHeldBack() ? 1 : 0;
            load.waiting += waiting;
            try {
                held.await(host.delivery.bufferRoom(connection) == 0 ? Long.MAX_VALUE : MEMORY_NS);
            } finally {
                load.waiting -= waiting;
            }
        } finally {
            held.turn.leave();
        }
    }

    /** Memory for bytes to come, with its room in the send buffer; how much, 0 for none now. */
    int tryClaim(SegmentClaim claim, int bytes) throws IOException {
        held.turn.enter();
        try {
            int length = (int) Math.min(roomToSend(), Math.min(bytes, Wire.MAX_PAYLOAD));
            Segment segment = length == 0 ? null : host.outgoingSegments.claim(length);
            if (segment == null) {
                return 0;
            }
            connection.claimed += length;
            claim.hold(this, segment, length);
            return length;
        } finally {
            held.turn.leave();
        }
    }

    int claim(SegmentClaim claim, int bytes) throws IOException {
        int length = tryClaim(claim, bytes);
        while (length == 0) {
            awaitRoom();
            length = tryClaim(claim, bytes);
        }
        return length;
    }

    /** What was claimed holds bytes now. */
    void commit(Segment segment, int claimed, int length) throws IOException {
        held.turn.enter();
        try {
            connection.claimed -= claimed;
            segment.length = length;
            send(0, segment);
        } finally {
            held.turn.leave();
        }
    }

    /** What was claimed is not needed. */
    void abort(Segment segment, int claimed) {
        held.turn.enter();
        try {
            connection.claimed -= claimed;
            connection.waiters.wake();
        } finally {
            held.turn.leave();
        }
        segment.release();
    }
}
