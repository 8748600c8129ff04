package org.netchannel.conformance.capture;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netchannel.conformance.capture.Segment.Address;
import org.netchannel.traces.Hello;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;
import org.netchannel.traces.TracePacket;

/** One TCP connection of a capture, both directions. */
final class Stream {
    /** It can't be judged whether a stream is of interest when this much of it has shown nothing. */
    private static final int SEARCHED = 1 << 16;

    private final int number;
    private final Address dialer;
    private final Address acceptor;
    private final Side fromDialer;
    private final Side fromAcceptor;
    private final Set<Integer> fullBacklogs = new HashSet<>();
    private long firstNs = Long.MAX_VALUE;
    private long holeNs = Long.MAX_VALUE;
    private boolean ended;
    private boolean limited;

    /** What comes out of a stream. */
    interface Sink {
        void packet(long timeNs, Stream stream, boolean byDialer, TracePacket packet) throws IOException;

        void packet(long timeNs, Stream stream, boolean byDialer, PrototypeHeader packet) throws IOException;

        void end(long timeNs, Stream stream, boolean byDialer) throws IOException;
    }

    /** One direction. */
    private final class Side implements PacketCutter.Sink {
        private final boolean byDialer;
        private final Reassembly reassembly;
        private final PacketCutter cutter;
        private final Sink sink;
        private long nowNs;
        private long packets;
        private int searched;
        private boolean looksLikeOurs;
        private boolean over;
        private Optional<Hello> hello = Optional.empty();
        private long sendBuffer;

        Side(boolean byDialer, Set<Format> legal, Reassembly.Together together, Sink sink) {
            this.byDialer = byDialer;
            this.reassembly = new Reassembly(together);
            this.sink = sink;
            this.cutter = new PacketCutter(legal, this);
        }

        @Override
        public void packet(TracePacket packet) throws IOException {
            if (packet instanceof TracePacket.Readable(PacketHeader header, Optional<Hello> said, boolean _)) {
                if (packets == 0) {
                    hello = said;
                }
                PacketType type = header.type().orElse(null);
                if (sendBuffer == 0 && (type == PacketType.NCSYN || type == PacketType.NCSYN_ACK)) {
                    sendBuffer = header.offset();
                }
                if (type == PacketType.NCREFUSE && header.tag() == Reason.BACKLOG_FULL.tag()) {
                    fullBacklogs.add(header.sourcePort());
                }
                limited |= type == PacketType.NCREFUSE && header.tag() == Reason.LIMIT.tag();
            }
            packets++;
            sink.packet(nowNs, Stream.this, byDialer, packet);
        }

        @Override
        public void packet(PrototypeHeader packet) throws IOException {
            packets++;
            sink.packet(nowNs, Stream.this, byDialer, packet);
        }

        void search(byte[] payload) {
            if (searched < SEARCHED && !looksLikeOurs) {
                searched += payload.length;
                looksLikeOurs = PacketCutter.hasHeader(payload);
            }
        }

        void end(long timeNs) throws IOException {
            if (!over) {
                over = true;
                ended = true;
                sink.end(timeNs, Stream.this, byDialer);
            }
        }
    }

    Stream(
            int number, Address dialer, Address acceptor, Set<Format> legal, Reassembly.Together together, Sink sink) {
        this.number = number;
        this.dialer = dialer;
        this.acceptor = acceptor;
        this.fromDialer = new Side(true, legal, together, sink);
        this.fromAcceptor = new Side(false, legal, together, sink);
    }

    void take(Segment segment) throws IOException {
        firstNs = Math.min(firstNs, segment.timeNs());
        Side side = segment.from().equals(dialer) ? fromDialer : fromAcceptor;
        Side other = side == fromDialer ? fromAcceptor : fromDialer;
        side.nowNs = segment.timeNs();
        if (segment.syn()) {
            side.reassembly.open(segment.sequence());
        } else if (!side.reassembly.isFromTheBeginning()) {
            side.search(segment.payload());
        }
        if (side.reassembly.isFromTheBeginning() && holeNs == Long.MAX_VALUE) {
            if (side.reassembly.add(segment, side.cutter::take) == Reassembly.Result.HOLE
                    || segment.acknowledges() && other.reassembly.isFromTheBeginning()
                            && other.reassembly.isBeyond(segment.acknowledgement())) {
                holeNs = segment.timeNs();
                side.reassembly.drop();
                other.reassembly.drop();
            }
        }
        if (segment.rst() || side.reassembly.isOver()) {
            side.end(segment.timeNs());
        }
    }

    /** Whether a SYN belongs to another connection between the same ports. */
    boolean isOver() {
        return ended;
    }

    int number() {
        return number;
    }

    Address dialer() {
        return dialer;
    }

    Address acceptor() {
        return acceptor;
    }

    long firstNs() {
        return firstNs;
    }

    /** When it was seen that bytes are missing that the receiver has; {@link Long#MAX_VALUE} when none are. */
    long holeNs() {
        return holeNs;
    }

    /** Whether both directions were captured from their first byte on. */
    boolean isFromTheBeginning() {
        return fromDialer.reassembly.isFromTheBeginning()
                && (fromAcceptor.reassembly.isFromTheBeginning() || fromAcceptor.packets == 0);
    }

    boolean has(Format format) {
        return fromDialer.cutter.format() == format || fromAcceptor.cutter.format() == format;
    }

    /** Whether a stream without a beginning has packets of the protocol in it. */
    boolean looksLikeOurs() {
        return fromDialer.looksLikeOurs || fromAcceptor.looksLikeOurs;
    }

    Optional<Hello> hello(boolean byDialer) {
        return side(byDialer).hello;
    }

    /** What the host announced in its first NCSYN or NCSYN_ACK here, 0 when there was none. */
    long sendBuffer(boolean byDialer) {
        return side(byDialer).sendBuffer;
    }

    /** Ports for which an NCSYN was refused because the accept queue was full. */
    Set<Integer> fullBacklogs() {
        return fullBacklogs;
    }

    /** Whether an NCSYN was refused because of the limit of sockets. */
    boolean isLimited() {
        return limited;
    }

    private Side side(boolean byDialer) {
        return byDialer ? fromDialer : fromAcceptor;
    }

    /** Streams by their two ends. */
    static final class Table {
        private final Map<Set<Address>, Stream> current = new HashMap<>();

        Optional<Stream> of(Segment segment) {
            return Optional.ofNullable(current.get(Set.of(segment.from(), segment.to())));
        }

        void put(Stream stream) {
            current.put(Set.of(stream.dialer, stream.acceptor), stream);
        }
    }
}
