package org.netchannel.traces;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.traces.Outcome.Done;

/** A call on an {@link Endpoint} and its result, as a trace line shows them: the parameters are the endpoint's. */
public sealed interface TraceEvent {
    /**
     * What the call came to.
     *
     * @return a value, or an error
     */
    Outcome<?> outcome();

    /**
     * The call's name, as endpoint.md and a trace line have it.
     *
     * @return the value of the line's {@code op}
     */
    default String op() {
        return switch (this) {
            case Open _ -> "open";
            case ChannelUp _ -> "channelUp";
            case ChannelDown _ -> "channelDown";
            case ChannelDrain _ -> "channelDrain";
            case Listen _ -> "listen";
            case Unlisten _ -> "unlisten";
            case Connect _ -> "connect";
            case Accept _ -> "accept";
            case Send _ -> "send";
            case Receive _ -> "receive";
            case Shutdown _ -> "shutdown";
            case Close _ -> "close";
            case Abort _ -> "abort";
            case Status _ -> "status";
            case Deliver _ -> "deliver";
            case Pull _ -> "pull";
            case Advance _ -> "advance";
        };
    }

    /**
     * {@link Endpoint#open}.
     *
     * @param config the settings
     * @param seed the seed
     * @param incarnation the incarnation that was asked for
     * @param outcome who answered
     */
    record Open(Config config, long seed, OptionalLong incarnation, Outcome<Endpoint.Identity> outcome)
            implements TraceEvent {}

    /**
     * {@link Endpoint#channelUp}.
     *
     * @param channel its number
     * @param channelClass what it carries
     * @param dialer whether this host dialed it
     * @param outcome nothing
     */
    record ChannelUp(int channel, ChannelClass channelClass, boolean dialer, Outcome<Done> outcome)
            implements TraceEvent {}

    /**
     * {@link Endpoint#channelDown}.
     *
     * @param channel its number
     * @param outcome nothing
     */
    record ChannelDown(int channel, Outcome<Done> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#channelDrain}.
     *
     * @param channel its number
     * @param outcome nothing
     */
    record ChannelDrain(int channel, Outcome<Done> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#listen}.
     *
     * @param port the port
     * @param backlog how many children may wait
     * @param outcome nothing
     */
    record Listen(int port, int backlog, Outcome<Done> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#unlisten}.
     *
     * @param port the port
     * @param outcome nothing
     */
    record Unlisten(int port, Outcome<Done> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#connect}.
     *
     * @param port the peer's port
     * @param trafficClass LATENCY or THROUGHPUT
     * @param outcome the socket
     */
    record Connect(int port, ChannelClass trafficClass, Outcome<Endpoint.Connected> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#accept}.
     *
     * @param port the listener's port
     * @param outcome the child's socket, or empty
     */
    record Accept(int port, Outcome<Optional<Endpoint.Connected>> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#send}.
     *
     * @param socket the socket
     * @param data where in the stream the offered bytes begin, and how many they are
     * @param outcome how many were taken
     */
    record Send(int socket, Range data, Outcome<Integer> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#receive}.
     *
     * @param socket the socket
     * @param max at most this many
     * @param outcome what came
     */
    record Receive(int socket, int max, Outcome<Received> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#shutdown}.
     *
     * @param socket the socket
     * @param outcome nothing
     */
    record Shutdown(int socket, Outcome<Done> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#close}.
     *
     * @param socket the socket
     * @param outcome nothing
     */
    record Close(int socket, Outcome<Done> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#abort}.
     *
     * @param socket the socket
     * @param outcome nothing
     */
    record Abort(int socket, Outcome<Done> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#status}.
     *
     * @param socket the socket
     * @param outcome its state
     */
    record Status(int socket, Outcome<Endpoint.Status> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#deliver}.
     *
     * @param channel the channel
     * @param packet what was offered
     * @param forged true when the packet is the driver's own and not the next one the peer put on the channel
     * @param outcome whether it was accepted, and whether the channel is failed
     */
    record Deliver(int channel, TracePacket packet, boolean forged, Outcome<Endpoint.Delivery> outcome)
            implements TraceEvent {}

    /**
     * {@link Endpoint#pull}.
     *
     * @param channel the channel
     * @param max at most this many
     * @param outcome the packets
     */
    record Pull(int channel, int max, Outcome<List<TracePacket>> outcome) implements TraceEvent {}

    /**
     * {@link Endpoint#advance}.
     *
     * @param nanos by how much
     * @param outcome nothing
     */
    record Advance(long nanos, Outcome<Done> outcome) implements TraceEvent {}

    /**
     * A piece of one direction of a connection.
     *
     * @param offset of its first byte
     * @param length number of bytes
     */
    record Range(long offset, int length) {}

    /**
     * What a receive gave, without the bytes.
     *
     * @param data which bytes of the stream, possibly none
     * @param intact false when they differ from what the sending application gave
     * @param end whether the stream has ended
     */
    record Received(Range data, boolean intact, boolean end) {}
}
