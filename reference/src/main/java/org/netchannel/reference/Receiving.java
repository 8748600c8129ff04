package org.netchannel.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.netchannel.traces.Bytes;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * The receiving half of a connection: the receive buffer, and what was acknowledged. DATA comes in only below
 * {@link #limit}, so offsets of bytes are small; the final offset may be anything before the limit is announced.
 *
 * @param rcvNxt every byte below it is in the receive buffer or was read; includes the FIN
 * @param read offset of the next byte the application reads
 * @param buffer the receive buffer: pieces that do not overlap, by offset of their first byte
 * @param held bytes in the receive buffer
 * @param finalOffset where the peer's stream ends, unsigned; empty until its FIN has arrived (NC-FIN-1)
 * @param highest one past the highest byte that has arrived
 * @param announced the peer's send buffer, empty until NCSYN or NCSYN_ACK told it
 * @param ackSent the last value of {@code rcvNxt} that was sent (NC-DATA-5)
 * @param ackDeadline when the acknowledgement delay ends, or {@link Timers#NEVER}
 */
public record Receiving(
        long rcvNxt,
        long read,
        PSortedMap<Long, Bytes> buffer,
        long held,
        OptionalLong finalOffset,
        long highest,
        OptionalLong announced,
        long ackSent,
        long ackDeadline) {

    /** No send buffer is larger (endpoint.md); a peer that announces more, or has not announced one yet, has this. */
    static final long LARGEST_SEND_BUFFER = 1L << 30;

    static final Receiving START = new Receiving(0, 0, TreePMap.empty(), 0, OptionalLong.empty(), 0,
            OptionalLong.empty(), 0, Timers.NEVER);

    long sendBuffer() {
        return announced.orElse(LARGEST_SEND_BUFFER);
    }

    /** No honest peer sends a byte at or over this offset (NC-DATA-6). */
    long limit() {
        return rcvNxt + sendBuffer();
    }

    boolean isFinReceived() {
        return finalOffset.isPresent() && rcvNxt > 0 && rcvNxt - 1 == finalOffset.getAsLong();
    }

    /** One past the last byte in sequence. */
    long inSequence() {
        return isFinReceived() ? rcvNxt - 1 : rcvNxt;
    }

    long readable() {
        return inSequence() - read;
    }

    boolean isUnsent() {
        return rcvNxt != ackSent;
    }

    /** A quarter of the peer's send buffer is received and not acknowledged (NC-DATA-5). */
    boolean isQuarterUnsent() {
        return isUnsent() && 4 * (rcvNxt - ackSent) >= sendBuffer();
    }

    /**
     * The parts of these bytes that are not in the receive buffer and were not read: what trimming leaves (NC-DATA-4).
     */
    List<Piece> missing(Piece data) {
        List<Piece> parts = new ArrayList<>(1);
        long from = afterPieceAt(Math.max(data.offset(), inSequence()));
        while (from < data.end()) {
            Map.Entry<Long, Bytes> next = buffer.ceilingEntry(from);
            long to = next == null ? data.end() : Math.min(data.end(), next.getKey());
            if (to > from) {
                parts.add(data.part(from, to));
            }
            from = afterPieceAt(to);
        }
        return parts;
    }

    /** The first offset from here on that is not covered by the piece of the receive buffer that covers this one. */
    private long afterPieceAt(long offset) {
        Map.Entry<Long, Bytes> piece = buffer.floorEntry(offset);
        return piece == null ? offset : Math.max(offset, piece.getKey() + piece.getValue().length());
    }

    /** Puts missing parts into the receive buffer; {@code rcvNxt} moves past everything that is now in sequence. */
    Receiving store(List<Piece> parts) {
        PSortedMap<Long, Bytes> pieces = buffer;
        long bytes = held;
        for (Piece part : parts) {
            pieces = pieces.plus(part.offset(), part.bytes());
            bytes += part.bytes().length();
        }
        long next = inSequence();
        for (Bytes piece = pieces.get(next); piece != null; piece = pieces.get(next)) {
            next += piece.length();
        }
        return new Receiving(next, read, pieces, bytes, finalOffset, highest, announced, ackSent, ackDeadline)
                .withFinInSequence();
    }

    /** The FIN counts as received when every byte before it is (NC-FIN-1, NC-FIN-2). */
    private Receiving withFinInSequence() {
        boolean inSequence = finalOffset.isPresent() && finalOffset.getAsLong() == rcvNxt;
        return inSequence ? withRcvNxt(rcvNxt + 1) : this;
    }

    /** The application reads at most this many bytes (NC-DATA-1). */
    List<Bytes> readable(int max) {
        List<Bytes> pieces = new ArrayList<>(1);
        long left = Math.min(max, readable());
        long offset = read;
        while (left > 0) {
            Map.Entry<Long, Bytes> piece = buffer.floorEntry(offset);
            int start = (int) (offset - piece.getKey());
            int length = (int) Math.min(left, piece.getValue().length() - start);
            pieces.add(piece.getValue().slice(start, length));
            offset += length;
            left -= length;
        }
        return pieces;
    }

    /** The application has read this many bytes; they leave the receive buffer. */
    Receiving afterRead(long length) {
        long offset = read + length;
        PSortedMap<Long, Bytes> pieces = buffer;
        while (!pieces.isEmpty() && pieces.firstKey() + pieces.firstEntry().getValue().length() <= offset) {
            pieces = pieces.minusFirstEntry();
        }
        return new Receiving(rcvNxt, offset, pieces, held - length, finalOffset, highest, announced, ackSent,
                ackDeadline);
    }

    /** What a reset leaves to be read: the bytes in sequence (NC-RST-1). */
    Receiving inSequenceOnly() {
        return new Receiving(rcvNxt, read, buffer.headMap(inSequence(), false), readable(), finalOffset, highest,
                announced, ackSent, Timers.NEVER);
    }

    Receiving withFinalOffset(long offset) {
        return new Receiving(rcvNxt, read, buffer, held, OptionalLong.of(offset), highest, announced, ackSent,
                ackDeadline).withFinInSequence();
    }

    Receiving withHighest(long offset) {
        return new Receiving(rcvNxt, read, buffer, held, finalOffset, Math.max(highest, offset), announced, ackSent,
                ackDeadline);
    }

    /** What the peer announces once counts; more than any legal send buffer is taken as the largest. */
    Receiving withAnnounced(long bytes) {
        long legal = Long.compareUnsigned(bytes, LARGEST_SEND_BUFFER) > 0 ? LARGEST_SEND_BUFFER : bytes;
        return new Receiving(rcvNxt, read, buffer, held, finalOffset, highest,
                OptionalLong.of(announced.orElse(legal)), ackSent, ackDeadline);
    }

    /** The value rode on a packet that this host sent (NC-DATA-5). */
    Receiving acknowledged() {
        return new Receiving(rcvNxt, read, buffer, held, finalOffset, highest, announced, rcvNxt, Timers.NEVER);
    }

    Receiving withAckDeadline(long nanos) {
        return new Receiving(rcvNxt, read, buffer, held, finalOffset, highest, announced, ackSent, nanos);
    }

    private Receiving withRcvNxt(long offset) {
        return new Receiving(offset, read, buffer, held, finalOffset, highest, announced, ackSent, ackDeadline);
    }
}
