package org.netchannel.traces;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Decoded.Malformed;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.TraceEvent.Range;

/** Knows, for one host, where in which stream its applications and its packets are, and checks the bytes there. */
final class StreamTracker {
    private static final class Stream {
        private final long connection;
        private final int sendDirection;
        private long sent;
        private long received;

        private Stream(long connection, int sendDirection) {
            this.connection = connection;
            this.sendDirection = sendDirection;
        }
    }

    private final PayloadCheck check;
    private final Map<Integer, Stream> bySocket = new HashMap<>();

    /** Ids of the connections that this host asked for; every other is the peer's. Old ids stay: packets come late. */
    private final Set<Long> connecting = new HashSet<>();

    StreamTracker(PayloadCheck check) {
        this.check = check;
    }

    void connected(Connected connected) {
        connecting.add(connected.connection());
        bySocket.put(
                connected.socket(), new Stream(connected.connection(), PayloadPattern.FROM_CONNECTING));
    }

    void accepted(Connected connected) {
        bySocket.put(
                connected.socket(), new Stream(connected.connection(), PayloadPattern.FROM_ACCEPTING));
    }

    void forget(int socket) {
        bySocket.remove(socket);
    }

    /** Where the next byte of a socket goes; 0 for a socket that there is not. */
    long sendOffset(int socket) {
        Stream stream = bySocket.get(socket);
        return stream == null ? 0 : stream.sent;
    }

    void sent(int socket, int taken) {
        Stream stream = bySocket.get(socket);
        if (stream != null) {
            stream.sent += taken;
        }
    }

    /** Bytes from a socket that there is not cannot be right. */
    TraceEvent.Received received(int socket, Endpoint.Received received) {
        Bytes data = received.data();
        Stream stream = bySocket.get(socket);
        if (stream == null) {
            return new TraceEvent.Received(new Range(0, data.length()), data.length() == 0, received.end());
        }
        long offset = stream.received;
        stream.received += data.length();
        boolean intact = check.intact(stream.connection, 1 - stream.sendDirection, offset, data);
        return new TraceEvent.Received(new Range(offset, data.length()), intact, received.end());
    }

    /** A packet that this host gave. */
    TracePacket pulled(Bytes packet) {
        return seen(packet, true);
    }

    /** A packet that this host was offered. */
    TracePacket delivered(Bytes packet) {
        return seen(packet, false);
    }

    private TracePacket seen(Bytes bytes, boolean sentHere) {
        return switch (PacketCodec.decode(bytes)) {
            case Good<Packet>(Packet packet) -> new TracePacket.Readable(
                    packet.header(), hello(packet), packet.header().type().orElse(null) != PacketType.DATA
                            || intact(packet, sentHere));
            case Malformed<Packet>(int byteIndex, String reason) ->
                new TracePacket.Unreadable("byte " + byteIndex + ": " + reason);
        };
    }

    private boolean intact(Packet packet, boolean sentHere) {
        PacketHeader header = packet.header();
        boolean connectedHere = connecting.contains(header.connection());
        int direction = sentHere == connectedHere ? PayloadPattern.FROM_CONNECTING : PayloadPattern.FROM_ACCEPTING;
        return check.intact(header.connection(), direction, header.offset(), packet.payload());
    }

    private static Optional<Hello> hello(Packet packet) {
        return packet.header().type().orElse(null) == PacketType.HELLO
                        && HelloCodec.decode(packet.payload()) instanceof Good<Hello>(Hello hello)
                ? Optional.of(hello)
                : Optional.empty();
    }
}
