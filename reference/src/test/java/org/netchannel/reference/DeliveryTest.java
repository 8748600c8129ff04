package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Host.ACK_DELAY;
import static org.netchannel.reference.Host.CONTROL;
import static org.netchannel.reference.Host.LATENCY;
import static org.netchannel.reference.Host.LATENCY_2;
import static org.netchannel.reference.Host.PEER_PAYLOAD;
import static org.netchannel.reference.Host.THROUGHPUT;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Endpoint.Status;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 5: NC-DATA-1 to NC-DATA-6. The peer's send buffer is 1,000 bytes, so a quarter is 250. */
class DeliveryTest {
    private final Host host = Host.connected(Config.DEFAULTS.with(Setting.SEND_BUFFER, 500));
    private final Peer peer = host.client();

    private static Status reset(Reason reason) {
        return new Status(State.CLOSED, Optional.of(reason));
    }

    private void readExactly(long from, int length) {
        long offset = from;
        for (Bytes piece : host.ok(new Input.Receive(peer.socket(), 10_000)).pieces()) {
            for (int i = 0; i < piece.length(); i++) {
                assertThat(piece.at(i)).isEqualTo(Peer.byteAt(offset++));
            }
        }
        assertThat(offset - from).isEqualTo(length);
    }

    /** NC-DATA-1, NC-DATA-4. */
    @Test
    void bytesAreReadInOrderOnceHoweverPacketsOverlapAndOvertake() {
        host.take(LATENCY, peer.data(20, 10));
        readExactly(0, 0);
        host.take(LATENCY_2, peer.data(40, 5));
        host.take(LATENCY_2, peer.data(0, 10));
        readExactly(0, 10);
        host.take(LATENCY, peer.data(5, 40));
        readExactly(10, 35);
        host.take(LATENCY, peer.data(44, 2));
        readExactly(45, 1);
    }

    /** NC-DATA-4: trimming at either end and around what is there. */
    @Test
    void overlappingPacketsFillExactlyWhatIsMissing() {
        host.take(LATENCY, peer.data(10, 10));
        host.take(LATENCY, peer.data(30, 10));
        host.take(LATENCY, peer.data(15, 10));
        host.take(LATENCY, peer.data(28, 12));
        assertThat(host.connection(peer).receiving().held()).isEqualTo(27);
        host.take(LATENCY, peer.data(5, 50));
        assertThat(host.connection(peer).receiving().held()).isEqualTo(50);
        host.take(LATENCY, peer.data(0, 5));
        readExactly(0, 55);
    }

    /** NC-DATA-4. */
    @Test
    void bytesAlreadyReceivedAreDroppedAndCountedWithoutCharge() {
        host.take(LATENCY, peer.data(0, 10));
        host.take(LATENCY, peer.data(20, 10));
        host.take(LATENCY, peer.data(3, 7));
        host.take(LATENCY, peer.data(20, 10));
        host.take(LATENCY, peer.data(22, 3));
        assertThat(host.dropped(Drop.OLD_DATA)).isEqualTo(3);
        readExactly(0, 10);
        host.take(LATENCY, peer.data(0, 10));
        assertThat(host.dropped(Drop.OLD_DATA)).isEqualTo(4);
        assertThat(host.channel(LATENCY).charge()).isZero();
    }

    @Test
    void receiveGivesAtMostWhatIsAskedForAndGoesOnWhereItStopped() {
        host.take(LATENCY, peer.data(0, 10));
        host.take(LATENCY, peer.data(10, 10));
        assertThat(host.read(peer, 4)).isEqualTo(4);
        assertThat(host.read(peer, 9)).isEqualTo(9);
        assertThat(host.connection(peer).receiving().buffer()).containsOnlyKeys(10L);
        readExactly(13, 7);
        assertThat(host.connection(peer).receiving().buffer()).isEmpty();
        host.badRequest(new Input.Receive(peer.socket(), 0), "max is 0");
    }

    /** NC-DATA-2: cut at the peer's largest payload, and at what the application gave at once. */
    @Test
    void streamIsCutAtTheLargestPayloadOfThePeer() {
        host.send(peer, PEER_PAYLOAD);
        host.send(peer, 2 * PEER_PAYLOAD + 1);
        List<PacketHeader> one = host.sent(LATENCY);
        List<PacketHeader> two = host.sent(LATENCY_2);
        assertThat(one).extracting(PacketHeader::offset).containsExactly(0L, 200L);
        assertThat(two).extracting(PacketHeader::offset).containsExactly(100L, 300L);
        assertThat(one).extracting(PacketHeader::length).containsExactly(100, 100);
        assertThat(two).extracting(PacketHeader::length).containsExactly(100, 1);
        assertThat(one.getFirst()).isEqualTo(
                new PacketHeader(5, 100, peer.hostPort(), peer.peerPort(), 0, peer.id(), 0, 0));
    }

    /** NC-DATA-2: the payload is the application's bytes. */
    @Test
    void payloadsAreTheBytesThatWereGiven() {
        byte[] bytes = new byte[150];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        host.ok(new Input.Send(peer.socket(), new Bytes(bytes, 10, 140)));
        Packet first = host.ok(new Input.Pull(LATENCY, 1)).getFirst();
        Packet second = host.ok(new Input.Pull(LATENCY_2, 1)).getFirst();
        assertThat(first.payload()).isEqualTo(new Bytes(bytes, 10, 100));
        assertThat(second.payload()).isEqualTo(new Bytes(bytes, 110, 40));
    }

    /** NC-DATA-3: at the send buffer and one under it. */
    @Test
    void sendTakesWhatTheSendBufferHasRoomForUntilBytesAreAcknowledged() {
        assertThat(host.send(peer, 499)).isEqualTo(499);
        assertThat(host.send(peer, 2)).isEqualTo(1);
        assertThat(host.send(peer, 1)).isZero();
        host.take(CONTROL, peer.ack(1));
        assertThat(host.send(peer, 10)).isEqualTo(1);
        host.take(CONTROL, peer.ack(501));
        assertThat(host.send(peer, 501)).isEqualTo(500);
        assertThat(host.connection(peer).sending().sndUna()).isEqualTo(501);
    }

    /** NC-DATA-3: what is acknowledged is forgotten, and nothing else. */
    @Test
    void bytesAreRetainedUntilAcknowledged() {
        host.send(peer, 100);
        host.send(peer, 100);
        host.take(CONTROL, peer.ack(99));
        assertThat(host.connection(peer).sending().retained()).hasSize(2);
        assertThat(host.connection(peer).sending().handed()).hasSize(2);
        host.take(CONTROL, peer.ack(100));
        assertThat(host.connection(peer).sending().retained()).containsOnlyKeys(100L);
        assertThat(host.connection(peer).sending().handed()).containsOnlyKeys(100L);
    }

    /** NC-DATA-5: one under the quarter, and the quarter. */
    @Test
    void ackIsSentAtOnceWhenAQuarterOfThePeersSendBufferIsReceived() {
        host.take(LATENCY, peer.data(0, 249));
        assertThat(host.sent(CONTROL)).isEmpty();
        host.take(LATENCY, peer.data(249, 1));
        assertThat(host.answer()).isEqualTo(
                new PacketHeader(6, 0, peer.hostPort(), peer.peerPort(), 0, peer.id(), 0, 250));
        host.take(LATENCY, peer.data(250, 249));
        assertThat(host.sent(CONTROL)).isEmpty();
        host.take(LATENCY, peer.data(499, 1));
        assertThat(host.answer().ack()).isEqualTo(500);
    }

    /** NC-DATA-5: in sequence only. */
    @Test
    void bytesOutOfOrderAreNotAcknowledged() {
        host.take(LATENCY, peer.data(1, 900));
        host.advance(ACK_DELAY);
        assertThat(host.sent(CONTROL)).isEmpty();
        host.take(LATENCY, peer.data(0, 1));
        assertThat(host.answer().ack()).isEqualTo(901);
    }

    /** NC-DATA-5: the nanosecond before, and the one. */
    @Test
    void ackIsSentAfterTheAcknowledgementDelayIfAnythingIsUnsent() {
        host.advance(5);
        host.take(LATENCY, peer.data(0, 1));
        host.advance(ACK_DELAY - 1);
        host.take(LATENCY, peer.data(1, 1));
        assertThat(host.sent(CONTROL)).isEmpty();
        host.advance(1);
        assertThat(host.answer().ack()).isEqualTo(2);
        host.advance(10 * ACK_DELAY);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-DATA-5: the value rides on DATA, which makes ACK unnecessary. */
    @Test
    void valueThatRodeOnAPacketIsSent() {
        host.take(LATENCY, peer.data(0, 7));
        host.send(peer, 1);
        assertThat(host.sent(LATENCY)).extracting(PacketHeader::ack).containsExactly(7L);
        host.advance(ACK_DELAY);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-DATA-5: the delay starts anew for what came after the value was sent. */
    @Test
    void delayRunsFromTheFirstUnsentByte() {
        host.take(LATENCY, peer.data(0, 7));
        host.advance(ACK_DELAY / 2);
        host.send(peer, 1);
        host.take(LATENCY, peer.data(7, 1));
        host.advance(ACK_DELAY - 1);
        assertThat(host.sent(CONTROL)).isEmpty();
        host.advance(1);
        assertThat(host.answer().ack()).isEqualTo(8);
    }

    /** NC-DATA-5: the largest legal value and one over it, as an unsigned number. */
    @ParameterizedTest
    @ValueSource(longs = {101, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void ackOverSndNxtIsAProtocolError(long ack) {
        host.send(peer, 100);
        host.take(CONTROL, peer.ack(100));
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        host.take(CONTROL, peer.ack(ack));
        host.sentReset(Reason.PROTOCOL_ERROR);
        assertThat(host.status(peer)).isEqualTo(reset(Reason.PROTOCOL_ERROR));
    }

    /** NC-DATA-5: bytes that were taken and not handed to a channel cannot be acknowledged. */
    @Test
    void ackOfBytesThatWereNeverHandedOverIsAProtocolError() {
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        host.send(peer, 100);
        host.sent(CONTROL);
        host.take(CONTROL, peer.ack(1));
        host.sentReset(Reason.PROTOCOL_ERROR);
    }

    /** NC-DATA-5. */
    @Test
    void ackUnderSndUnaIsOldAndIgnored() {
        host.send(peer, 100);
        host.take(CONTROL, peer.ack(60));
        host.take(CONTROL, peer.ack(59));
        host.take(CONTROL, peer.ack(60));
        assertThat(host.connection(peer).sending().sndUna()).isEqualTo(60);
    }

    /** NC-DATA-5: any packet of the connection acknowledges. */
    @Test
    void ackValueRidesOnEveryPacket() {
        host.send(peer, 100);
        host.take(LATENCY, peer.packet(PacketType.DATA, 0, 0, 30, 5));
        assertThat(host.connection(peer).sending().sndUna()).isEqualTo(30);
        host.take(CONTROL, peer.packet(PacketType.STOP, 1, 0, 40, 0));
        assertThat(host.connection(peer).sending().sndUna()).isEqualTo(40);
    }

    /** NC-DATA-5: a lie on DATA costs the connection, and its bytes with it. */
    @Test
    void dataWithAWrongAckIsNotDelivered() {
        host.take(LATENCY, peer.packet(PacketType.DATA, 0, 0, 1, 5));
        host.sentReset(Reason.PROTOCOL_ERROR);
        assertThat(host.failed(new Input.Receive(peer.socket(), 9)).error()).isEqualTo(ErrorCode.RESET);
    }

    /** NC-DATA-5, R47. */
    @Test
    void whenADataChannelFailsEveryConnectionThatUsedItSendsAck() {
        Peer other = host.client();
        Peer unused = host.client(ChannelClass.THROUGHPUT);
        host.send(peer, 1);
        host.send(other, 1);
        host.take(CONTROL, peer.ack(1));
        host.take(LATENCY, peer.data(0, 9));
        host.ok(new Input.ChannelDown(LATENCY));
        PacketHeader ack = host.answer();
        assertThat(ack.type()).contains(PacketType.ACK);
        assertThat(List.of(ack.connection(), ack.ack())).isEqualTo(List.of(peer.id(), 9L));
        host.ok(new Input.ChannelDown(THROUGHPUT));
        host.ok(new Input.ChannelDown(LATENCY_2));
        assertThat(host.answer().connection()).isEqualTo(other.id());
        assertThat(host.status(unused).state()).isEqualTo(State.ESTABLISHED);
    }

    /** NC-DATA-6: the last legal byte, and the first over it. */
    @Test
    void dataReachingOverTheAnnouncedSendBufferResetsWithBufferExceeded() {
        host.take(LATENCY, peer.data(0, 10));
        host.take(LATENCY, peer.data(1_000, 10));
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        host.sent(CONTROL);
        host.take(LATENCY, peer.data(1_001, 10));
        host.sentReset(Reason.BUFFER_EXCEEDED);
        assertThat(host.status(peer)).isEqualTo(reset(Reason.BUFFER_EXCEEDED));
    }

    /** NC-DATA-6: offsets are unsigned, and their sum with a length does not overflow. */
    @ParameterizedTest
    @ValueSource(longs = {1_000, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void hostileOffsetResetsWithBufferExceeded(long offset) {
        host.take(LATENCY, peer.packet(PacketType.DATA, 0, offset, 0, 1));
        host.sentReset(Reason.BUFFER_EXCEEDED);
    }

    /** NC-DATA-6: before the announcement is known the largest legal send buffer counts. */
    @Test
    void unknownAnnouncementLeavesRoomForTheLargestSendBuffer() {
        Peer asked = host.connecting(ChannelClass.LATENCY);
        host.take(LATENCY, asked.data((1 << 30) - 1, 1));
        assertThat(host.status(asked).state()).isEqualTo(State.ESTABLISHED);
        host.take(LATENCY, asked.data(1 << 30, 1));
        host.sentReset(Reason.BUFFER_EXCEEDED);
    }

    /** NC-FIN-4. */
    @Test
    void sendAfterShutdownIsNotConnectedAndAfterAResetReset() {
        host.ok(new Input.Shutdown(peer.socket()));
        assertThat(host.failed(new Input.Send(peer.socket(), Bytes.EMPTY)).error()).isEqualTo(ErrorCode.NOT_CONNECTED);
        host.take(CONTROL, peer.rst(Reason.ABORTED));
        assertThat(host.failed(new Input.Send(peer.socket(), Bytes.EMPTY)).error()).isEqualTo(ErrorCode.RESET);
    }

    @Test
    void callsOnASocketThatIsNoneAnswerNoSuchSocket() {
        for (Input<?> input : List.of(new Input.Send(99, Bytes.EMPTY), new Input.Receive(99, 1),
                new Input.Shutdown(99), new Input.Close(99), new Input.Abort(99), new Input.Status(99))) {
            assertThat(host.failed(input).error()).isEqualTo(ErrorCode.NO_SUCH_SOCKET);
        }
    }
}
