package org.netchannel.traces;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.TraceEvent.Range;

/**
 * An endpoint that passes every call on to another and hands each call with its result to a sink, as a line of a trace.
 * Payload is checked where it passes. Bytes that are no packet are passed on like any other and recorded as {@link
 * TracePacket.Unreadable}. A call that ends in an exception leaves no line. One thread calls; the sink is called on it.
 */
public final class RecordingEndpoint implements Endpoint {
    private final Endpoint endpoint;
    private final String host;
    private final LongSupplier steps;
    private final Consumer<TraceLine> sink;
    private final StreamTracker streams;
    private long nanos;

    /**
     * Records calls on one of several hosts of a trace.
     *
     * @param endpoint answers the calls
     * @param host the host's name in the trace
     * @param check knows what the applications give
     * @param steps gives the next step; shared by the recorders of one trace
     * @param sink receives the lines
     */
    public RecordingEndpoint(
            Endpoint endpoint, String host, PayloadCheck check, LongSupplier steps, Consumer<TraceLine> sink) {
        this.endpoint = endpoint;
        this.host = host;
        this.steps = steps;
        this.sink = sink;
        this.streams = new StreamTracker(check);
    }

    /**
     * Records calls on one host whose trace is its own, with steps from 1.
     *
     * @param endpoint answers the calls
     * @param host the host's name in the trace
     * @param check knows what the applications give
     * @param sink receives the lines
     */
    public RecordingEndpoint(Endpoint endpoint, String host, PayloadCheck check, Consumer<TraceLine> sink) {
        this(endpoint, host, check, new AtomicLong()::incrementAndGet, sink);
    }

    /**
     * Time on this host.
     *
     * @return the sum of all advances, in nanoseconds
     */
    public long nanos() {
        return nanos;
    }

    @Override
    public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
        Outcome<Identity> outcome = endpoint.open(config, seed, incarnation);
        return record(outcome, new TraceEvent.Open(config, seed, incarnation, outcome));
    }

    @Override
    public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
        Outcome<Done> outcome = endpoint.channelUp(channel, channelClass, dialer);
        return record(outcome, new TraceEvent.ChannelUp(channel, channelClass, dialer, outcome));
    }

    @Override
    public Outcome<Done> channelDown(int channel) {
        Outcome<Done> outcome = endpoint.channelDown(channel);
        return record(outcome, new TraceEvent.ChannelDown(channel, outcome));
    }

    @Override
    public Outcome<Done> channelDrain(int channel) {
        Outcome<Done> outcome = endpoint.channelDrain(channel);
        return record(outcome, new TraceEvent.ChannelDrain(channel, outcome));
    }

    @Override
    public Outcome<Done> listen(int port, int backlog) {
        Outcome<Done> outcome = endpoint.listen(port, backlog);
        return record(outcome, new TraceEvent.Listen(port, backlog, outcome));
    }

    @Override
    public Outcome<Done> unlisten(int port) {
        Outcome<Done> outcome = endpoint.unlisten(port);
        return record(outcome, new TraceEvent.Unlisten(port, outcome));
    }

    @Override
    public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
        Outcome<Connected> outcome = endpoint.connect(port, trafficClass);
        if (outcome instanceof Ok<Connected>(Connected connected)) {
            streams.connected(connected);
        }
        return record(outcome, new TraceEvent.Connect(port, trafficClass, outcome));
    }

    @Override
    public Outcome<Optional<Connected>> accept(int port) {
        Outcome<Optional<Connected>> outcome = endpoint.accept(port);
        if (outcome instanceof Ok<Optional<Connected>>(Optional<Connected> child)) {
            child.ifPresent(streams::accepted);
        }
        return record(outcome, new TraceEvent.Accept(port, outcome));
    }

    @Override
    public Outcome<Integer> send(int socket, Bytes data) {
        Range offered = new Range(streams.sendOffset(socket), data.length());
        Outcome<Integer> outcome = endpoint.send(socket, data);
        if (outcome instanceof Ok<Integer>(Integer taken)) {
            streams.sent(socket, taken);
        }
        return record(outcome, new TraceEvent.Send(socket, offered, outcome));
    }

    @Override
    public Outcome<Received> receive(int socket, int max) {
        Outcome<Received> outcome = endpoint.receive(socket, max);
        Outcome<TraceEvent.Received> seen = outcome.map(received -> streams.received(socket, received));
        return record(outcome, new TraceEvent.Receive(socket, max, seen));
    }

    @Override
    public Outcome<Done> shutdown(int socket) {
        Outcome<Done> outcome = endpoint.shutdown(socket);
        return record(outcome, new TraceEvent.Shutdown(socket, outcome));
    }

    @Override
    public Outcome<Done> close(int socket) {
        Outcome<Done> outcome = endpoint.close(socket);
        forget(socket, outcome);
        return record(outcome, new TraceEvent.Close(socket, outcome));
    }

    @Override
    public Outcome<Done> abort(int socket) {
        Outcome<Done> outcome = endpoint.abort(socket);
        forget(socket, outcome);
        return record(outcome, new TraceEvent.Abort(socket, outcome));
    }

    @Override
    public Outcome<Status> status(int socket) {
        Outcome<Status> outcome = endpoint.status(socket);
        return record(outcome, new TraceEvent.Status(socket, outcome));
    }

    @Override
    public Outcome<Delivery> deliver(int channel, Bytes packet) {
        return deliver(channel, packet, false);
    }

    /**
     * Delivers a packet that the driver made up: not the next one that the peer put on the channel.
     *
     * @param channel the channel's number
     * @param packet header and payload as on the wire, possibly garbage
     * @return as {@link #deliver}
     */
    public Outcome<Delivery> deliverForged(int channel, Bytes packet) {
        return deliver(channel, packet, true);
    }

    private Outcome<Delivery> deliver(int channel, Bytes packet, boolean forged) {
        Outcome<Delivery> outcome = endpoint.deliver(channel, packet);
        return record(outcome, new TraceEvent.Deliver(channel, streams.delivered(packet), forged, outcome));
    }

    @Override
    public Outcome<List<Bytes>> pull(int channel, int max) {
        Outcome<List<Bytes>> outcome = endpoint.pull(channel, max);
        Outcome<List<TracePacket>> seen = outcome.map(
                packets -> packets.stream().map(streams::pulled).toList());
        return record(outcome, new TraceEvent.Pull(channel, max, seen));
    }

    @Override
    public Outcome<Done> advance(long nanos) {
        Outcome<Done> outcome = endpoint.advance(nanos);
        record(outcome, new TraceEvent.Advance(nanos, outcome));
        if (outcome instanceof Ok<Done>) {
            this.nanos = Math.addExact(this.nanos, Math.max(0, nanos));
        }
        return outcome;
    }

    private void forget(int socket, Outcome<Done> outcome) {
        if (outcome instanceof Ok<Done>) {
            streams.forget(socket);
        }
    }

    private <T> Outcome<T> record(Outcome<T> outcome, TraceEvent event) {
        sink.accept(new TraceLine(steps.getAsLong(), host, nanos, event));
        return outcome;
    }
}
