package org.netchannel.traces;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.traces.Outcome.Done;

/**
 * One host with one peer on one link, driven from outside (endpoint.md). Nothing happens between calls: time passes
 * only in {@link #advance}, packets move only in {@link #pull} and {@link #deliver}. Every call answers errors as an
 * {@link Outcome.Failed}; BAD_REQUEST changes nothing. One thread calls at a time.
 */
public interface Endpoint {
    /**
     * Starts the host; must be the first call.
     *
     * @param config its settings
     * @param seed fixes every choice of the implementation
     * @param incarnation the host incarnation, or empty to have it fixed by the seed
     * @return name and version of the implementation
     */
    Outcome<Identity> open(Config config, long seed, OptionalLong incarnation);

    /**
     * A channel has opened, as this host sees it. The first {@link #pull} on it yields HELLO.
     *
     * @param channel its number (NC-CH-2)
     * @param channelClass what it carries
     * @param dialer whether this host dialed it
     * @return nothing
     */
    Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer);

    /**
     * A channel has failed, as this host sees it. No effect on one that is closed already.
     *
     * @param channel its number
     * @return nothing
     */
    Outcome<Done> channelDown(int channel);

    /**
     * Begins to drain a data channel (NC-CH-5).
     *
     * @param channel its number
     * @return nothing
     */
    Outcome<Done> channelDrain(int channel);

    /**
     * Listens on a virtual port.
     *
     * @param port 1 to 65,535
     * @param backlog how many children may wait to be accepted, at least 1
     * @return nothing, or PORT_IN_USE
     */
    Outcome<Done> listen(int port, int backlog);

    /**
     * Closes a listener (NC-HS-8).
     *
     * @param port its port
     * @return nothing
     */
    Outcome<Done> unlisten(int port);

    /**
     * Opens a connection (NC-HS-1).
     *
     * @param port the peer's virtual port, 1 to 65,535
     * @param trafficClass LATENCY or THROUGHPUT
     * @return the socket in SYN_SENT, or REFUSED with LIMIT
     */
    Outcome<Connected> connect(int port, ChannelClass trafficClass);

    /**
     * Takes the next child of a listener.
     *
     * @param port the listener's port
     * @return the child's socket, or empty when none waits
     */
    Outcome<Optional<Connected>> accept(int port);

    /**
     * Gives bytes to a socket.
     *
     * @param socket the socket
     * @param data the bytes; the caller does not change them afterwards
     * @return how many were taken, from the front
     */
    Outcome<Integer> send(int socket, Bytes data);

    /**
     * Takes bytes from a socket.
     *
     * @param socket the socket
     * @param max at most this many, at least 1
     * @return the next bytes of the stream, possibly none, and whether this is its end
     */
    Outcome<Received> receive(int socket, int max);

    /**
     * Ends the sending direction (NC-FIN-1).
     *
     * @param socket the socket
     * @return nothing
     */
    Outcome<Done> shutdown(int socket);

    /**
     * Ends sending and reading; the socket number is gone (NC-FIN-4).
     *
     * @param socket the socket
     * @return nothing
     */
    Outcome<Done> close(int socket);

    /**
     * Resets the connection with ABORTED; the socket number is gone (NC-RST-1).
     *
     * @param socket the socket
     * @return nothing
     */
    Outcome<Done> abort(int socket);

    /**
     * Tells a socket's state.
     *
     * @param socket the socket
     * @return its state, and the reason where it ended with one
     */
    Outcome<Status> status(int socket);

    /**
     * Hands the endpoint the next packet of a channel.
     *
     * @param channel the channel's number
     * @param packet header and payload as on the wire, possibly garbage
     * @return whether it was accepted, and whether the channel is failed
     */
    Outcome<Delivery> deliver(int channel, Bytes packet);

    /**
     * Takes packets that are ready to be transmitted on a channel.
     *
     * @param channel the channel's number
     * @param max at most this many, at least 1
     * @return whole packets in transmit order
     */
    Outcome<List<Bytes>> pull(int channel, int max);

    /**
     * Lets time pass; timers due by then have fired, in order of their deadlines.
     *
     * @param nanos by how much, at least 0
     * @return nothing
     */
    Outcome<Done> advance(long nanos);

    /**
     * Who answers.
     *
     * @param name the implementation's name
     * @param version its version
     */
    record Identity(String name, String version) {}

    /**
     * A socket and the connection it stands for.
     *
     * @param socket the number the implementation chose
     * @param connection the connection id, never 0
     */
    record Connected(int socket, long connection) {}

    /**
     * What a receive gave.
     *
     * @param data the next bytes, possibly none
     * @param end whether the stream has ended; no bytes go with it
     */
    record Received(Bytes data, boolean end) {}

    /** The states an application sees. */
    enum State {
        /** Asked for, not answered yet. */
        SYN_SENT,
        /** Open in at least one direction. */
        ESTABLISHED,
        /** Over, or failed before it was open. */
        CLOSED
    }

    /**
     * A socket's state.
     *
     * @param state the state
     * @param reason why it ended, where there is a reason
     */
    record Status(State state, Optional<Reason> reason) {}

    /**
     * What became of a delivered packet.
     *
     * @param accepted false when the channel's budget is spent: the same packet is to be offered again later
     * @param failed true when the endpoint has failed the channel
     */
    record Delivery(boolean accepted, boolean failed) {}
}
