package org.netchannel.reference;

import java.util.Map;
import org.netchannel.traces.Bytes;
import org.pcollections.PSet;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

/**
 * The sending half of a connection. Offsets of its own stream are small: they count bytes that really were sent.
 *
 * @param sndUna lowest unacknowledged offset
 * @param sndNxt one past the highest offset ever handed to a channel; the FIN does not count
 * @param written one past the last byte taken from the application
 * @param retained the bytes from {@code sndUna} to {@code written}, in pieces by offset of their first byte (NC-DATA-3)
 * @param handed which unacknowledged bytes went to which channel, by offset of the first
 * @param resend bytes to be sent again, because their channel failed: end by begin (NC-FAIL-1)
 * @param used the channels that have carried DATA of this connection (NC-DATA-5)
 * @param stopEpoch the epoch in force, 0 when no STOP is (NC-HOL-5)
 * @param resumedEpoch the highest epoch resumed (NC-HOL-8)
 * @param fin how far the end of this direction has come (NC-FIN-1)
 * @param lostDeadline when the wait for an active channel ends, or {@link Timers#NEVER} (NC-FAIL-1)
 */
public record Sending(
        long sndUna,
        long sndNxt,
        long written,
        PSortedMap<Long, Bytes> retained,
        PSortedMap<Long, Handed> handed,
        PSortedMap<Long, Long> resend,
        PSet<Integer> used,
        long stopEpoch,
        long resumedEpoch,
        Fin fin,
        long lostDeadline) {

    /**
     * Bytes that a channel was given.
     *
     * @param end one past the last of them
     * @param channel the channel's number
     */
    public record Handed(long end, int channel) {}

    /** The end of the sending direction. */
    public enum Fin {
        /** The application may still send. */
        OPEN,
        /** The application has shut down, and bytes are still to be handed to a channel. */
        DUE,
        /** FIN was sent; it occupies the offset after the last byte. */
        SENT
    }

    static final Sending START = new Sending(0, 0, 0, TreePMap.empty(), TreePMap.empty(), TreePMap.empty(),
            TreePSet.empty(), 0, 0, Fin.OPEN, Timers.NEVER);

    /** No new DATA is put on any channel (NC-HOL-5, NC-HOL-8). */
    boolean isStopped() {
        return stopEpoch > 0;
    }

    /** Bytes that no channel has, or that have to be sent again. */
    boolean isWaiting() {
        return sndNxt < written || !resend.isEmpty();
    }

    /** Something can be put on a channel now; a STOP holds back new bytes only (NC-HOL-5). */
    boolean isReady() {
        return !resend.isEmpty() || sndNxt < written && !isStopped();
    }

    /** The highest acknowledgement that the peer can mean (NC-DATA-5, NC-FIN-1). */
    long highestAck() {
        return fin == Fin.SENT ? written + 1 : sndNxt;
    }

    boolean isFinAcknowledged() {
        return fin == Fin.SENT && sndUna == written + 1;
    }

    /** The application gave bytes; they are retained until acknowledged (NC-DATA-3). */
    Sending write(Bytes data) {
        return new Sending(sndUna, sndNxt, written + data.length(), retained.plus(written, data), handed, resend, used,
                stopEpoch, resumedEpoch, fin, lostDeadline);
    }

    /** Everything below the acknowledged offset is forgotten (NC-DATA-3). */
    Sending acknowledge(long ack) {
        PSortedMap<Long, Bytes> bytes = retained;
        while (!bytes.isEmpty() && bytes.firstKey() + bytes.firstEntry().getValue().length() <= ack) {
            bytes = bytes.minusFirstEntry();
        }
        PSortedMap<Long, Handed> given = handed;
        while (!given.isEmpty() && given.firstEntry().getValue().end() <= ack) {
            given = given.minusFirstEntry();
        }
        return new Sending(ack, sndNxt, written, bytes, given, above(resend, ack), used, stopEpoch, resumedEpoch, fin,
                lostDeadline);
    }

    private static PSortedMap<Long, Long> above(PSortedMap<Long, Long> ranges, long ack) {
        PSortedMap<Long, Long> rest = ranges;
        while (!rest.isEmpty() && rest.firstKey() < ack) {
            long end = rest.firstEntry().getValue();
            rest = rest.minusFirstEntry();
            if (end > ack) {
                rest = rest.plus(ack, end);
            }
        }
        return rest;
    }

    /** NC-DATA-2: the next bytes for a channel, within one piece: first what is to be sent again, then new ones. */
    Piece next(int largestPayload) {
        long from = resend.isEmpty() ? sndNxt : resend.firstKey();
        long end = resend.isEmpty() ? written : resend.firstEntry().getValue();
        Map.Entry<Long, Bytes> piece = retained.floorEntry(from);
        int start = (int) (from - piece.getKey());
        long length = Math.min(Math.min(piece.getValue().length() - start, end - from), largestPayload);
        return new Piece(from, piece.getValue().slice(start, (int) length));
    }

    /** A channel was given the piece that {@link #next} said. */
    Sending hand(Piece piece, int channel) {
        PSortedMap<Long, Long> rest = resend;
        if (!rest.isEmpty()) {
            long end = rest.firstEntry().getValue();
            rest = rest.minusFirstEntry();
            rest = piece.end() < end ? rest.plus(piece.end(), end) : rest;
        }
        return new Sending(sndUna, Math.max(sndNxt, piece.end()), written, retained,
                handed.plus(piece.offset(), new Handed(piece.end(), channel)), rest, used.plus(channel), stopEpoch,
                resumedEpoch, fin, lostDeadline);
    }

    /** Whether bytes that this channel was given are unacknowledged (NC-CH-5). */
    boolean isUnacknowledgedOn(int channel) {
        for (Handed given : handed.values()) {
            if (given.channel() == channel) {
                return true;
            }
        }
        return false;
    }

    /** The channel failed: what it was given and is unacknowledged has to be sent again (NC-FAIL-1). */
    Sending takeBack(int channel) {
        PSortedMap<Long, Handed> kept = handed;
        PSortedMap<Long, Long> again = resend;
        for (Map.Entry<Long, Handed> given : handed.entrySet()) {
            if (given.getValue().channel() == channel) {
                kept = kept.minus(given.getKey());
                again = again.plus(Math.max(given.getKey(), sndUna), given.getValue().end());
            }
        }
        return new Sending(sndUna, sndNxt, written, retained, kept, again, used.minus(channel), stopEpoch, resumedEpoch,
                fin, lostDeadline);
    }

    Sending withStopEpoch(long epoch) {
        return new Sending(sndUna, sndNxt, written, retained, handed, resend, used, epoch, resumedEpoch, fin,
                lostDeadline);
    }

    /** NC-HOL-8: the highest epoch resumed becomes at least this one, and none below it stays in force. */
    Sending resume(long epoch) {
        return new Sending(sndUna, sndNxt, written, retained, handed, resend, used, epoch >= stopEpoch ? 0 : stopEpoch,
                Math.max(resumedEpoch, epoch), fin, lostDeadline);
    }

    Sending withFin(Fin progress) {
        return new Sending(sndUna, sndNxt, written, retained, handed, resend, used, stopEpoch, resumedEpoch, progress,
                lostDeadline);
    }

    Sending withLostDeadline(long nanos) {
        return new Sending(sndUna, sndNxt, written, retained, handed, resend, used, stopEpoch, resumedEpoch, fin,
                nanos);
    }
}
