package org.netchannel.conformance.drill;

import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Received;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.Reason;

/**
 * A connection of the host under test: the application's calls on its socket, and the packets of the peer, whose end
 * the drill plays.
 *
 * @param stage where it is
 * @param role which side the host under test is
 * @param socket the host's socket, 0 while it has none
 * @param id connection id
 * @param hostPort virtual port of the host under test, as the peer's packets say it
 * @param peerPort the peer's virtual port
 * @param trafficClass its class
 * @param control where the peer puts control packets, 0 for the newest control channel
 * @param arrived what the peer's packets say has arrived; without it, what they said last
 */
record DrilledConnection(
        Stage stage, Role role, int socket, long id, int hostPort, int peerPort, ChannelClass trafficClass,
        int control, OptionalLong arrived) {

    DrilledConnection(
            Stage stage, Role role, int socket, long id, int hostPort, int peerPort, ChannelClass trafficClass) {
        this(stage, role, socket, id, hostPort, peerPort, trafficClass, 0, OptionalLong.empty());
    }

    /** The same, with the peer's control packets on another channel. */
    DrilledConnection on(int channel) {
        return new DrilledConnection(stage, role, socket, id, hostPort, peerPort, trafficClass, channel, arrived);
    }

    /** The same, with the peer's packets saying that everything below an offset has arrived. */
    DrilledConnection acking(long offset) {
        return new DrilledConnection(
                stage, role, socket, id, hostPort, peerPort, trafficClass, control, OptionalLong.of(offset));
    }

    /** The same, with other ports on the peer's packets. */
    DrilledConnection withPorts(int host, int peer) {
        return new DrilledConnection(stage, role, socket, id, host, peer, trafficClass, control, arrived);
    }

    /** The same, with another id on the peer's packets. */
    DrilledConnection withId(long other) {
        return new DrilledConnection(stage, role, socket, other, hostPort, peerPort, trafficClass, control, arrived);
    }

    // The peer's packets.

    void ncsyn() {
        send(PacketType.NCSYN, trafficClass.code(), Stage.PEER_BUFFER, 0);
    }

    void ncsynAck() {
        control(PacketType.NCSYN_ACK, 0, Stage.PEER_BUFFER);
    }

    void ncrefuse(Reason reason) {
        control(PacketType.NCREFUSE, reason.tag(), 0);
    }

    void ack() {
        control(PacketType.ACK, 0, 0);
    }

    void stop(long epoch) {
        control(PacketType.STOP, epoch, 0);
    }

    void stopAck(long epoch, long offset) {
        control(PacketType.STOP_ACK, epoch, offset);
    }

    void resume(long epoch) {
        control(PacketType.RESUME, epoch, 0);
    }

    void fin(long offset) {
        control(PacketType.FIN, 0, offset);
    }

    void rst(Reason reason) {
        control(PacketType.RST, reason.tag(), 0);
    }

    /** A control packet of any type. */
    void control(PacketType type, long tag, long offset) {
        send(type, tag, offset, ackValue());
    }

    private void send(PacketType type, long tag, long offset, long ackValue) {
        int channel = control == 0 ? stage.control() : control;
        stage.deliver(channel,
                new PacketHeader(type.code(), 0, peerPort, hostPort, tag, id, offset, ackValue), Bytes.EMPTY);
    }

    /** Bytes of the peer's stream; says whether the host has read the packet. */
    boolean data(int channel, long from, long to) {
        int direction = role == Role.CONNECTING ? PayloadPattern.FROM_ACCEPTING : PayloadPattern.FROM_CONNECTING;
        int length = (int) (to - from);
        return stage.deliver(channel,
                new PacketHeader(PacketType.DATA.code(), length, peerPort, hostPort, 0, id, from, ackValue()),
                PayloadPattern.bytes(id, direction, from, length));
    }

    private long ackValue() {
        SentBytes sent = stage.sent(id);
        sent.acknowledge(arrived.orElse(0));
        return arrived.orElse(sent.acknowledged());
    }

    /** The peer says that everything that was pulled has arrived. */
    void acknowledge() {
        acking(sent()).ack();
    }

    // The host's application.

    /** Accepts the child that this is. */
    DrilledConnection accept() {
        if (stage.application().accept(hostPort) instanceof Ok<Optional<Connected>>(Optional<Connected> child)
                && child.isPresent()) {
            return stage.known(new DrilledConnection(
                    stage, role, child.get().socket(), id, hostPort, peerPort, trafficClass, control, arrived));
        }
        throw new CannotGoOn("accept gave no socket");
    }

    /** Writes; says how much was taken. */
    int send(int length) {
        SentBytes sent = stage.sent(id);
        int direction = role == Role.CONNECTING ? PayloadPattern.FROM_CONNECTING : PayloadPattern.FROM_ACCEPTING;
        Bytes data = PayloadPattern.bytes(id, direction, sent.taken(), length);
        if (stage.application().send(socket, data) instanceof Ok<Integer>(Integer taken)) {
            sent.take(taken);
            return taken;
        }
        return 0;
    }

    /** Writes bytes and takes everything that comes of it. */
    void transmit(int length) {
        send(length);
        stage.pullAll();
    }

    /** Reads at most so much; says how much that was. */
    int receive(int max) {
        return stage.application().receive(socket, max) instanceof Ok<Received>(Received(Bytes data, boolean _))
                ? data.length() : 0;
    }

    /** Reads so much if there is so much, in as many calls as it takes. */
    void read(int length) {
        int left = length;
        for (int got = 1; left > 0 && got > 0; left -= got) {
            got = receive(left);
        }
    }

    /** Reads until there is nothing. */
    void readAll() {
        read(Stage.mostReads());
    }

    void shutdown() {
        stage.application().shutdown(socket);
    }

    void close() {
        stage.application().close(socket);
    }

    void abort() {
        stage.application().abort(socket);
    }

    void status() {
        stage.application().status(socket);
    }

    // What the specification can't say, because a trace never has to go on: what nothing holds back is sent.

    /** One past the highest byte that was pulled. */
    long sent() {
        return stage.sent(id).highest();
    }

    /** Every byte taken is on a channel that lives, or acknowledged: nothing holds it back. */
    void mustHaveSentAll() {
        mustHaveSent(stage.sent(id).taken());
    }

    /** Every byte below an offset is on a channel that lives, or acknowledged. */
    void mustHaveSent(long offset) {
        stage.pullAll();
        long missing = stage.sent(id).firstMissing();
        if (missing < offset) {
            throw new ViolationFound(Violation.of("bytes that nothing holds back are not sent",
                    "the bytes from " + missing + " to " + offset + " are on no channel, nothing holds them back, and"
                            + " every channel was pulled until it had nothing more"));
        }
    }
}
