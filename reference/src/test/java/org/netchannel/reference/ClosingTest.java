package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Host.ACK_DELAY;
import static org.netchannel.reference.Host.CONTROL;
import static org.netchannel.reference.Host.LATENCY;
import static org.netchannel.reference.Host.LATENCY_2;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.reference.Input.Read;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Endpoint.Status;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 7: NC-FIN-1 to NC-FIN-6, NC-RST-1, NC-RST-2. */
class ClosingTest {
    private static final Read END = new Read(List.of(), true);
    private static final Read NOTHING = new Read(List.of(), false);
    private static final Status CLEAN = new Status(State.CLOSED, Optional.empty());

    private final Host host = Host.connected();
    private final Peer peer = host.client();

    private static Status reset(Reason reason) {
        return new Status(State.CLOSED, Optional.of(reason));
    }

    private Read receive() {
        return host.ok(new Input.Receive(peer.socket(), 10_000));
    }

    private void shutdown() {
        host.ok(new Input.Shutdown(peer.socket()));
    }

    /** NC-FIN-1. */
    @Test
    void shutdownSendsFinWithTheFinalOffsetAfterTheLastByteWasHandedOver() {
        host.send(peer, 150);
        shutdown();
        assertThat(host.answer()).isEqualTo(
                new PacketHeader(10, 0, peer.hostPort(), peer.peerPort(), 0, peer.id(), 150, 0));
        shutdown();
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-FIN-1, NC-RST-2: a stopped sender with bytes left sends FIN when the last is handed over, not before. */
    @Test
    void finWaitsForTheLastByte() {
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        host.send(peer, 10);
        shutdown();
        assertThat(host.types(CONTROL)).containsExactly(PacketType.STOP_ACK);
        host.take(CONTROL, peer.control(PacketType.RESUME, 1, 0));
        assertThat(host.types(CONTROL)).containsExactly(PacketType.FIN);
    }

    /** NC-RST-2. */
    @Test
    void stoppedSenderStillSendsFinAndRst() {
        Peer other = host.client();
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        host.take(CONTROL, other.control(PacketType.STOP, 1, 0));
        host.sent(CONTROL);
        shutdown();
        host.ok(new Input.Abort(other.socket()));
        assertThat(host.types(CONTROL)).containsExactly(PacketType.FIN, PacketType.RST);
    }

    /** NC-FIN-1: FIN occupies an offset: one under, and it. */
    @Test
    void finIsAcknowledgedByTheOffsetAfterIt() {
        host.send(peer, 10);
        shutdown();
        host.take(CONTROL, peer.ack(10));
        assertThat(host.connection(peer).sending().isFinAcknowledged()).isFalse();
        host.take(CONTROL, peer.ack(11));
        assertThat(host.connection(peer).sending().isFinAcknowledged()).isTrue();
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        host.sent(CONTROL);
        host.take(CONTROL, peer.ack(12));
        host.sentReset(Reason.PROTOCOL_ERROR);
    }

    /** NC-FIN-2, R27. */
    @Test
    void endOfStreamIsSeenAfterTheLastByteThoughFinOvertakesData() {
        host.take(CONTROL, peer.fin(20, 0));
        assertThat(receive()).isEqualTo(NOTHING);
        host.take(LATENCY, peer.data(10, 10));
        assertThat(receive()).isEqualTo(NOTHING);
        assertThat(host.connection(peer).receiving().rcvNxt()).isZero();
        host.take(LATENCY, peer.data(0, 10));
        assertThat(host.connection(peer).receiving().rcvNxt()).isEqualTo(21);
        assertThat(host.read(peer, 15)).isEqualTo(15);
        assertThat(host.read(peer, 15)).isEqualTo(5);
        assertThat(receive()).isEqualTo(END);
        assertThat(receive()).isEqualTo(END);
    }

    /** NC-FIN-2: FIN after the last byte. */
    @Test
    void finInSequenceEndsTheStreamAndIsAcknowledged() {
        host.take(LATENCY, peer.data(0, 10));
        host.take(CONTROL, peer.fin(10, 0));
        host.advance(ACK_DELAY);
        assertThat(host.answer().ack()).isEqualTo(11);
        assertThat(host.read(peer, 100)).isEqualTo(10);
        assertThat(receive()).isEqualTo(END);
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        assertThat(host.send(peer, 5)).isEqualTo(5);
    }

    /** NC-FIN-3: the last legal byte and the one over it, even when it is old. */
    @Test
    void dataAtOrOverTheFinalOffsetIsAProtocolError() {
        host.take(CONTROL, peer.fin(20, 0));
        host.take(LATENCY, peer.data(10, 10));
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        host.take(LATENCY, peer.data(10, 11));
        host.sentReset(Reason.PROTOCOL_ERROR);
        assertThat(host.status(peer)).isEqualTo(reset(Reason.PROTOCOL_ERROR));
    }

    /** NC-FIN-3: unsigned. */
    @ParameterizedTest
    @ValueSource(longs = {20, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void dataBehindTheFinalOffsetIsAProtocolError(long offset) {
        host.take(CONTROL, peer.fin(20, 0));
        host.take(LATENCY, peer.packet(PacketType.DATA, 0, offset, 0, 2));
        host.sentReset(Reason.PROTOCOL_ERROR);
    }

    /** NC-FIN-3. */
    @Test
    void secondFinWithTheSameOffsetIsIgnoredAndWithAnotherAProtocolError() {
        host.take(CONTROL, peer.fin(20, 0));
        host.take(CONTROL, peer.fin(20, 0));
        assertThat(host.dropped(Drop.STALE)).isEqualTo(1);
        host.take(CONTROL, peer.fin(21, 0));
        host.sentReset(Reason.PROTOCOL_ERROR);
    }

    /** NC-FIN-3: at the highest byte that arrived, and one under. */
    @Test
    void finUnderAByteThatHasArrivedIsAProtocolError() {
        Peer other = host.client();
        host.take(LATENCY, peer.data(10, 10));
        host.take(LATENCY, peer.data(0, 5));
        host.take(CONTROL, peer.fin(20, 0));
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        host.take(LATENCY, other.data(10, 10));
        host.take(CONTROL, other.fin(19, 0));
        host.sentReset(Reason.PROTOCOL_ERROR);
    }

    /** NC-DATA-6: no byte may ever stand where this final offset is. */
    @Test
    void finBehindTheAnnouncedSendBufferResetsWithBufferExceeded() {
        Peer other = host.client();
        host.take(CONTROL, peer.fin(Host.PEER_BUFFER, 0));
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        host.take(CONTROL, other.fin(Host.PEER_BUFFER + 1, 0));
        host.sentReset(Reason.BUFFER_EXCEEDED);
        Peer third = host.client();
        host.take(CONTROL, third.fin(-1, 0));
        host.sentReset(Reason.BUFFER_EXCEEDED);
    }

    /** NC-DATA-6, NC-FIN-2: before the announcement any final offset may be true, and none overflows. */
    @ParameterizedTest
    @ValueSource(longs = {Host.PEER_BUFFER + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void finBeforeTheAnnouncementIsKeptWhateverItSays(long offset) {
        Peer asked = host.connecting(ChannelClass.LATENCY);
        host.take(CONTROL, asked.fin(offset, 0));
        assertThat(host.status(asked).state()).isEqualTo(State.ESTABLISHED);
        assertThat(host.ok(new Input.Receive(asked.socket(), 1))).isEqualTo(NOTHING);
        host.take(LATENCY, asked.data(0, 5));
        assertThat(host.read(asked, 9)).isEqualTo(5);
        assertThat(host.ok(new Input.Receive(asked.socket(), 1))).isEqualTo(NOTHING);
        host.take(LATENCY, asked.packet(PacketType.DATA, 0, -1, 0, 2));
        assertThat(host.status(asked).state()).isEqualTo(State.CLOSED);
    }

    /** NC-FIN-4. */
    @Test
    void closeWithNothingUnreadSendsFinAndTheSocketIsGone() {
        host.take(LATENCY, peer.data(0, 10));
        host.read(peer, 10);
        host.ok(new Input.Close(peer.socket()));
        assertThat(host.types(CONTROL)).containsExactly(PacketType.FIN);
        assertThat(host.failed(new Input.Status(peer.socket())).error()).isEqualTo(ErrorCode.NO_SUCH_SOCKET);
        assertThat(host.state.live(peer.id())).isPresent();
    }

    /** NC-FIN-4: unread in sequence, out of order, or waiting in front of the buffer. */
    @ParameterizedTest
    @ValueSource(longs = {0, 5})
    void closeWithUnreadBytesSendsRstClosed(long offset) {
        host.take(LATENCY, peer.data(offset, 10));
        host.ok(new Input.Close(peer.socket()));
        host.sentReset(Reason.CLOSED);
        assertThat(host.state.connections()).isEmpty();
        host.take(LATENCY, peer.data(20, 1));
        assertThat(host.answer().tag()).isEqualTo(Reason.UNKNOWN_CONNECTION.tag());
    }

    /** NC-FIN-4, R52: bytes that are new are answered; a copy of what was read is not. */
    @Test
    void dataAfterCloseIsAnsweredByRstClosedOnlyWhenItBringsNewBytes() {
        host.take(LATENCY, peer.data(0, 10));
        host.read(peer, 10);
        host.ok(new Input.Close(peer.socket()));
        host.sent(CONTROL);
        host.take(LATENCY, peer.data(0, 10));
        assertThat(host.sent(CONTROL)).isEmpty();
        host.take(LATENCY, peer.data(9, 2));
        host.sentReset(Reason.CLOSED);
        assertThat(host.state.connections()).isEmpty();
    }

    /** NC-FIN-5. */
    @Test
    void connectionIsGoneWhenBothFinsAreThroughAndTheLastAckIsSent() {
        shutdown();
        host.sent(CONTROL);
        host.take(CONTROL, peer.ack(1));
        host.take(CONTROL, peer.fin(0, 1));
        assertThat(host.answer()).isEqualTo(
                new PacketHeader(6, 0, peer.hostPort(), peer.peerPort(), 0, peer.id(), 0, 1));
        assertThat(host.status(peer)).isEqualTo(CLEAN);
        assertThat(receive()).isEqualTo(END);
        assertThat(host.failed(new Input.Send(peer.socket(), Bytes.EMPTY)).error()).isEqualTo(ErrorCode.NOT_CONNECTED);
        host.advance(ACK_DELAY);
        assertThat(host.sent(CONTROL)).isEmpty();
        host.take(CONTROL, peer.ack(1));
        host.sentReset(Reason.UNKNOWN_CONNECTION);
    }

    /** NC-FIN-5: the other order: the last ACK was sent before. */
    @Test
    void nothingIsSentWhenTheLastAckWasSentBefore() {
        host.take(CONTROL, peer.fin(0, 0));
        shutdown();
        assertThat(host.sent(CONTROL)).extracting(PacketHeader::ack).containsExactly(1L);
        host.take(CONTROL, peer.ack(1));
        assertThat(host.status(peer)).isEqualTo(CLEAN);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-FIN-5: what was not read yet can be read after the end. */
    @Test
    void bytesStayReadableAfterACleanEnd() {
        host.take(LATENCY, peer.data(0, 10));
        host.take(CONTROL, peer.fin(10, 0));
        shutdown();
        host.take(CONTROL, peer.ack(1));
        assertThat(host.status(peer)).isEqualTo(CLEAN);
        assertThat(host.read(peer, 4)).isEqualTo(4);
        assertThat(host.read(peer, 10)).isEqualTo(6);
        assertThat(receive()).isEqualTo(END);
        host.ok(new Input.Close(peer.socket()));
        assertThat(host.state.connections()).isEmpty();
    }

    /** NC-FIN-5: a connection that nobody holds is forgotten when it is over. */
    @Test
    void closedConnectionIsForgottenWhenBothFinsAreThrough() {
        host.ok(new Input.Close(peer.socket()));
        host.take(CONTROL, peer.fin(0, 1));
        assertThat(host.state.connections()).isEmpty();
        assertThat(host.types(CONTROL)).containsExactly(PacketType.FIN, PacketType.ACK);
    }

    /** NC-FIN-6, R51. */
    @Test
    void unknownConnectionIsTheMissingAcknowledgementOnceBothFinsWereSent() {
        host.take(CONTROL, peer.fin(0, 0));
        shutdown();
        host.take(CONTROL, peer.rst(Reason.UNKNOWN_CONNECTION));
        assertThat(host.status(peer)).isEqualTo(CLEAN);
        assertThat(receive()).isEqualTo(END);
    }

    /** NC-FIN-6: own FIN missing, the peer's missing, or another reason: an error. */
    @Test
    void unknownConnectionIsAnErrorBeforeBothFinsWereSent() {
        host.take(CONTROL, peer.fin(0, 0));
        host.take(CONTROL, peer.rst(Reason.UNKNOWN_CONNECTION));
        assertThat(host.status(peer)).isEqualTo(reset(Reason.UNKNOWN_CONNECTION));

        Peer second = host.client();
        host.ok(new Input.Shutdown(second.socket()));
        host.take(CONTROL, second.fin(1, 0));
        host.take(CONTROL, second.rst(Reason.UNKNOWN_CONNECTION));
        assertThat(host.status(second)).isEqualTo(reset(Reason.UNKNOWN_CONNECTION));

        Peer third = host.client();
        host.take(CONTROL, third.fin(0, 0));
        host.ok(new Input.Shutdown(third.socket()));
        host.take(CONTROL, third.rst(Reason.ABORTED));
        assertThat(host.status(third)).isEqualTo(reset(Reason.ABORTED));
    }

    /** NC-RST-1. */
    @ParameterizedTest
    @EnumSource(value = Reason.class, names = {"ABORTED", "CLOSED", "CHANNEL_LOST", "HOST_RESTARTED",
        "PROTOCOL_ERROR", "BUFFER_EXCEEDED", "TIMEOUT", "UNKNOWN_CONNECTION"})
    void afterARstBytesInOrderStayReadableThenReadsAndSendsFailWithItsReason(Reason reason) {
        host.take(LATENCY, peer.data(0, 10));
        host.take(LATENCY, peer.data(20, 10));
        host.take(CONTROL, peer.rst(reason));
        assertThat(host.status(peer)).isEqualTo(reset(reason));
        assertThat(host.read(peer, 100)).isEqualTo(10);
        for (Input<?> input :
                List.of(new Input.Receive(peer.socket(), 1), new Input.Send(peer.socket(), Bytes.EMPTY))) {
            assertThat(host.failed(input).error()).isEqualTo(ErrorCode.RESET);
            assertThat(host.failed(input).reason()).contains(reason);
        }
        host.advance(ACK_DELAY);
        assertThat(host.sent(CONTROL)).isEmpty();
        shutdown();
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-RST-1. */
    @Test
    void readerThatHasThePeersFinInSequenceStillSeesEndOfStreamAfterARst() {
        host.take(LATENCY, peer.data(0, 10));
        host.take(CONTROL, peer.fin(10, 0));
        host.take(CONTROL, peer.rst(Reason.ABORTED));
        assertThat(host.read(peer, 100)).isEqualTo(10);
        assertThat(receive()).isEqualTo(END);
        assertThat(host.status(peer)).isEqualTo(reset(Reason.ABORTED));
    }

    /** NC-RST-1. */
    @Test
    void abortSendsRstAbortedWithTheLastAckAndTheSocketIsGone() {
        host.take(LATENCY, peer.data(0, 10));
        host.ok(new Input.Abort(peer.socket()));
        assertThat(host.answer()).isEqualTo(
                new PacketHeader(11, 0, peer.hostPort(), peer.peerPort(), 1, peer.id(), 0, 10));
        assertThat(host.failed(new Input.Status(peer.socket())).error()).isEqualTo(ErrorCode.NO_SUCH_SOCKET);
        assertThat(host.state.connections()).isEmpty();
    }

    /** NC-RST-1: nothing more is sent for it, and its id and port are free of it. */
    @Test
    void nothingIsHandedOverAfterARst() {
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        host.send(peer, 10);
        host.take(CONTROL, peer.rst(Reason.ABORTED));
        host.ok(new Input.ChannelDown(LATENCY));
        assertThat(host.sent(LATENCY_2)).isEmpty();
        assertThat(host.types(CONTROL)).containsExactly(PacketType.STOP_ACK);
    }

    /** Closing or aborting what is over already is quiet. */
    @Test
    void socketOfAConnectionThatIsOverIsClosedQuietly() {
        Peer other = host.client();
        host.take(CONTROL, peer.rst(Reason.ABORTED));
        host.take(CONTROL, other.rst(Reason.ABORTED));
        host.ok(new Input.Close(peer.socket()));
        host.ok(new Input.Abort(other.socket()));
        assertThat(host.sent(CONTROL)).isEmpty();
        assertThat(host.state.connections()).isEmpty();
        assertThat(host.state.sockets()).isEmpty();
    }

    /** RST never answers RST (NC-HS-7). */
    @Test
    void rstForAConnectionThatIsGoneIsNotAnswered() {
        host.ok(new Input.Abort(peer.socket()));
        host.sent(CONTROL);
        host.take(CONTROL, peer.rst(Reason.ABORTED));
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** R10, R11: packets of an old connection with the same ports are answered and harm nobody. */
    @Test
    void packetsOfAnOldConnectionDoNotTouchANewOneWithTheSamePorts() {
        Peer old = host.server();
        host.ok(new Input.Abort(old.socket()));
        host.sent(CONTROL);
        Peer fresh = host.child(4712);
        host.take(LATENCY, old.data(0, 10));
        host.take(CONTROL, old.fin(10, 0));
        host.take(CONTROL, old.rst(Reason.ABORTED));
        assertThat(host.state.live(fresh.id())).isPresent();
        assertThat(host.connection(fresh).receiving()).isEqualTo(
                Receiving.START.withAnnounced(Host.PEER_BUFFER));
        assertThat(host.connecting(ChannelClass.LATENCY).id()).isNotEqualTo(old.id());
    }
}
