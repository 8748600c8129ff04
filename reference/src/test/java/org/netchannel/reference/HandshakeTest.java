package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Host.CONTROL;
import static org.netchannel.reference.Host.LATENCY;
import static org.netchannel.reference.Host.PEER_BUFFER;
import static org.netchannel.reference.Host.PEER_LIFE;
import static org.netchannel.reference.Host.TIMEOUT;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Endpoint.Status;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome.Failed;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 4: NC-HS-1 to NC-HS-11. */
class HandshakeTest {
    private static final Status SYN_SENT = new Status(State.SYN_SENT, Optional.empty());
    private static final Status ESTABLISHED = new Status(State.ESTABLISHED, Optional.empty());

    private final Host host = Host.connected();

    private static Status closed(Reason reason) {
        return new Status(State.CLOSED, Optional.of(reason));
    }

    private static Peer stranger(long id) {
        return new Peer(0, id, 80, 50_000);
    }

    /** NC-HS-1. */
    @Test
    void connectSendsNcsynWithClassAndSendBufferAndWaitsInSynSent() {
        Connected connected = host.ok(new Input.Connect(80, ChannelClass.THROUGHPUT));
        PacketHeader ncsyn = host.answer();
        int localPort = ncsyn.sourcePort();
        assertThat(ncsyn).isEqualTo(new PacketHeader(2, 0, localPort, 80, 2, connected.connection(), 1 << 20, 0));
        assertThat(localPort).isBetween(49_152, 65_535);
        assertThat(host.ok(new Input.Status(connected.socket()))).isEqualTo(SYN_SENT);
    }

    /** NC-HS-1. */
    @Test
    void everyConnectHasAnotherIdAnotherPortAndAnotherSocket() {
        Set<Long> ids = new HashSet<>();
        Set<Integer> sockets = new HashSet<>();
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Connected connected = host.ok(new Input.Connect(80, ChannelClass.LATENCY));
            assertThat(connected.connection()).isNotZero();
            ids.add(connected.connection());
            sockets.add(connected.socket());
            ports.add(host.answer().sourcePort());
        }
        assertThat(List.of(ids.size(), sockets.size(), ports.size())).containsOnly(100);
    }

    /** NC-HS-1, NC-FIN-5: a port is free when no listener and no live connection has it. */
    @Test
    void localPortIsOneThatNobodyHas() {
        int next = host.state.choices().nextPort();
        host.ok(new Input.Listen(next, 1));
        Peer peer = host.connecting(ChannelClass.LATENCY);
        assertThat(peer.hostPort()).isEqualTo(next + 1);
        host.state = host.state.with(host.state.choices().afterPort(next));
        Peer second = host.connecting(ChannelClass.LATENCY);
        assertThat(second.hostPort()).isEqualTo(next + 2);
        host.ok(new Input.Abort(peer.socket()));
        host.sent(CONTROL);
        host.state = host.state.with(host.state.choices().afterPort(next));
        assertThat(host.connecting(ChannelClass.LATENCY).hostPort()).isEqualTo(next + 1);
    }

    /** NC-HS-1. */
    @Test
    void connectIsRefusedWhenEveryLocalPortIsTaken() {
        for (int port = Choices.FIRST_LOCAL_PORT; port < 65_536; port++) {
            host.state = NetChannel.step(host.state, new Input.Listen(port, 1)).host();
        }
        assertThat(host.failed(new Input.Connect(80, ChannelClass.LATENCY)))
                .isEqualTo(new Failed<>(ErrorCode.REFUSED, Optional.of(Reason.LIMIT), ""));
        host.ok(new Input.Unlisten(65_535));
        assertThat(host.connecting(ChannelClass.LATENCY).hostPort()).isEqualTo(65_535);
    }

    /** NC-HS-2: the last line, and what the child knows. */
    @Test
    void ncsynMakesAChildThatWaitsToBeAccepted() {
        host.ok(new Input.Listen(80, 1));
        host.take(CONTROL, stranger(5).ncsyn(ChannelClass.LATENCY));
        assertThat(host.answer()).isEqualTo(new PacketHeader(3, 0, 80, 50_000, 0, 5, 1 << 20, 0));
        Connected child = host.ok(new Input.Accept(80)).orElseThrow();
        assertThat(child.connection()).isEqualTo(5);
        assertThat(host.ok(new Input.Status(child.socket()))).isEqualTo(ESTABLISHED);
        assertThat(host.state.connections().get(5L).receiving().sendBuffer()).isEqualTo(PEER_BUFFER);
        assertThat(host.ok(new Input.Accept(80))).isEmpty();
    }

    /** NC-HS-2, R3. */
    @Test
    void ncsynForAKnownConnectionIsAnsweredAgainAndMakesNoSecondChild() {
        host.ok(new Input.Listen(80, 2));
        host.child(5);
        host.child(5);
        assertThat(host.ok(new Input.Accept(80))).isPresent();
        assertThat(host.ok(new Input.Accept(80))).isEmpty();
    }

    /** NC-HS-2, R42: from both sides of the connect timeout. */
    @Test
    void ncsynForAnIdThatIsGoneIsResetUntilTheConnectTimeoutIsOver() {
        host.ok(new Input.Listen(80, 9));
        Peer peer = host.child(5);
        host.take(CONTROL, peer.rst(Reason.ABORTED));
        host.ok(new Input.Close(host.ok(new Input.Accept(80)).orElseThrow().socket()));
        host.advance(TIMEOUT - 1);
        host.take(CONTROL, peer.ncsyn(ChannelClass.LATENCY));
        assertThat(host.answer()).isEqualTo(new PacketHeader(11, 0, 80, 50_000, 2, 5, 0, 0));
        host.advance(1);
        host.child(5);
    }

    /** NC-HS-2, R44: from both sides of the connect timeout; a refusal again counts again. */
    @Test
    void ncsynForARefusedIdIsRefusedWithTheSameReasonUntilTheConnectTimeoutIsOver() {
        host.take(CONTROL, stranger(5).ncsyn(ChannelClass.LATENCY));
        assertThat(host.answer()).isEqualTo(new PacketHeader(4, 0, 80, 50_000, 1, 5, 0, 0));
        host.ok(new Input.Listen(80, 9));
        host.advance(TIMEOUT - 1);
        host.take(CONTROL, stranger(5).ncsyn(ChannelClass.LATENCY));
        assertThat(host.answer().tag()).isEqualTo(1);
        host.advance(TIMEOUT - 1);
        host.take(CONTROL, stranger(5).ncsyn(ChannelClass.LATENCY));
        assertThat(host.answer().type()).contains(PacketType.NCREFUSE);
        host.advance(TIMEOUT);
        host.child(5);
    }

    /** NC-HS-2: one under the backlog and at it. */
    @Test
    void ncsynIsRefusedWhileTheAcceptQueueIsFull() {
        host.ok(new Input.Listen(80, 2));
        host.child(1);
        host.child(2);
        host.take(CONTROL, stranger(3).ncsyn(ChannelClass.LATENCY));
        assertThat(host.answer().tag()).isEqualTo(Reason.BACKLOG_FULL.tag());
        host.ok(new Input.Accept(80));
        host.child(4);
    }

    /** NC-HS-2: sockets and waiting children count, and at the limit both sides say so. */
    @Test
    void socketLimitRefusesNcsynAndConnect() {
        Host small = Host.connected(Config.DEFAULTS.with(Setting.SOCKET_LIMIT, 3));
        small.ok(new Input.Listen(80, 9));
        small.ok(new Input.Listen(81, 9));
        small.connecting(ChannelClass.LATENCY);
        small.child(1);
        Peer other = new Peer(0, 2, 81, 1);
        small.take(CONTROL, other.ncsyn(ChannelClass.LATENCY));
        assertThat(small.answer().type()).contains(PacketType.NCSYN_ACK);
        small.take(CONTROL, stranger(3).ncsyn(ChannelClass.LATENCY));
        assertThat(small.answer().tag()).isEqualTo(Reason.LIMIT.tag());
        assertThat(small.failed(new Input.Connect(80, ChannelClass.LATENCY)).reason()).contains(Reason.LIMIT);
        assertThat(small.sent(CONTROL)).isEmpty();
    }

    /** A connection that was closed and is not over yet has no socket, but is not without bound either. */
    @Test
    void closedConnectionsThatAreNotOverMayBeAsManyAsTheSocketLimit() {
        Host small = Host.connected(Config.DEFAULTS.with(Setting.SOCKET_LIMIT, 1));
        Peer first = small.client();
        assertThat(small.failed(new Input.Connect(80, ChannelClass.LATENCY)).reason()).contains(Reason.LIMIT);
        small.ok(new Input.Close(first.socket()));
        small.sent(CONTROL);
        Peer second = small.client();
        small.ok(new Input.Close(second.socket()));
        small.sent(CONTROL);
        assertThat(small.failed(new Input.Connect(80, ChannelClass.LATENCY)).reason()).contains(Reason.LIMIT);
    }

    /** A class that is not in use breaks a rule, after the known ids and before the listener are looked at. */
    @ParameterizedTest
    @ValueSource(longs = {0, 3, 0xFFFF_FFFFL})
    void ncsynWithAClassThatIsNoneIsReset(long tag) {
        host.take(CONTROL, stranger(5).control(PacketType.NCSYN, tag, 10));
        assertThat(host.answer()).isEqualTo(new PacketHeader(11, 0, 80, 50_000, 6, 5, 0, 0));
    }

    /** NC-HS-3, R1: DATA that overtakes NCSYN_ACK establishes and is kept. */
    @Test
    void dataThatOvertakesNcsynAckEstablishesAndIsKept() {
        Peer peer = host.connecting(ChannelClass.LATENCY);
        host.take(LATENCY, peer.data(0, 10));
        assertThat(host.status(peer)).isEqualTo(ESTABLISHED);
        assertThat(host.read(peer, 100)).isEqualTo(10);
    }

    /** NC-HS-3. */
    @ParameterizedTest
    @EnumSource(value = PacketType.class, names = {"NCSYN_ACK", "ACK", "STOP", "STOP_ACK", "RESUME", "FIN"})
    void anyPacketOfTheConnectionEstablishes(PacketType type) {
        Peer peer = host.connecting(ChannelClass.LATENCY);
        host.take(CONTROL, peer.control(type, 0, 0));
        assertThat(host.status(peer)).isEqualTo(ESTABLISHED);
        host.advance(TIMEOUT);
        assertThat(host.status(peer)).isEqualTo(ESTABLISHED);
    }

    /** NC-HS-3, R48: the send buffer is learned whenever NCSYN_ACK comes, once. */
    @Test
    void announcedSendBufferIsLearnedLateAndCountsOnce() {
        Peer peer = host.connecting(ChannelClass.LATENCY);
        host.take(CONTROL, peer.ack(0));
        assertThat(host.connection(peer).receiving().sendBuffer()).isEqualTo(1 << 30);
        host.take(CONTROL, peer.control(PacketType.NCSYN_ACK, 0, 900));
        host.take(CONTROL, peer.control(PacketType.NCSYN_ACK, 0, 800));
        assertThat(host.connection(peer).receiving().sendBuffer()).isEqualTo(900);
    }

    /** No send buffer is over 2^30 bytes, whatever a peer announces. */
    @Test
    void announcedSendBufferIsBounded() {
        Peer peer = host.connecting(ChannelClass.LATENCY);
        host.take(CONTROL, peer.control(PacketType.NCSYN_ACK, 0, -1));
        assertThat(host.connection(peer).receiving().sendBuffer()).isEqualTo(1 << 30);
        Peer exact = host.connecting(ChannelClass.LATENCY);
        host.take(CONTROL, exact.control(PacketType.NCSYN_ACK, 0, (1 << 30) - 1));
        assertThat(host.connection(exact).receiving().sendBuffer()).isEqualTo((1 << 30) - 1);
    }

    /** NCSYN_ACK comes from the accepting side; the other way it is no use. */
    @Test
    void ncsynAckForAnAcceptedConnectionChangesNothing() {
        Peer peer = host.server();
        host.take(CONTROL, peer.control(PacketType.NCSYN_ACK, 0, 5));
        assertThat(host.connection(peer).receiving().sendBuffer()).isEqualTo(PEER_BUFFER);
        assertThat(host.dropped(Drop.STALE)).isEqualTo(1);
    }

    /** NC-HS-4. */
    @ParameterizedTest
    @EnumSource(value = Reason.class, names = {"NO_LISTENER", "BACKLOG_FULL", "LIMIT"})
    void ncrefuseInSynSentFailsConnectWithItsReason(Reason reason) {
        Peer peer = host.connecting(ChannelClass.LATENCY);
        host.take(CONTROL, peer.control(PacketType.NCREFUSE, reason.tag(), 0));
        assertThat(host.status(peer)).isEqualTo(closed(reason));
        Failed<?> refused = new Failed<>(ErrorCode.REFUSED, Optional.of(reason), "");
        assertThat(host.failed(new Input.Send(peer.socket(), Bytes.EMPTY))).isEqualTo(refused);
        assertThat(host.failed(new Input.Receive(peer.socket(), 1))).isEqualTo(refused);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-HS-4. */
    @Test
    void ncrefuseAfterEstablishmentIsIgnored() {
        Peer peer = host.client();
        host.take(CONTROL, peer.control(PacketType.NCREFUSE, 1, 0));
        assertThat(host.status(peer)).isEqualTo(ESTABLISHED);
        assertThat(host.dropped(Drop.STALE)).isEqualTo(1);
    }

    /** NC-HS-5, R2. */
    @Test
    void nothingIsTakenFromTheApplicationInSynSent() {
        Peer peer = host.connecting(ChannelClass.LATENCY);
        assertThat(host.send(peer, 10)).isZero();
        assertThat(host.read(peer, 10)).isZero();
        host.advance(TIMEOUT - 1);
        assertThat(host.sent(CONTROL)).isEmpty();
        assertThat(host.sent(LATENCY)).isEmpty();
    }

    /** NC-HS-6: the nanosecond before, and the one. */
    @Test
    void connectTimesOutAtItsNanosecondWithRst() {
        host.advance(17);
        Peer peer = host.connecting(ChannelClass.LATENCY);
        host.advance(TIMEOUT - 1);
        assertThat(host.status(peer)).isEqualTo(SYN_SENT);
        host.advance(1);
        assertThat(host.status(peer)).isEqualTo(closed(Reason.TIMEOUT));
        host.sentReset(Reason.TIMEOUT);
        assertThat(host.failed(new Input.Receive(peer.socket(), 1)).error()).isEqualTo(ErrorCode.TIMEOUT);
        assertThat(host.failed(new Input.Send(peer.socket(), Bytes.EMPTY)).error())
                .isEqualTo(ErrorCode.TIMEOUT);
    }

    /** NC-HS-2: an id that waits to be accepted, or whose socket is held, is gone however long it is over. */
    @Test
    void idThatTheApplicationStillHoldsMakesNoSecondChild() {
        host.ok(new Input.Listen(80, 9));
        Peer child = host.child(5);
        host.take(CONTROL, child.rst(Reason.ABORTED));
        host.advance(2 * TIMEOUT);
        host.take(CONTROL, child.ncsyn(ChannelClass.LATENCY));
        host.sentReset(Reason.UNKNOWN_CONNECTION);
        host.ok(new Input.Accept(80));
        assertThat(host.ok(new Input.Accept(80))).isEmpty();
    }

    /** NC-HS-8, R7. */
    @Test
    void closingAListenerResetsEveryChildNotYetAccepted() {
        Peer accepted = host.server();
        Peer first = host.child(1);
        Peer dead = host.child(2);
        host.take(CONTROL, dead.rst(Reason.ABORTED));
        host.child(3);
        host.ok(new Input.Unlisten(80));
        assertThat(host.sent(CONTROL)).extracting(PacketHeader::connection).containsExactly(1L, 3L);
        assertThat(host.state.connections()).containsOnlyKeys(4711L);
        assertThat(host.status(accepted)).isEqualTo(ESTABLISHED);
        host.take(CONTROL, first.ncsyn(ChannelClass.LATENCY));
        assertThat(host.answer().tag()).isEqualTo(Reason.UNKNOWN_CONNECTION.tag());
        host.badRequest(new Input.Accept(80), "port 80");
        host.badRequest(new Input.Unlisten(80), "port 80");
    }

    /** NC-HS-9, R8. */
    @Test
    void crossingNcsynsAreTwoConnections() {
        Peer asked = host.connecting(ChannelClass.LATENCY);
        host.ok(new Input.Listen(asked.hostPort(), 1));
        host.take(CONTROL, new Peer(0, 6, asked.hostPort(), 80).ncsyn(ChannelClass.LATENCY));
        assertThat(host.types(CONTROL)).containsExactly(PacketType.NCSYN_ACK);
        assertThat(host.status(asked)).isEqualTo(SYN_SENT);
        assertThat(host.state.connections()).hasSize(2);
    }

    /** NC-HS-9: an NCSYN with the id of this host's own connect is nobody's. */
    @Test
    void ncsynNeverMeetsTheSideThatAsked() {
        Peer asked = host.connecting(ChannelClass.LATENCY);
        host.take(CONTROL, asked.ncsyn(ChannelClass.LATENCY));
        assertThat(host.status(asked)).isEqualTo(SYN_SENT);
        assertThat(host.sent(CONTROL)).isEmpty();
        assertThat(host.dropped(Drop.STALE)).isEqualTo(1);
    }

    /** NC-HS-10. */
    @Test
    void childThatWasResetIsStillAcceptedAndReadAndShowsHowItEnded() {
        host.ok(new Input.Listen(80, 1));
        Peer child = host.child(5);
        host.take(LATENCY, child.data(0, 10));
        host.take(CONTROL, child.rst(Reason.ABORTED));
        Connected accepted = host.ok(new Input.Accept(80)).orElseThrow();
        Peer peer = new Peer(accepted.socket(), 5, 80, 50_000);
        assertThat(host.status(peer)).isEqualTo(closed(Reason.ABORTED));
        assertThat(host.read(peer, 100)).isEqualTo(10);
        assertThat(host.failed(new Input.Receive(peer.socket(), 1)).reason()).contains(Reason.ABORTED);
    }

    /** NC-HS-11. */
    @Test
    void inSynSentShutdownLeadsToFinOnceEstablished() {
        Peer peer = host.connecting(ChannelClass.LATENCY);
        host.ok(new Input.Shutdown(peer.socket()));
        assertThat(host.sent(CONTROL)).isEmpty();
        host.take(CONTROL, peer.control(PacketType.NCSYN_ACK, 0, 10));
        assertThat(host.types(CONTROL)).containsExactly(PacketType.FIN);
    }

    /** NC-HS-11. */
    @Test
    void inSynSentCloseLeadsToRstClosedAndAnRstFailsConnect() {
        Peer peer = host.connecting(ChannelClass.LATENCY);
        host.ok(new Input.Close(peer.socket()));
        host.sentReset(Reason.CLOSED);
        Peer other = host.connecting(ChannelClass.LATENCY);
        host.take(CONTROL, other.rst(Reason.PROTOCOL_ERROR));
        assertThat(host.status(other)).isEqualTo(closed(Reason.PROTOCOL_ERROR));
        assertThat(host.failed(new Input.Receive(other.socket(), 1)).error()).isEqualTo(ErrorCode.RESET);
        assertThat(host.state.connections()).containsOnlyKeys(other.id());
    }

    @Test
    void secondListenerOnAPortIsRefused() {
        host.ok(new Input.Listen(80, 1));
        assertThat(host.failed(new Input.Listen(80, 1)).error()).isEqualTo(ErrorCode.PORT_IN_USE);
        host.ok(new Input.Unlisten(80));
        host.ok(new Input.Listen(80, 1));
    }

    @Test
    void portsAndBacklogsOutOfRangeAreBadRequests() {
        host.badRequest(new Input.Listen(0, 1), "port is 0");
        host.badRequest(new Input.Listen(65_536, 1), "port is 65536");
        host.badRequest(new Input.Listen(80, 0), "backlog is 0");
        host.badRequest(new Input.Connect(0, ChannelClass.LATENCY), "port is 0");
        host.badRequest(new Input.Connect(65_536, ChannelClass.LATENCY), "port is 65536");
        host.badRequest(new Input.Connect(80, ChannelClass.CONTROL), "class is CONTROL");
        host.ok(new Input.Listen(1, 1));
        host.ok(new Input.Listen(65_535, 1));
        host.ok(new Input.Connect(65_535, ChannelClass.LATENCY));
        host.ok(new Input.Connect(1, ChannelClass.LATENCY));
    }

    /** NC-HS-1: an id that the peer happens to use is passed over. */
    @Test
    void idThatIsInUseIsPassedOver() {
        host.ok(new Input.Listen(80, 1));
        Peer child = host.child(host.state.choices().connectionId());
        assertThat(host.connecting(ChannelClass.LATENCY).id()).isNotEqualTo(child.id());
    }

    /** Socket numbers go round, past those that are in use. */
    @Test
    void socketNumbersStartAgainAtOneAndPassOverThoseInUse() {
        Peer first = host.connecting(ChannelClass.LATENCY);
        assertThat(first.socket()).isEqualTo(1);
        host.state = host.state.withSockets(host.state.sockets(), Integer.MAX_VALUE);
        assertThat(host.connecting(ChannelClass.LATENCY).socket()).isEqualTo(Integer.MAX_VALUE);
        assertThat(host.connecting(ChannelClass.LATENCY).socket()).isEqualTo(2);
    }

    /** NC-FAIL-2, R5: asked again on a new control channel. */
    @Test
    void ncsynWithoutAControlChannelGoesOnTheNextOne() {
        Host alone = new Host(Config.DEFAULTS);
        alone.ok(new Input.Connect(80, ChannelClass.LATENCY));
        alone.open(CONTROL, ChannelClass.CONTROL);
        assertThat(alone.types(CONTROL)).containsExactly(PacketType.NCSYN);
        assertThat(alone.state.link().peer()).hasValue(PEER_LIFE);
    }
}
