package org.netchannel.optimized.tcp;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.NetworkOutput.Opening;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;
import org.netchannel.optimized.tcp.wire.TcpOptions;

/** Decides which segment a connection sends next, and then writes it. */
final class Output {
    /** What came of {@link #sendNext}. */
    enum Result {
        /** One segment was sent. */
        SENT,
        /** There is nothing to be sent now. */
        NOTHING,
        /** The layer below takes nothing. */
        FULL,
        /** The layer below has to find the peer first. */
        UNRESOLVED
    }

    private static final int NO_DATA = -1;
    /** The most payload of a segment that the device splits: an IPv4 packet of 65,535 bytes with the longest header. */
    private static final int LARGEST_PAYLOAD = 65_535 - 20 - TcpHeader.BYTES - TcpHeader.MAX_OPTION_BYTES;
    /** The least payload of a piece: there is hardware that refuses less than 256 bytes, and small ones don't pay. */
    private static final int LEAST_PIECE = 512;
    private static final int MOST_PIECES = NetworkOutput.MOST_PIECES;

    private final TcpLayer layer;

    Output(TcpLayer layer) {
        this.layer = layer;
    }

    /** At most one segment: acknowledgements that can't wait, then what was lost, then new data, then the rest. */
    Result sendNext(TcpConnection connection, NetworkOutput network) {
        if (connection.state == State.CLOSED) {
            return Result.NOTHING;
        }
        boolean acknowledges = connection.state != State.SYN_SENT;
        boolean pure = acknowledges && connection.acknowledging.isPureDue();
        SendPiece resend = pure ? null : connection.recovery.toResend();
        int length = pure || resend != null ? NO_DATA : newData(connection, network);
        boolean bare = acknowledges && (connection.acknowledging.isDue() || connection.keepAlive.isDue());
        if (!bare && resend == null && length == NO_DATA) {
            return Result.NOTHING;
        }
        Opening opening = network.open(connection.flow);
        if (opening != Opening.READY) {
            if (opening == Opening.UNRESOLVED && (resend != null || length != NO_DATA)) {
                connection.retransmission.startUnlessRunning();
            }
            return opening == Opening.FULL ? Result.FULL : Result.UNRESOLVED;
        }
        if (resend != null) {
            resend(connection, network, resend);
        } else if (length > connection.segmentBytes) {
            sendLarge(connection, network, length);
        } else if (length != NO_DATA) {
            sendNew(connection, network, length);
        } else {
            sendBare(connection, network);
        }
        return Result.SENT;
    }

    /** How much of the first unsent piece goes out now (RFC 9293, sections 3.7.4 and 3.8.6.2.1). */
    private int newData(TcpConnection connection, NetworkOutput network) {
        SendPiece piece = connection.sending.unsent.first();
        if (piece == null) {
            connection.recovery.limited = false;
            return NO_DATA;
        }
        if (piece.syn) {
            return 0;
        }
        if (!connection.state.isSynchronized()) {
            return NO_DATA;
        }
        long usable = connection.unacknowledged + connection.sendWindow - connection.nextSend;
        int most = Math.min(piece.length, connection.segmentBytes);
        if (connection.retransmission.isProbeDue()) {
            return Math.clamp(usable, Math.min(1, most), most);
        }
        int length = Math.clamp(usable, 0, most);
        boolean cut = length < most || most == 0 && usable <= 0;
        if (cut && (length == 0 || length < connection.largestWindow / 2)) {
            return waitForWindow(connection);
        }
        if (!cut && isHeldByNagle(connection, piece)) {
            return NO_DATA;
        }
        long pipe = connection.recovery.pipe();
        connection.recovery.limited = pipe > 0 && pipe + length > connection.congestion.window();
        if (connection.recovery.limited) {
            return NO_DATA;
        }
        boolean more = length == connection.segmentBytes && length >= LEAST_PIECE && piece.length >= 2 * length;
        return more && network.splits(connection.flow) ? largeSegment(connection, piece, usable) : length;
    }

    /**
     * How much goes out at once where it is split below this: whole segments, as many as both windows have room for,
     * and what is left behind the last of them where that may go, too. Then every piece is one that would have been
     * sent by itself. Where CWR has to be told it goes with one segment: the device might repeat it with each piece
     * (RFC 3168, section 6.1.2).
     */
    private int largeSegment(TcpConnection connection, SendPiece piece, long usable) {
        int segment = connection.segmentBytes;
        if (connection.recovery.reductionToTell) {
            return segment;
        }
        if (connection.sending.sent.isEmpty()) {
            restartAfterIdleTime(connection);
        }
        long allowed = Math.min(usable, connection.congestion.window() - connection.recovery.pipe());
        long most = Math.min(Math.min(piece.length, LARGEST_PAYLOAD), allowed);
        boolean mayBeSmall = !connection.nagle || connection.sending.unsent.size() > 1;
        boolean all = most == piece.length && Math.ceilDiv(piece.length, segment) <= MOST_PIECES;
        return all && mayBeSmall ? piece.length : Math.clamp(most / segment, 1, MOST_PIECES) * segment;
    }

    /** The window is shut, or nearly: nothing is sent before it opens, or the timer says so. */
    private static int waitForWindow(TcpConnection connection) {
        connection.recovery.limited = false;
        if (connection.sending.sent.isEmpty()) {
            connection.retransmission.startUnlessRunning();
        }
        return NO_DATA;
    }

    /** RFC 9293, section 3.7.4: the last, small segment waits while others are not acknowledged. */
    private static boolean isHeldByNagle(TcpConnection connection, SendPiece piece) {
        return connection.nagle && piece.length < connection.segmentBytes && !piece.fin
                && connection.sending.unsent.size() == 1 && connection.nextSend > connection.unacknowledged;
    }

    private void resend(TcpConnection connection, NetworkOutput network, SendPiece piece) {
        layer.counters().count(Counter.RETRANSMISSIONS);
        connection.recovery.resent(piece);
        send(connection, network, piece, Ipv4Header.NOT_ECT, 0);
    }

    private void sendNew(TcpConnection connection, NetworkOutput network, int length) {
        long usable = connection.unacknowledged + connection.sendWindow - connection.nextSend;
        boolean probe = connection.retransmission.isProbeDue();
        if (connection.sending.sent.isEmpty()) {
            restartAfterIdleTime(connection);
        }
        SendPiece piece = connection.sending.send(length, length == 0 || usable > length);
        if (probe) {
            connection.retransmission.probed();
        }
        connection.nextSend = piece.end();
        boolean ect = connection.ecnOn && length > 0 && !connection.retransmission.isProbing();
        int more = 0;
        if (connection.recovery.reductionToTell && length > 0) {
            more = TcpHeader.CWR;
            connection.recovery.reductionToTell = false;
        }
        send(connection, network, piece, ect ? Ipv4Header.ECT_0 : Ipv4Header.NOT_ECT, more);
    }

    /** Several segments as one, which is split below this; afterwards they are as if sent one by one. */
    private void sendLarge(TcpConnection connection, NetworkOutput network, int length) {
        int segment = connection.segmentBytes;
        SendPiece first = sendPiece(connection, segment);
        for (int sent = segment; sent < length; sent += segment) {
            sendPiece(connection, Math.min(segment, length - sent));
        }
        layer.counters().count(Counter.LARGE_SEGMENTS);
        connection.nextSend = first.start + length;
        connection.lastDataSentNs = layer.nowNs();
        connection.retransmission.startUnlessRunning();
        // A device leaves PSH to the last piece.
        int flags = TcpHeader.ACK | (connection.sending.unsent.isEmpty() ? TcpHeader.PSH : 0);
        int ecn = connection.ecnOn ? Ipv4Header.ECT_0 : Ipv4Header.NOT_ECT;
        write(connection, network, (int) first.start, flags, ecn, first, length);
    }

    /** FIN, when it is next, goes by itself. */
    private SendPiece sendPiece(TcpConnection connection, int length) {
        SendPiece piece = connection.sending.send(length, false);
        piece.transmissions++;
        piece.sentAtNs = layer.nowNs();
        return piece;
    }

    /** RFC 5681, section 4.1. */
    private void restartAfterIdleTime(TcpConnection connection) {
        if (connection.lastDataSentNs > 0
                && layer.nowNs() - connection.lastDataSentNs > connection.roundTrip.timeout()) {
            connection.congestion.onIdle();
        }
    }

    private void send(TcpConnection connection, NetworkOutput network, SendPiece piece, int ecn, int moreFlags) {
        int flags = moreFlags;
        if (connection.state != State.SYN_SENT) {
            flags |= TcpHeader.ACK;
        }
        if (piece.syn) {
            flags |= TcpHeader.SYN | handshakeEcn(connection, piece);
        }
        if (piece.fin) {
            flags |= TcpHeader.FIN;
        }
        if (piece.length > 0 && connection.sending.unsent.isEmpty()) {
            flags |= TcpHeader.PSH;
        }
        piece.transmissions++;
        piece.sentAtNs = layer.nowNs();
        connection.lastDataSentNs = layer.nowNs();
        connection.retransmission.startUnlessRunning();
        write(connection, network, (int) piece.start, flags, ecn, piece, piece.length);
    }

    /** RFC 3168, section 6.1.1: ECN is asked for once; a SYN that is sent again asks no more (section 6.1.1.1). */
    private static int handshakeEcn(TcpConnection connection, SendPiece piece) {
        if (connection.state == State.SYN_RECEIVED) {
            return connection.ecnOn ? TcpHeader.ECE : 0;
        }
        if (piece.transmissions > 0) {
            connection.ecnOn = false;
        }
        return connection.ecnOn ? TcpHeader.ECE | TcpHeader.CWR : 0;
    }

    private void sendBare(TcpConnection connection, NetworkOutput network) {
        long sequence = connection.nextSend;
        if (!connection.acknowledging.isDue()) {
            // RFC 9293, section 3.8.4: a position that the peer has acknowledged, so that it answers.
            connection.keepAlive.sent();
            sequence--;
        }
        write(connection, network, (int) sequence, TcpHeader.ACK, Ipv4Header.NOT_ECT, null, 0);
    }

    /**
     * A segment with so many bytes from a piece on: those of more than one lie one behind the other.
     *
     * @param piece null when there is no payload
     */
    private void write(TcpConnection connection, NetworkOutput network, int sequence, int flags, int ecn,
            SendPiece piece, int length) {
        MemorySegment memory = network.header();
        long at = network.headerAt();
        boolean syn = (flags & TcpHeader.SYN) != 0;
        boolean acknowledges = (flags & TcpHeader.ACK) != 0;
        boolean large = length > connection.segmentBytes && connection.segmentBytes > 0;
        int headerBytes = TcpHeader.BYTES;
        headerBytes += writeOptions(connection, memory, at + headerBytes, syn, acknowledges, length == 0);
        long position = acknowledges ? connection.acknowledging.position() : 0;
        boolean echoes = acknowledges && !syn && connection.ecnOn && connection.acknowledging.isEchoing();
        TcpHeader.write(memory, at, connection.flow.localPort(), connection.flow.remotePort(), sequence,
                (int) position, headerBytes, flags | (echoes ? TcpHeader.ECE : 0),
                connection.acknowledging.announce(syn));
        if (acknowledges) {
            connection.acknowledging.sent(position, length == 0);
        }
        int inFront = length == 0 ? 0 : piece.frontBytes;
        if (inFront > 0) {
            MemorySegment.copy(piece.front, piece.frontAt, memory, at + headerBytes, inFront);
        }
        int rest = length - inFront;
        MemorySegment payload = rest == 0 ? null : piece.buffer.memory();
        long payloadAt = rest == 0 ? 0 : piece.at;
        SegmentChecksum checksum = large ? SegmentChecksum.DEVICE : network.checksum();
        TcpHeader.putChecksum(memory, at, checksum.of(
                network.pseudoHeader(connection.flow, large ? 0 : headerBytes + length), memory, at,
                headerBytes + inFront, payload, payloadAt, rest));
        layer.counters().count(Counter.SEGMENTS_SENT, large ? Math.ceilDiv(length, connection.segmentBytes) : 1);
        network.send(connection.flow, headerBytes + inFront, ecn, rest == 0 ? null : piece.buffer, payloadAt, rest,
                large ? connection.segmentBytes : 0);
    }

    /** What goes with a SYN; later timestamps, and SACK blocks where there is no payload that they would crowd out. */
    private int writeOptions(TcpConnection connection, MemorySegment memory, long at, boolean syn,
            boolean acknowledges, boolean empty) {
        int bytes = 0;
        if (syn) {
            bytes += TcpOptions.writeMaximumSegmentSize(memory, at, layer.largestSegment(connection.flow));
            if (connection.sackOn) {
                bytes += TcpOptions.writeSackPermitted(memory, at + bytes);
            }
            if (connection.windowScaleOn) {
                bytes += TcpOptions.writeWindowScale(memory, at + bytes,
                        Acknowledging.shiftFor(layer.settings().get(Setting.RECEIVE_BUFFER)));
            }
        }
        if (connection.timestampsOn) {
            bytes += TcpOptions.writeTimestamps(memory, at + bytes, layer.timestamp(connection),
                    acknowledges ? connection.recentTimestamp : 0);
        }
        SackBlocks blocks = connection.acknowledging.sackBlocks;
        if (!syn && empty && connection.sackOn && blocks.size() > 0) {
            bytes += writeSack(blocks, memory, at + bytes, TcpHeader.MAX_OPTION_BYTES - bytes);
        }
        return bytes;
    }

    /** RFC 2018, section 4. */
    private static int writeSack(SackBlocks blocks, MemorySegment memory, long at, int room) {
        int count = Math.min(blocks.size(), (room - 4) / 8);
        int bytes = TcpOptions.writeSackHead(memory, at, count);
        for (int i = 0; i < count; i++) {
            bytes += TcpOptions.writeSackBlock(memory, at + bytes, (int) blocks.left(i), (int) blocks.right(i));
        }
        return bytes;
    }
}
