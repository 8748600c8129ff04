package org.netchannel.conformance.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.RecordingEndpoint;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/** One host of a trace that is replayed: makes the call of a line again and gives the line that comes of it now. */
final class ReplayedHost {
    /** Whatever a trace says, no call gives more bytes than this; no implementation takes so many at once. */
    private static final int MOST_BYTES = 1 << 26;

    private final RecordingEndpoint endpoint;
    private final String name;
    private final Map<Long, String> connecting;
    private final Map<Integer, Long> connections = new HashMap<>();
    private long step;
    private TraceLine last;

    /** {@code connecting} says which host asked for a connection; it is filled as the trace goes on. */
    ReplayedHost(Endpoint endpoint, String name, Map<Long, String> connecting) {
        this.endpoint = new RecordingEndpoint(
                endpoint, name, PayloadPattern::matches, () -> step, line -> last = line);
        this.name = name;
        this.connecting = connecting;
    }

    TraceLine call(TraceLine line) {
        step = line.step();
        make(line.event());
        return last;
    }

    private void make(TraceEvent event) {
        switch (event) {
            case TraceEvent.Open open -> endpoint.open(open.config(), open.seed(), open.incarnation());
            case TraceEvent.ChannelUp up -> endpoint.channelUp(up.channel(), up.channelClass(), up.dialer());
            case TraceEvent.ChannelDown down -> endpoint.channelDown(down.channel());
            case TraceEvent.ChannelDrain drain -> endpoint.channelDrain(drain.channel());
            case TraceEvent.Listen listen -> endpoint.listen(listen.port(), listen.backlog());
            case TraceEvent.Unlisten unlisten -> endpoint.unlisten(unlisten.port());
            case TraceEvent.Connect connect -> note(endpoint.connect(connect.port(), connect.trafficClass()));
            case TraceEvent.Accept accept -> {
                if (endpoint.accept(accept.port()) instanceof Outcome.Ok<Optional<Connected>>(var child)) {
                    child.ifPresent(connected -> note(Outcome.ok(connected)));
                }
            }
            case TraceEvent.Send send -> endpoint.send(send.socket(), given(send));
            case TraceEvent.Receive receive -> endpoint.receive(receive.socket(), receive.max());
            case TraceEvent.Shutdown shutdown -> endpoint.shutdown(shutdown.socket());
            case TraceEvent.Close close -> endpoint.close(close.socket());
            case TraceEvent.Abort abort -> endpoint.abort(abort.socket());
            case TraceEvent.Status status -> endpoint.status(status.socket());
            case TraceEvent.Deliver deliver when deliver.forged() ->
                endpoint.deliverForged(deliver.channel(), bytes(deliver.packet()));
            case TraceEvent.Deliver deliver -> endpoint.deliver(deliver.channel(), bytes(deliver.packet()));
            case TraceEvent.Pull pull -> endpoint.pull(pull.channel(), pull.max());
            case TraceEvent.Advance advance -> endpoint.advance(advance.nanos());
        }
    }

    private void note(Outcome<Connected> outcome) {
        if (outcome instanceof Outcome.Ok<Connected>(Connected connected)) {
            connections.put(connected.socket(), connected.connection());
        }
    }

    private Bytes given(TraceEvent.Send send) {
        long connection = connections.getOrDefault(send.socket(), 0L);
        int direction = name.equals(connecting.get(connection))
                ? PayloadPattern.FROM_CONNECTING : PayloadPattern.FROM_ACCEPTING;
        int length = Math.min(send.data().length(), MOST_BYTES);
        return PayloadPattern.bytes(connection, direction, send.data().offset(), length);
    }

    private Bytes bytes(TracePacket packet) {
        return switch (packet) {
            case TracePacket.Unreadable unreadable -> Bytes.EMPTY;
            case TracePacket.Readable readable when readable.header().length() > PacketHeader.MAX_PAYLOAD ->
                Bytes.EMPTY;
            case TracePacket.Readable readable ->
                PacketCodec.encode(new Packet(readable.header(), payload(readable)));
        };
    }

    private Bytes payload(TracePacket.Readable packet) {
        PacketHeader header = packet.header();
        if (packet.hello().isPresent()) {
            return HelloCodec.encode(packet.hello().get());
        }
        if (header.typeCode() != PacketType.DATA.code()) {
            return Bytes.of(new byte[header.length()]);
        }
        int direction = name.equals(connecting.get(header.connection()))
                ? PayloadPattern.FROM_ACCEPTING : PayloadPattern.FROM_CONNECTING;
        byte[] bytes = PayloadPattern.bytes(
                header.connection(), direction, header.offset(), header.length()).toArray();
        for (int i = 0; i < bytes.length && !packet.intact(); i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        return Bytes.of(bytes);
    }
}
