package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.netchannel.optimized.PollKey;
import org.netchannel.optimized.SegmentClaim;
import org.netchannel.optimized.SegmentView;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.PayloadPattern;

/**
 * One end of a connection that sends and receives bytes of the pattern without ever waiting: by claims and views, or by
 * several buffers at once. The thread that polls calls.
 */
final class Talker {
    static final int BYTES = 300_000;
    private static final int AT_ONCE = 20_000;

    private final VirtualSocket socket;
    /** Of what it sends; it receives the other one. */
    private final int direction;
    private final boolean withoutCopying;
    private final SegmentClaim claim = new SegmentClaim();
    private final Deque<SegmentView> held = new ArrayDeque<>();
    private final ByteBuffer[] buffers = {
        ByteBuffer.allocate(7), ByteBuffer.allocateDirect(12_000), ByteBuffer.allocate(7_993)};
    private boolean keepsViews;
    private long sent;
    private int claims;
    private long received;
    private boolean ended;

    Talker(VirtualSocket socket, int direction, boolean withoutCopying, boolean keepsViews) {
        this.socket = socket;
        this.direction = direction;
        this.withoutCopying = withoutCopying;
        this.keepsViews = keepsViews;
    }

    boolean keepsViews() {
        return keepsViews;
    }

    boolean isDone() {
        return ended && sent == BYTES;
    }

    /** Does what can be done now, and answers what to notice next; closes its socket when all is done. */
    int go() throws IOException {
        if (sent < BYTES) {
            sent += withoutCopying ? claimAndCommit() : gather();
            if (sent == BYTES) {
                socket.shutdown();
            }
        }
        while (!ended && (withoutCopying ? view() : scatter())) {
            // Until nothing is there.
        }
        if (isDone()) {
            socket.close();
        }
        return (ended ? 0 : PollKey.READABLE) | (sent < BYTES ? PollKey.WRITABLE : 0);
    }

    private int claimAndCommit() throws IOException {
        int length = socket.tryClaim(claim, (int) Math.min(AT_ONCE, BYTES - sent));
        if (length > 0) {
            for (int i = 0; i < length; i++) {
                claim.bytes().put(i, PayloadPattern.at(socket.connection(), direction, sent + i));
            }
            // Now and then less is needed than was claimed, and now and then nothing.
            if (++claims % 5 == 0) {
                claim.abort();
                return 0;
            }
            length -= length > 100 ? length % 3 : 0;
            claim.commit(length);
        }
        return length;
    }

    private int gather() throws IOException {
        long offset = sent;
        for (ByteBuffer buffer : buffers) {
            buffer.clear();
            while (buffer.hasRemaining() && offset < BYTES) {
                buffer.put(PayloadPattern.at(socket.connection(), direction, offset++));
            }
            buffer.flip();
        }
        return socket.trySend(buffers, 0, buffers.length);
    }

    private boolean scatter() throws IOException {
        for (ByteBuffer buffer : buffers) {
            buffer.clear();
        }
        int count = socket.tryReceive(buffers, 0, buffers.length);
        for (ByteBuffer buffer : buffers) {
            check(buffer.flip());
        }
        return goesOn(count);
    }

    private boolean view() throws IOException {
        SegmentView[] views = {new SegmentView(), new SegmentView()};
        int count = socket.tryReceive(views, 0, 2);
        for (SegmentView view : views) {
            if (view.isHeld()) {
                check(view.bytes());
                held.push(view);
            }
        }
        if (!keepsViews && (held.size() > 3 || count <= 0)) {
            release();
        }
        return goesOn(count);
    }

    /** From now on views are released; first those that were kept, the last one first. */
    void release() {
        keepsViews = false;
        while (!held.isEmpty()) {
            held.pop().release();
        }
    }

    private void check(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte expected = PayloadPattern.at(socket.connection(), 1 - direction, received++);
            assertThat(bytes.get() == expected).isTrue();
        }
    }

    private boolean goesOn(int count) {
        if (count < 0) {
            assertThat(received).isEqualTo(BYTES);
            ended = true;
        }
        return count > 0;
    }
}
