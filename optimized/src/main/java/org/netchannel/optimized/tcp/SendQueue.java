package org.netchannel.optimized.tcp;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.FramePool;
import org.netchannel.optimized.tcp.wire.PoolShare;

/**
 * Everything of the sending direction that is not acknowledged: pieces that were sent, and behind them those that were
 * not. Payload is copied once, into buffers with room for headers in front of it, or is taken over as it lies.
 */
final class SendQueue {
    /** Room for headers in front of the payload of a buffer, bytes. */
    static final int HEADROOM = 128;

    private final int maximumPieces;
    /** Pieces that were sent, from SND.UNA on. */
    final PieceRing sent = new PieceRing();
    /** Pieces that were not sent yet. */
    final PieceRing unsent = new PieceRing();
    /** One past the last position that the application has filled. */
    private long end;
    private long payloadBytes;
    /** Of the pool that payload is copied into. */
    private final PoolShare share = new PoolShare();
    private SendPiece free;
    private final ArrayDeque<MemorySegment> freeFronts = new ArrayDeque<>();
    /** The buffer that takes the next bytes that are copied, which then start at {@link #tailEnd}; null for none. */
    private FrameBuffer tail;
    private long tailEnd;
    /** One past the last byte of that buffer that is filled. */
    private long tailLimit;

    SendQueue(int maximumPieces) {
        this.maximumPieces = maximumPieces;
    }

    /** The first position of the direction: SYN is put there. */
    void begin(long initialSequenceNumber) {
        end = initialSequenceNumber;
        SendPiece piece = newPiece();
        piece.syn = true;
        add(piece);
    }

    /** One past the last position that the application has filled. */
    long end() {
        return end;
    }

    /** Payload bytes that are not acknowledged or not even sent. */
    long payloadBytes() {
        return payloadBytes;
    }

    private boolean isFull() {
        return sent.size() + unsent.size() >= maximumPieces;
    }

    /**
     * Copies bytes of the application. A buffer is filled with whole segments, as many as there is room for.
     *
     * @param segmentBytes of a full segment; 0 while that is not known
     * @return how many were taken: fewer than asked for when there is no buffer for it or there are too many pieces
     */
    int append(FramePool pool, MemorySegment source, long at, int length, int segmentBytes) {
        int taken = 0;
        while (taken < length) {
            if ((tail == null || tailEnd == tailLimit) && (isFull() || !claimTail(pool, segmentBytes))) {
                break;
            }
            SendPiece piece = unsent.last();
            if (piece == null || piece.buffer != tail || piece.at + piece.length != tailEnd) {
                if (isFull()) {
                    break;
                }
                piece = newPiece();
                piece.buffer = tail;
                piece.at = tailEnd;
                tail.retain();
                add(piece);
            }
            int part = (int) Math.min(length - taken, tailLimit - tailEnd);
            pool.payloadCopy().copy(source, at + taken, tail.memory(), tailEnd, part);
            extend(piece, part);
            tailEnd += part;
            taken += part;
        }
        return taken;
    }

    private boolean claimTail(FramePool pool, int segmentBytes) {
        releaseTail();
        tail = pool.claim(share);
        if (tail == null) {
            return false;
        }
        long room = tail.memory().byteSize() - HEADROOM;
        tailEnd = HEADROOM;
        tailLimit = HEADROOM + (segmentBytes == 0 || room < segmentBytes ? room : room - room % segmentBytes);
        return true;
    }

    private void releaseTail() {
        if (tail != null) {
            tail.release();
            tail = null;
        }
    }

    private void extend(SendPiece piece, int bytes) {
        piece.length += bytes;
        payloadBytes += bytes;
        end += bytes;
    }

    /** Takes a payload over as it lies, and a reference of the caller's with it; false when there are too many. */
    boolean append(FrameBuffer buffer, long at, int length) {
        if (isFull()) {
            return false;
        }
        SendPiece piece = newPiece();
        piece.buffer = buffer;
        piece.at = at;
        add(piece);
        extend(piece, length);
        return true;
    }

    /** The same with some bytes in front, which are copied: they go together where a segment has room. */
    boolean append(MemorySegment front, long frontAt, int frontBytes, FrameBuffer buffer, long at, int length) {
        if (!append(buffer, at, length)) {
            return false;
        }
        SendPiece piece = unsent.last();
        claimFront(piece);
        piece.setFront(front, frontAt, frontBytes);
        extend(piece, frontBytes);
        return true;
    }

    /** FIN follows the last byte: in the same segment when that was not sent yet. */
    void finish() {
        SendPiece last = unsent.last();
        if (last == null || last.syn) {
            last = newPiece();
            add(last);
        }
        last.fin = true;
        end++;
        releaseTail();
    }

    private SendPiece newPiece() {
        SendPiece piece = free == null ? new SendPiece() : free;
        free = piece.nextFree;
        piece.clear();
        return piece;
    }

    private void claimFront(SendPiece piece) {
        piece.front = freeFronts.isEmpty()
                ? MemorySegment.ofArray(new byte[SendPiece.MOST_FRONT_BYTES]) : freeFronts.pop();
    }

    private void add(SendPiece piece) {
        piece.start = end;
        end += piece.sequenceLength();
        unsent.addLast(piece);
    }

    /**
     * The first piece that was not sent, cut to so many bytes, is sent now.
     *
     * @param length payload bytes, at most those of the piece
     * @param withFin whether FIN may go with them, when it follows them
     */
    SendPiece send(int length, boolean withFin) {
        SendPiece piece = unsent.first();
        if (length == piece.length && (withFin || !piece.fin)) {
            sent.addLast(unsent.removeFirst());
            return piece;
        }
        SendPiece front = newPiece();
        front.start = piece.start;
        front.length = length;
        front.at = piece.at;
        front.buffer = piece.buffer;
        front.buffer.retain();
        if (piece.frontBytes > 0) {
            claimFront(front);
            front.setFront(piece.front, piece.frontAt, Math.min(length, piece.frontBytes));
        }
        piece.trim(length);
        sent.addLast(front);
        return front;
    }

    /** The first piece that was sent is acknowledged as a whole. */
    void dropFirst() {
        drop(sent.removeFirst());
    }

    /** Only the front of the first piece that was sent is acknowledged. */
    void trimFirst(long acknowledged) {
        SendPiece piece = sent.first();
        int bytes = (int) (acknowledged - piece.start);
        piece.trim(bytes);
        payloadBytes -= bytes;
    }

    private void drop(SendPiece piece) {
        payloadBytes -= piece.length;
        if (piece.buffer != null) {
            piece.buffer.release();
            piece.buffer = null;
        }
        if (piece.front != null) {
            freeFronts.push(piece.front);
            piece.front = null;
        }
        piece.nextFree = free;
        free = piece;
    }

    /** The connection is over: nothing is kept. */
    void clear() {
        while (!sent.isEmpty()) {
            drop(sent.removeFirst());
        }
        while (!unsent.isEmpty()) {
            drop(unsent.removeFirst());
        }
        releaseTail();
    }
}
