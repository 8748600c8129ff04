package org.netchannel.conformance.scenario;

/**
 * One step of a scenario. Its numbers are resolved when it is taken, modulo what there is at that moment, and a step
 * that makes no sense then is skipped: so any part of a scenario is a scenario. Hosts are 0 for A and 1 for B.
 */
public sealed interface Step {
    /**
     * The host takes packets from its transmit queue and puts them on a channel.
     *
     * @param host who
     * @param channel which of the channels that are up there
     * @param max at most so many, less one
     */
    record Pull(int host, int channel, int max) implements Step {}

    /**
     * The host is offered packets in flight to it.
     *
     * @param host who
     * @param channel which of the channels with packets in flight to it
     * @param max at most so many, less one
     */
    record Deliver(int host, int channel, int max) implements Step {}

    /**
     * Packets are pulled and delivered in a random order, until so many moves were made or nothing moves.
     *
     * @param salt fixes the order
     * @param moves how many, less one
     */
    record Pump(int salt, int moves) implements Step {}

    /**
     * Packets are pumped while both applications write to and read from all connections.
     *
     * @param salt fixes the order and the sizes
     * @param moves how many, less one
     */
    record Converse(int salt, int moves) implements Step {}

    /**
     * Time passes.
     *
     * @param host 0 for A, 1 for B, 2 for both
     * @param span which span, from a table of tiny ones and ones just below, at and above every timer
     */
    record Advance(int host, int span) implements Step {}

    /**
     * A data channel is opened.
     *
     * @param dialer who dials it
     * @param trafficClass 0 LATENCY, 1 THROUGHPUT
     * @param first who sees it now; the other host sees it later
     */
    record OpenChannel(int dialer, int trafficClass, int first) implements Step {}

    /**
     * The control channel is dialed once more, while the old one may still live.
     *
     * @param first who sees it now; the other host sees it later
     */
    record Redial(int first) implements Step {}

    /**
     * The host sees a channel that was opened.
     *
     * @param host who
     * @param channel which of those it has not seen
     */
    record SeeOpening(int host, int channel) implements Step {}

    /**
     * The host drains a data channel.
     *
     * @param host who
     * @param channel which of the data channels that are up there
     */
    record Drain(int host, int channel) implements Step {}

    /**
     * A channel fails. What was in flight is lost from some point on; nobody is told yet.
     *
     * @param channel which of those that have not failed
     * @param keptTowardA how many packets may still reach A, modulo one more than there are
     * @param keptTowardB the same for B
     */
    record Fail(int channel, int keptTowardA, int keptTowardB) implements Step {}

    /**
     * The host sees that a channel has failed.
     *
     * @param host who
     * @param channel which of those it has not seen fail
     */
    record SeeFailure(int host, int channel) implements Step {}

    /**
     * The host is offered a packet that its peer never sent.
     *
     * @param host who
     * @param kind which of the kinds of forged packets
     * @param salt fixes what is left open
     */
    record Forge(int host, int kind, int salt) implements Step {}

    /**
     * An application listens.
     *
     * @param host where
     * @param port which of a few ports
     * @param backlog how many children may wait, less one
     */
    record Listen(int host, int port, int backlog) implements Step {}

    /**
     * An application closes a listener.
     *
     * @param host where
     * @param listener which of the host's
     */
    record Unlisten(int host, int listener) implements Step {}

    /**
     * An application connects.
     *
     * @param host from where
     * @param port which of a few ports
     * @param trafficClass 0 LATENCY, 1 THROUGHPUT
     */
    record Connect(int host, int port, int trafficClass) implements Step {}

    /**
     * An application accepts.
     *
     * @param host where
     * @param listener which of the host's
     */
    record Accept(int host, int listener) implements Step {}

    /**
     * An application writes.
     *
     * @param host where
     * @param socket which of those that are open there
     * @param amount how much, from a table relative to payload and buffer sizes
     */
    record Send(int host, int socket, int amount) implements Step {}

    /**
     * An application reads.
     *
     * @param host where
     * @param socket which of those that are open there
     * @param amount at most so much, from the same table
     */
    record Receive(int host, int socket, int amount) implements Step {}

    /**
     * An application shuts its sending direction down.
     *
     * @param host where
     * @param socket which of those that are open there
     */
    record Shutdown(int host, int socket) implements Step {}

    /**
     * An application closes a socket.
     *
     * @param host where
     * @param socket which of those that are open there
     */
    record Close(int host, int socket) implements Step {}

    /**
     * An application aborts a connection.
     *
     * @param host where
     * @param socket which of those that are open there
     */
    record Abort(int host, int socket) implements Step {}

    /**
     * An application asks for a socket's state.
     *
     * @param host where
     * @param socket which of all it ever had
     */
    record Status(int host, int socket) implements Step {}
}
