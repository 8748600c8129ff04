package org.netchannel.conformance.capture;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.netchannel.conformance.check.ReferenceReplay;
import org.netchannel.reference.Connection;
import org.netchannel.reference.HostState;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceEvent.Range;
import org.netchannel.traces.TraceEvent.Received;
import org.netchannel.traces.TracePacket;

/**
 * One host of a link, while its calls are inferred. Each call is made on the reference, too: so it is known what a
 * call would answer, what has arrived, and what a host has a reason to say. The reference only guides; what it would
 * have sent itself is thrown away.
 */
final class SeenHost {
    private static final int BATCH = 256;

    private final int index;
    private final ReferenceReplay reference = new ReferenceReplay();
    private final BiConsumer<SeenHost, TraceEvent> sink;
    private final Map<Long, SeenEnd> ends = new HashMap<>();
    private final Map<Long, Long> captured = new HashMap<>();
    private final TreeSet<Integer> channels = new TreeSet<>();
    /** What the reference has a reason to reset and has not been seen, by connection and reason. */
    private final Map<List<Long>, Integer> resets = new HashMap<>();
    private long nanos;

    SeenHost(int index, BiConsumer<SeenHost, TraceEvent> sink) {
        this.index = index;
        this.sink = sink;
    }

    int index() {
        return index;
    }

    long nanos() {
        return nanos;
    }

    Optional<SeenEnd> end(long id) {
        return Optional.ofNullable(ends.get(id));
    }

    SeenEnd end(long id, long cursor) {
        return ends.computeIfAbsent(id, _ -> new SeenEnd(id, cursor));
    }

    HostState state() {
        return reference.state().orElseThrow();
    }

    /** What the reference knows of a connection; empty when it has forgotten it, or never knew it. */
    Optional<Connection> connection(long id) {
        SeenEnd end = ends.get(id);
        return Optional.ofNullable(state().connections().get(end == null ? id : end.referenceId));
    }

    /** A connection's id in the capture, by its id on the reference. */
    long capturedId(long referenceId) {
        return captured.getOrDefault(referenceId, referenceId);
    }

    void open(Config config, OptionalLong incarnation) {
        reference.replay(new TraceEvent.Open(config, index, incarnation, null));
        sink.accept(this, new TraceEvent.Open(
                config, 0, incarnation, Outcome.ok(new Endpoint.Identity("capture", "1"))));
    }

    /** A call without a result. */
    void call(TraceEvent event) {
        sink.accept(this, reference.replay(event));
        if (event instanceof TraceEvent.ChannelUp up) {
            channels.add(up.channel());
        }
        drain();
    }

    void advance(long by) {
        sink.accept(this, reference.replay(new TraceEvent.Advance(by, null)));
        nanos += by;
        drain();
    }

    /** A packet that was captured. */
    void pull(int channel, TracePacket packet) {
        sink.accept(this, new TraceEvent.Pull(channel, 1, Outcome.ok(List.of(packet))));
    }

    Delivery deliver(int channel, TracePacket packet) {
        TraceEvent answer = reference.replay(new TraceEvent.Deliver(channel, forReference(packet), false, null));
        sink.accept(this, new TraceEvent.Deliver(
                channel, packet, false, ((TraceEvent.Deliver) answer).outcome()));
        drain();
        return answer.outcome() instanceof Outcome.Ok<?>(Delivery delivery) ? delivery : new Delivery(false, true);
    }

    /** The reference has another id and port for connections that this host opened. */
    private TracePacket forReference(TracePacket packet) {
        if (!(packet instanceof TracePacket.Readable(PacketHeader header, var hello, boolean intact))) {
            return packet;
        }
        SeenEnd end = ends.get(header.connection());
        if (end == null || end.referenceId == header.connection()) {
            return packet;
        }
        int port = header.destinationPort() == end.port
                ? connection(header.connection()).map(Connection::localPort).orElse(header.destinationPort())
                : header.destinationPort();
        return new TracePacket.Readable(new PacketHeader(header.typeCode(), header.length(), header.sourcePort(), port,
                header.tag(), end.referenceId, header.offset(), header.ack()), hello, intact);
    }

    void connect(PacketHeader ncsyn, ChannelClass trafficClass, SeenEnd end) {
        TraceEvent answer = reference.replay(new TraceEvent.Connect(ncsyn.destinationPort(), trafficClass, null));
        if (answer.outcome() instanceof Outcome.Ok<?>(Connected connected)) {
            end.socket = connected.socket();
            end.referenceId = connected.connection();
            end.port = ncsyn.sourcePort();
            captured.put(connected.connection(), ncsyn.connection());
            sink.accept(this, new TraceEvent.Connect(ncsyn.destinationPort(), trafficClass,
                    Outcome.ok(new Connected(connected.socket(), ncsyn.connection()))));
        } else {
            sink.accept(this, answer);
        }
        drain();
    }

    /** The next child of a listener, if there is one. */
    Optional<Connected> accept(int port) {
        TraceEvent answer = reference.replay(new TraceEvent.Accept(port, null));
        if (answer.outcome() instanceof Outcome.Ok<?>(Optional<?> child) && child.isPresent()) {
            sink.accept(this, answer);
            return child.map(Connected.class::cast);
        }
        return Optional.empty();
    }

    /** How many of these bytes are taken; without room there is no call. */
    int send(SeenEnd end, int length) {
        TraceEvent answer =
                reference.replay(new TraceEvent.Send(end.socket, new Range(end.sent, length), null));
        if (!(answer.outcome() instanceof Outcome.Ok<?>(Integer taken)) || taken == 0) {
            return 0;
        }
        sink.accept(this, new TraceEvent.Send(end.socket, new Range(end.sent, taken), Outcome.ok(taken)));
        end.sent += taken;
        drain();
        return taken;
    }

    /** How many bytes were read. */
    int receive(SeenEnd end, int max) {
        TraceEvent answer = reference.replay(new TraceEvent.Receive(end.socket, max, null));
        sink.accept(this, answer);
        drain();
        return answer.outcome() instanceof Outcome.Ok<?>(Received received) ? received.data().length() : 0;
    }

    private void drain() {
        for (int channel : List.copyOf(channels)) {
            int count = BATCH;
            while (count == BATCH) {
                count = drain(channel);
            }
        }
    }

    private int drain(int channel) {
        TraceEvent answer = reference.replay(new TraceEvent.Pull(channel, BATCH, null));
        if (!(answer.outcome() instanceof Outcome.Ok<?>(List<?> packets))) {
            channels.remove(channel);
            return 0;
        }
        for (Object packet : packets) {
            PacketHeader header = ((TracePacket.Readable) packet).header();
            if (header.typeCode() == PacketType.RST.code()) {
                long id = capturedId(header.connection());
                resets.merge(List.of(id, header.tag()), 1, Integer::sum);
            }
        }
        return packets.size();
    }

    boolean owesReset(long id, long tag) {
        return resets.getOrDefault(List.of(id, tag), 0) > 0;
    }

    /** The reset was seen. */
    void paidReset(long id, long tag) {
        resets.computeIfPresent(List.of(id, tag), (_, count) -> count == 1 ? null : count - 1);
    }
}
