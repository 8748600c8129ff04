package org.netchannel.conformance.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netchannel.reference.HostState;
import org.netchannel.reference.Input;
import org.netchannel.reference.Input.Read;
import org.netchannel.reference.NetChannel;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.reference.Step;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Hello;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceEvent.Range;
import org.netchannel.traces.TraceEvent.Received;
import org.netchannel.traces.TracePacket;

/**
 * One host of a trace, replayed: gives each call to the reference and tells what it answers. A trace has no payload, so
 * all bytes are zero here; no answer depends on them.
 */
public final class ReferenceReplay {
    /** The most bytes that are sent with one call; a longer send cannot be replayed. */
    public static final int MOST_BYTES = 1 << 24;

    private static final Bytes ZEROS = Bytes.of(new byte[MOST_BYTES]);

    private final Map<Integer, long[]> streams = new HashMap<>();
    private final ReferenceEndpoint endpoint = new ReferenceEndpoint();
    private Optional<HostState> state = Optional.empty();

    /** A host that was not opened yet. */
    public ReferenceReplay() {}

    /**
     * What the host knows.
     *
     * @return its state; empty before it was opened
     */
    public Optional<HostState> state() {
        return state;
    }

    /**
     * Makes a call.
     *
     * @param event the call; its outcome does not matter
     * @return the same call, with the result it has here
     */
    public TraceEvent replay(TraceEvent event) {
        return switch (event) {
            case TraceEvent.Open open -> open(open);
            case TraceEvent.ChannelUp(int channel, var channelClass, boolean dialer, var _) ->
                new TraceEvent.ChannelUp(
                        channel, channelClass, dialer, step(new Input.ChannelUp(channel, channelClass, dialer)));
            case TraceEvent.ChannelDown(int channel, var _) ->
                new TraceEvent.ChannelDown(channel, step(new Input.ChannelDown(channel)));
            case TraceEvent.ChannelDrain(int channel, var _) ->
                new TraceEvent.ChannelDrain(channel, step(new Input.ChannelDrain(channel)));
            case TraceEvent.Listen(int port, int backlog, var _) ->
                new TraceEvent.Listen(port, backlog, step(new Input.Listen(port, backlog)));
            case TraceEvent.Unlisten(int port, var _) -> new TraceEvent.Unlisten(port, step(new Input.Unlisten(port)));
            case TraceEvent.Connect(int port, var trafficClass, var _) ->
                new TraceEvent.Connect(port, trafficClass, begun(step(new Input.Connect(port, trafficClass))));
            case TraceEvent.Accept(int port, var _) -> accept(port);
            case TraceEvent.Send send -> send(send);
            case TraceEvent.Receive(int socket, int max, var _) -> receive(socket, max);
            case TraceEvent.Shutdown(int socket, var _) ->
                new TraceEvent.Shutdown(socket, step(new Input.Shutdown(socket)));
            case TraceEvent.Close(int socket, var _) -> new TraceEvent.Close(socket, step(new Input.Close(socket)));
            case TraceEvent.Abort(int socket, var _) -> new TraceEvent.Abort(socket, step(new Input.Abort(socket)));
            case TraceEvent.Status(int socket, var _) -> new TraceEvent.Status(socket, step(new Input.Status(socket)));
            case TraceEvent.Deliver(int channel, var packet, boolean forged, var _) ->
                new TraceEvent.Deliver(channel, packet, forged, step(new Input.Deliver(channel, decoded(packet))));
            case TraceEvent.Pull(int channel, int max, var _) ->
                new TraceEvent.Pull(channel, max, step(new Input.Pull(channel, max)).map(ReferenceReplay::traced));
            case TraceEvent.Advance(long nanos, var _) -> new TraceEvent.Advance(nanos, step(new Input.Advance(nanos)));
        };
    }

    private <T> Outcome<T> step(Input<T> input) {
        if (state.isEmpty()) {
            return Outcome.failed(ErrorCode.BAD_REQUEST, "open has to be called first");
        }
        Step<T> step = NetChannel.step(state.get(), input);
        state = Optional.of(step.host());
        return step.answer();
    }

    private TraceEvent open(TraceEvent.Open open) {
        var outcome = endpoint.open(open.config(), open.seed(), open.incarnation());
        if (outcome instanceof Outcome.Ok<?>) {
            state = endpoint.state();
        }
        return new TraceEvent.Open(open.config(), open.seed(), open.incarnation(), outcome);
    }

    private TraceEvent accept(int port) {
        Outcome<Optional<Connected>> outcome = step(new Input.Accept(port));
        if (outcome instanceof Outcome.Ok<Optional<Connected>>(Optional<Connected> child)) {
            child.ifPresent(connected -> streams.put(connected.socket(), new long[2]));
        }
        return new TraceEvent.Accept(port, outcome);
    }

    private Outcome<Connected> begun(Outcome<Connected> outcome) {
        if (outcome instanceof Outcome.Ok<Connected>(Connected connected)) {
            streams.put(connected.socket(), new long[2]);
        }
        return outcome;
    }

    private TraceEvent send(TraceEvent.Send send) {
        int length = send.data().length();
        if (length > MOST_BYTES) {
            throw new BeyondSpecException("a send of " + length + " bytes is over " + MOST_BYTES);
        }
        long[] at = streams.getOrDefault(send.socket(), new long[2]);
        long offset = at[0];
        Outcome<Integer> outcome = step(new Input.Send(send.socket(), ZEROS.slice(0, length)));
        if (outcome instanceof Outcome.Ok<Integer>(Integer taken)) {
            at[0] += taken;
        }
        return new TraceEvent.Send(send.socket(), new Range(offset, length), outcome);
    }

    private TraceEvent receive(int socket, int max) {
        long[] at = streams.getOrDefault(socket, new long[2]);
        Outcome<Read> outcome = step(new Input.Receive(socket, max));
        return new TraceEvent.Receive(socket, max, outcome.map(read -> {
            int length = read.pieces().stream().mapToInt(Bytes::length).sum();
            long offset = at[1];
            at[1] += length;
            return new Received(new Range(offset, length), true, read.end());
        }));
    }

    private static Decoded<Packet> decoded(TracePacket packet) {
        return switch (packet) {
            case TracePacket.Readable(PacketHeader header, var hello, boolean _)
            when header.length() <= PacketHeader.MAX_PAYLOAD ->
                new Decoded.Good<>(new Packet(header, payload(header, hello)));
            case TracePacket.Readable _ -> new Decoded.Malformed<>(0, "longer than any packet");
            case TracePacket.Unreadable(String why) -> new Decoded.Malformed<>(0, why);
        };
    }

    private static Bytes payload(PacketHeader header, Optional<Hello> hello) {
        if (hello.isPresent()) {
            return HelloCodec.encode(hello.get());
        }
        boolean malformedHello = header.type().orElse(null) == PacketType.HELLO && header.length() == Hello.BYTES;
        return malformedHello ? malformedHello() : ZEROS.slice(0, header.length());
    }

    /** A payload of the right length that is none: its last field is not zero. */
    private static Bytes malformedHello() {
        byte[] bytes = new byte[Hello.BYTES];
        bytes[Hello.BYTES - 1] = 1;
        return Bytes.of(bytes);
    }

    private static List<TracePacket> traced(List<Packet> packets) {
        return packets.stream().<TracePacket>map(ReferenceReplay::traced).toList();
    }

    private static TracePacket traced(Packet packet) {
        Optional<Hello> hello = packet.header().type().orElse(null) == PacketType.HELLO
                        && HelloCodec.decode(packet.payload()) instanceof Decoded.Good<Hello>(Hello good)
                ? Optional.of(good)
                : Optional.empty();
        return new TracePacket.Readable(packet.header(), hello, true);
    }
}
