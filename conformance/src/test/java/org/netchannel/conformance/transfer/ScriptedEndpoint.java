package org.netchannel.conformance.transfer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Hello;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** An endpoint that says HELLO, and for the rest transmits what a test puts in and keeps what it is given. */
final class ScriptedEndpoint implements Endpoint {
    final Map<Integer, ChannelClass> up = new HashMap<>();
    final List<Integer> down = new ArrayList<>();
    final Map<Integer, List<Bytes>> delivered = new HashMap<>();
    final Map<Integer, Integer> refusals = new HashMap<>();
    final Map<Integer, Deque<Bytes>> toSend = new HashMap<>();
    long nanos;

    static Bytes data(int length, int fill) {
        byte[] payload = new byte[length];
        java.util.Arrays.fill(payload, (byte) fill);
        return PacketCodec.encode(new Packet(
                new PacketHeader(PacketType.DATA.code(), length, 1, 2, 0, 7, 0, 0), Bytes.of(payload)));
    }

    static Bytes hello(long channel, long classCode) {
        Bytes payload = HelloCodec.encode(new Hello(1, channel, classCode, PacketHeader.MAX_PAYLOAD));
        return PacketCodec.encode(
                new Packet(new PacketHeader(PacketType.HELLO.code(), Hello.BYTES, 0, 0, 0, 0, 0, 0), payload));
    }

    List<Bytes> deliveredOn(int channel) {
        return delivered.getOrDefault(channel, List.of());
    }

    void transmit(int channel, Bytes packet) {
        toSend.computeIfAbsent(channel, number -> new ArrayDeque<>()).add(packet);
    }

    @Override
    public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
        up.put(channel, channelClass);
        transmit(channel, hello(channel, channelClass.code()));
        return Outcome.done();
    }

    @Override
    public Outcome<Done> channelDown(int channel) {
        up.remove(channel);
        down.add(channel);
        return Outcome.done();
    }

    /** Refuses as often as {@link #refusals} says, and fails the channel at garbage. */
    @Override
    public Outcome<Delivery> deliver(int channel, Bytes packet) {
        int left = refusals.merge(channel, -1, Integer::sum);
        if (left >= 0) {
            return Outcome.ok(new Delivery(false, false));
        }
        delivered.computeIfAbsent(channel, number -> new ArrayList<>()).add(packet);
        boolean garbage = PacketCodec.decode(packet) instanceof Decoded.Malformed<Packet>;
        if (garbage) {
            up.remove(channel);
        }
        return Outcome.ok(new Delivery(true, garbage));
    }

    @Override
    public Outcome<List<Bytes>> pull(int channel, int max) {
        Deque<Bytes> queue = toSend.getOrDefault(channel, new ArrayDeque<>());
        List<Bytes> packets = new ArrayList<>();
        while (packets.size() < max && !queue.isEmpty()) {
            packets.add(queue.remove());
        }
        return Outcome.ok(packets);
    }

    @Override
    public Outcome<Done> advance(long by) {
        nanos += by;
        return Outcome.done();
    }

    @Override
    public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Done> channelDrain(int channel) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Done> listen(int port, int backlog) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Done> unlisten(int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Optional<Connected>> accept(int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Integer> send(int socket, Bytes data) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Received> receive(int socket, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Done> shutdown(int socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Done> close(int socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Done> abort(int socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome<Status> status(int socket) {
        throw new UnsupportedOperationException();
    }
}
