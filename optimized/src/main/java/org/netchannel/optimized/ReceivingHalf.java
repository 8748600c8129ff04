package org.netchannel.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ErrorCode;

/** What an application receives on a socket: copies, or views of the bytes where they lie. One thread calls. */
final class ReceivingHalf {
    private final HeldConnection held;
    private final Connection connection;
    private final HostCore host;
    /** Pieces that are copied without the turn. */
    private final KeptPieces kept;
    private final Scatter scatter = new Scatter();
    /** Bytes are being copied without the turn. */
    private boolean isCopying;
    /** The application closes the socket. */
    private boolean isLeft;
    /** For calls with one buffer. */
    private final ByteBuffer[] one = new ByteBuffer[1];

    /** What views hold, in the order of the stream, and what was returned before something lent earlier. */
    private LentBytes firstLent;
    private LentBytes lastLent;
    /** The piece with the last byte that was lent; counts while something is lent. */
    private Piece lastPiece;
    /** The application knows that the stream is over, and the tap does not yet. */
    private boolean endUntold;
    /** The application has ended reading. */
    private boolean isShut;

    ReceivingHalf(HeldConnection held) {
        this.held = held;
        this.connection = held.connection;
        this.host = held.host;
        this.kept = new KeptPieces(held.copyWorkers);
    }

    int tryReceive(ByteBuffer target) throws IOException {
        one[0] = target;
        try {
            return tryReceive(one, 0, 1);
        } finally {
            one[0] = null;
        }
    }

    /** NC-DATA-1: what is there, into one buffer after the other. */
    int tryReceive(ByteBuffer[] targets, int from, int count) throws IOException {
        int room = (int) Math.min(Integer.MAX_VALUE, SendingHalf.remaining(targets, from, count));
        if (room == 0) {
            throw new IllegalArgumentException("target has no room, legal is at least 1 byte");
        }
        held.turn.enter();
        try {
            if (connection.lent > 0) {
                throw new IllegalStateException("views of " + connection.lent + " bytes before these are not released");
            }
            if (!isReadable()) {
                return nothingToRead();
            }
            int most = (int) Math.min(connection.receiving.readable(), room);
            if (held.isCopiedAtOnce(most)) {
                return receiveNow(scatter.into(targets, from), most);
            }
            kept.keep(connection.receiving.firstReadable(), most);
            isCopying = true;
        } finally {
            held.turn.leave();
        }
        int copied = 0;
        try {
            copied = kept.copy(scatter.into(targets, from));
        } finally {
            endCopying(copied);
        }
        return copied;
    }

    private void endCopying(int copied) {
        held.turn.enter();
        try {
            isCopying = false;
            if (isLeft) {
                connection.waiters.wake();
            }
            if (copied > 0 && held.isHeld()) {
                consume(copied);
            }
        } finally {
            held.turn.leave();
        }
    }

    /** R29. With the turn: the application closes; nothing is copied into its memory any more, nor will be. */
    void leave() {
        isLeft = true;
        while (isCopying) {
            connection.waiters.awaitUninterruptibly(held.turn);
        }
    }

    /** With the turn: there are bytes that neither were read nor are lent. */
    private boolean isReadable() {
        return !isShut && !isLeft && connection.receiving.readable() > connection.lent;
    }

    /** With the turn: a call would not answer that there is nothing yet. */
    boolean isReady() {
        return isReadable() || isShut || connection.isFinReceived() || held.hasEnded();
    }

    private int nothingToRead() throws IOException {
        if (isLeft) {
            throw new VirtualSocketException(ErrorCode.NO_SUCH_SOCKET, null);
        }
        if (held.isHeld() && isShut) {
            return -1;
        }
        if (held.isHeld() && connection.isFinReceived()) {
            endUntold = true;
            tellEnd();
            return -1;
        }
        held.throwIfEnded();
        return 0;
    }

    /** Seen from outside, the stream is over when the last byte was given back. */
    private void tellEnd() {
        if (endUntold && connection.lent == 0 && held.tap != null) {
            held.tap.end(held.number);
        }
        endUntold &= connection.lent > 0;
    }

    private int receiveNow(Scatter target, int most) {
        int left = most;
        for (Piece piece = connection.receiving.firstReadable(); left > 0; piece = piece.next) {
            int length = Math.min(piece.length, left);
            target.put(piece.segment, piece.at, length, null);
            left -= length;
        }
        target.done();
        consume(most);
        return most;
    }

    private void consume(long count) {
        Bytes bytes = held.tap == null ? null
                : Tap.bytes(connection.receiving.firstReadable(), Math.toIntExact(count));
        host.delivery.consume(connection, count);
        if (held.tap != null) {
            held.tap.receive(held.number, bytes);
        }
    }

    /** Waits so long for the first byte; 0 when none has come. */
    int receive(ByteBuffer target, long mostNs) throws IOException {
        long began = System.nanoTime();
        int count = tryReceive(target);
        for (long left = mostNs; count == 0 && left > 0; left = mostNs - (System.nanoTime() - began)) {
            awaitReadable(left);
            count = tryReceive(target);
        }
        return count;
    }

    int receive(ByteBuffer[] targets, int from, int number) throws IOException {
        int count = tryReceive(targets, from, number);
        while (count == 0) {
            awaitReadable(Long.MAX_VALUE);
            count = tryReceive(targets, from, number);
        }
        return count;
    }

    private void awaitReadable(long mostNs) throws IOException {
        held.turn.enter();
        try {
            if (!isReady()) {
                held.await(mostNs);
            }
        } finally {
            held.turn.leave();
        }
    }

    /** Lends the bytes that come next to one view after the other. */
    int tryReceive(SegmentView[] views, int from, int count) throws IOException {
        held.turn.enter();
        try {
            if (!isReadable()) {
                return nothingToRead();
            }
            int lent = 0;
            for (int i = from; i < from + count && isReadable(); i++) {
                lent += lend(views[i]);
            }
            return lent;
        } finally {
            held.turn.leave();
        }
    }

    int tryReceive(SegmentView view) throws IOException {
        held.turn.enter();
        try {
            return isReadable() ? lend(view) : nothingToRead();
        } finally {
            held.turn.leave();
        }
    }

    int receive(SegmentView view) throws IOException {
        int count = tryReceive(view);
        while (count == 0) {
            awaitReadable(Long.MAX_VALUE);
            count = tryReceive(view);
        }
        return count;
    }

    /** With the turn: the rest of the piece that comes next. It stays in the receive buffer until it is returned. */
    private int lend(SegmentView view) {
        view.requireNone();
        Piece piece = connection.lent == 0 ? connection.receiving.firstReadable() : lastPiece.next;
        lastPiece = piece;
        LentBytes lent = piece.segment.lend(piece.at, piece.length);
        if (firstLent == null) {
            firstLent = lent;
        } else {
            lastLent.next = lent;
        }
        lastLent = lent;
        connection.lent += lent.length;
        view.show(this, lent);
        return lent.length;
    }

    /** Views are returned in any order, and bytes are read in the order of the stream. Any thread. */
    void release(LentBytes returned) {
        held.turn.enter();
        try {
            returned.isReturned = true;
            consumeReturned();
        } finally {
            held.turn.leave();
        }
    }

    /** The same of several views of this socket's. */
    void release(SegmentView[] views, int from, int end) {
        held.turn.enter();
        try {
            for (int i = from; i < end; i++) {
                LentBytes returned = views[i].take();
                if (returned != null) {
                    returned.isReturned = true;
                }
            }
            consumeReturned();
        } finally {
            held.turn.leave();
        }
    }

    /** With the turn: what was returned and has nothing lent before it is read. */
    private void consumeReturned() {
        LentBytes returned = firstLent;
        long count = 0;
        while (firstLent != null && firstLent.isReturned) {
            count += firstLent.length;
            firstLent = firstLent.next;
        }
        connection.lent -= count;
        try {
            if (count > 0 && held.isHeld()) {
                consume(count);
            }
        } finally {
            takeBack(returned, count);
        }
        tellEnd();
    }

    private static void takeBack(LentBytes first, long count) {
        LentBytes lent = first;
        for (long left = count; left > 0; ) {
            LentBytes next = lent.next;
            left -= lent.length;
            lent.segment.takeBack(lent);
            lent = next;
        }
    }

    /** With the turn: the application reads no more; whoever waits hears that there is nothing. */
    void shut() {
        isShut = true;
        connection.waiters.wake();
    }
}
