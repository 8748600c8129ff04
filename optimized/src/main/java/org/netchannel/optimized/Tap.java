package org.netchannel.optimized;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Identity;
import org.netchannel.traces.Endpoint.Received;
import org.netchannel.traces.Outcome;

/**
 * Tells an observer what passes the boundaries of a running stack, as the calls of endpoint.md, in the order of turns:
 * a host is settled after every step of a turn, with threads as without. A packet is told of before another host can
 * have it. Who has the turn calls; packets and data are copied, so this is for traces and not for speed.
 */
final class Tap {
    private final HostCore host;
    private final Told told = new Told();
    private final Endpoint observer;
    private long toldNow;

    Tap(HostCore host, Config config, Function<Endpoint, Endpoint> observer) {
        this.host = host;
        this.observer = observer.apply(told);
        told.outcome = Outcome.ok(new Identity("optimized", "1"));
        this.observer.open(config, 0, OptionalLong.of(host.incarnation));
    }

    /** Time is told of with the next thing that happens: most turns are about nothing. */
    private Endpoint at(Outcome<?> outcome) {
        if (host.now > toldNow) {
            told.outcome = Outcome.done();
            observer.advance(host.now - toldNow);
            toldNow = host.now;
        }
        told.outcome = outcome;
        return observer;
    }

    void channelUp(int number, ChannelClass channelClass, boolean dialer) {
        at(Outcome.done()).channelUp(number, channelClass, dialer);
    }

    void channelDown(int number) {
        at(Outcome.done()).channelDown(number);
    }

    void channelDrain(int number) {
        at(Outcome.done()).channelDrain(number);
    }

    void listen(int port, int backlog) {
        at(Outcome.done()).listen(port, backlog);
    }

    void unlisten(int port) {
        at(Outcome.done()).unlisten(port);
    }

    void connect(int port, int socket, Connection connection) {
        at(Outcome.ok(new Connected(socket, connection.id))).connect(port, connection.trafficClass);
    }

    void accept(int port, int socket, Connection connection) {
        at(Outcome.ok(Optional.of(new Connected(socket, connection.id)))).accept(port);
    }

    /** Bytes that were all taken. */
    void send(int socket, Bytes taken) {
        at(Outcome.ok(taken.length())).send(socket, taken);
    }

    void receive(int socket, Bytes data) {
        at(Outcome.ok(new Received(data, false))).receive(socket, data.length());
    }

    void end(int socket) {
        at(Outcome.ok(new Received(Bytes.EMPTY, true))).receive(socket, 1);
    }

    /**
     * What an application gave: to be taken before the connection has it.
     *
     * @param waiting what it gave before, behind which the first bytes lie; null for nothing
     * @param appended how many those are
     */
    static Bytes bytes(Segment waiting, int appended, Segment chain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (appended > 0) {
            add(waiting, waiting.length, appended, bytes);
        }
        for (Segment segment = chain; segment != null; segment = segment.next) {
            add(segment, 0, segment.length, bytes);
        }
        return Bytes.of(bytes.toByteArray());
    }

    private static void add(Segment segment, int from, int count, ByteArrayOutputStream bytes) {
        byte[] part = new byte[count];
        segment.bytes().get(from, part);
        bytes.writeBytes(part);
    }

    /** What an application reads: to be taken before it is consumed. */
    static Bytes bytes(Piece first, int count) {
        byte[] bytes = new byte[count];
        int at = 0;
        for (Piece piece = first; at < count; piece = piece.next) {
            int length = Math.min(piece.length, count - at);
            piece.segment.bytes().get(piece.at, bytes, at, length);
            at += length;
        }
        return Bytes.of(bytes);
    }

    void shutdown(int socket) {
        at(Outcome.done()).shutdown(socket);
    }

    void close(int socket) {
        at(Outcome.done()).close(socket);
    }

    void abort(int socket) {
        at(Outcome.done()).abort(socket);
    }

    /** A packet that was delivered; bytes that are none are told of as nothing. */
    void deliver(Channel channel, Bytes packet) {
        at(Outcome.ok(new Endpoint.Delivery(true, channel.hasFailed))).deliver(channel.number, packet);
    }

    /** A packet that was taken from a transmit queue. */
    void pull(Channel channel, OutgoingPacket packet) {
        at(Outcome.ok(List.of(bytes(packet)))).pull(channel.number, 1);
    }

    /** A packet that came is taken before it is delivered, for its payload may be given back after that. */
    static Bytes bytes(PacketFields packet) {
        ByteBuffer bytes = ByteBuffer.allocate(Wire.HEADER_BYTES + packet.length);
        packet.writeHeader(bytes, 0);
        if (packet.length > 0) {
            bytes.put(Wire.HEADER_BYTES, packet.payload(), packet.payloadAt(), packet.length);
        }
        return Bytes.of(bytes.array());
    }
}
