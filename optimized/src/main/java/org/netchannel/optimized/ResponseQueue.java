package org.netchannel.optimized;

/** The packets of a connection that wait in front of its receive buffer, in order of arrival, and its STOP. */
final class ResponseQueue {
    /** The largest epoch that fits a tag; no STOP follows it. */
    static final long LAST_EPOCH = 0xFFFF_FFFFL;
    /** The offset of a STOP_ACK that has not come. */
    private static final long NOT_STOPPED = -1;

    private Piece first;
    private Piece last;
    private int size;
    /** The epoch of the last STOP sent, 0 when there was none (NC-HOL-4). */
    long epoch;
    /** Whether that STOP has no RESUME yet (NC-HOL-7). */
    boolean outstanding;
    private long stoppedAt = NOT_STOPPED;

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    Piece first() {
        return first;
    }

    void add(Piece piece) {
        piece.previous = last;
        piece.next = null;
        if (last == null) {
            first = piece;
        } else {
            last.next = piece;
        }
        last = piece;
        size++;
    }

    /** Takes a piece out, which ends the charge of its channel (NC-CH-4). */
    void remove(Piece piece) {
        if (piece.previous == null) {
            first = piece.next;
        } else {
            piece.previous.next = piece.next;
        }
        if (piece.next == null) {
            last = piece.previous;
        } else {
            piece.next.previous = piece.previous;
        }
        piece.previous = null;
        piece.next = null;
        size--;
        piece.channel.charge -= piece.charge;
        piece.channel = null;
    }

    /** Every packet leaves unread, which ends their charges: the connection is over. */
    void clear(Pieces pieces) {
        while (first != null) {
            Piece piece = first;
            remove(piece);
            pieces.releasePacket(piece);
        }
    }

    /** Below the offset of STOP_ACK DATA moves as soon as it arrives, until RESUME is sent (NC-HOL-6). */
    boolean movesAtOnce(Piece piece) {
        return stoppedAt != NOT_STOPPED && piece.offset < stoppedAt;
    }

    /** NC-HOL-4: a STOP with the next epoch is outstanding. */
    void stop() {
        epoch++;
        outstanding = true;
        stoppedAt = NOT_STOPPED;
    }

    /** NC-HOL-6: the peer has answered it. */
    void stoppedAt(long offset) {
        stoppedAt = offset;
    }

    /** NC-HOL-7: it is over. */
    void resume() {
        outstanding = false;
        stoppedAt = NOT_STOPPED;
    }
}
