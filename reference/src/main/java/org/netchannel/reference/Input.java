package org.netchannel.reference;

import java.util.List;
import java.util.Optional;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Packet;

/**
 * Everything that can happen to a host after it was opened (endpoint.md, "Operations"). Packets are decoded, and data
 * is a list of pieces, so that no byte is ever copied here.
 *
 * @param <T> what the call answers when it goes well
 */
public sealed interface Input<T> {
    /**
     * A channel has opened.
     *
     * @param channel its number
     * @param channelClass what it carries
     * @param dialer whether this host dialed it
     */
    record ChannelUp(int channel, ChannelClass channelClass, boolean dialer) implements Input<Done> {}

    /**
     * A channel has failed.
     *
     * @param channel its number
     */
    record ChannelDown(int channel) implements Input<Done> {}

    /**
     * A data channel is to be drained.
     *
     * @param channel its number
     */
    record ChannelDrain(int channel) implements Input<Done> {}

    /**
     * The application listens.
     *
     * @param port the port
     * @param backlog how many children may wait
     */
    record Listen(int port, int backlog) implements Input<Done> {}

    /**
     * The application closes a listener.
     *
     * @param port the port
     */
    record Unlisten(int port) implements Input<Done> {}

    /**
     * The application connects.
     *
     * @param port the peer's port
     * @param trafficClass LATENCY or THROUGHPUT
     */
    record Connect(int port, ChannelClass trafficClass) implements Input<Endpoint.Connected> {}

    /**
     * The application takes the next child.
     *
     * @param port the listener's port
     */
    record Accept(int port) implements Input<Optional<Endpoint.Connected>> {}

    /**
     * The application gives bytes.
     *
     * @param socket the socket
     * @param data the bytes
     */
    record Send(int socket, Bytes data) implements Input<Integer> {}

    /**
     * The application takes bytes.
     *
     * @param socket the socket
     * @param max at most this many
     */
    record Receive(int socket, int max) implements Input<Read> {}

    /**
     * The application has no more to send.
     *
     * @param socket the socket
     */
    record Shutdown(int socket) implements Input<Done> {}

    /**
     * The application is done.
     *
     * @param socket the socket
     */
    record Close(int socket) implements Input<Done> {}

    /**
     * The application gives up.
     *
     * @param socket the socket
     */
    record Abort(int socket) implements Input<Done> {}

    /**
     * The application asks for a socket's state.
     *
     * @param socket the socket
     */
    record Status(int socket) implements Input<Endpoint.Status> {}

    /**
     * The next packet of a channel.
     *
     * @param channel the channel's number
     * @param packet the packet, or what is wrong with it
     */
    record Deliver(int channel, Decoded<Packet> packet) implements Input<Endpoint.Delivery> {}

    /**
     * The channel can transmit.
     *
     * @param channel the channel's number
     * @param max at most this many packets
     */
    record Pull(int channel, int max) implements Input<List<Packet>> {}

    /**
     * Time passes.
     *
     * @param nanos by how much
     */
    record Advance(long nanos) implements Input<Done> {}

    /**
     * What a receive gave.
     *
     * @param pieces the next bytes of the stream, in order
     * @param end whether the stream has ended
     */
    record Read(List<Bytes> pieces, boolean end) {
        /** Keeps an immutable copy of the list, not of the bytes. */
        public Read {
            pieces = List.copyOf(pieces);
        }
    }
}
