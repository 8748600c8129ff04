package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Host.CONTROL;
import static org.netchannel.reference.Host.HOL;
import static org.netchannel.reference.Host.LATENCY;
import static org.netchannel.reference.Host.LATENCY_2;
import static org.netchannel.reference.Host.PEER_LIFE;
import static org.netchannel.reference.Host.THROUGHPUT;
import static org.netchannel.reference.Host.TIMEOUT;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Endpoint.Status;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 9: NC-FAIL-1 to NC-FAIL-5. */
class FailureTest {
    private static final int NEW_CONTROL = 9;

    private final Host host = Host.connected();

    private static Status reset(Reason reason) {
        return new Status(State.CLOSED, Optional.of(reason));
    }

    private void openControl() {
        host.open(NEW_CONTROL, ChannelClass.CONTROL);
    }

    /** NC-FAIL-1, R33. */
    @Test
    void whatAFailedChannelHadAndIsNotAcknowledgedIsSentAgainOnOthers() {
        Peer peer = host.client();
        host.send(peer, 300);
        host.sent(LATENCY);
        host.take(CONTROL, peer.ack(50));
        host.ok(new Input.ChannelDown(LATENCY));
        assertThat(host.sent(LATENCY_2)).extracting(PacketHeader::offset).containsExactly(100L, 50L, 200L);
        assertThat(host.connection(peer).sending().sndNxt()).isEqualTo(300);
    }

    /** NC-FAIL-1: what was acknowledged, or went elsewhere, is not sent again. */
    @Test
    void nothingElseIsSentAgain() {
        Peer peer = host.client();
        host.send(peer, 200);
        host.take(CONTROL, peer.ack(100));
        host.ok(new Input.ChannelDown(LATENCY));
        assertThat(host.sent(LATENCY_2)).extracting(PacketHeader::offset).containsExactly(100L);
    }

    /** NC-FAIL-1: an acknowledgement that comes before the bytes are sent again makes that unnecessary. */
    @Test
    void acknowledgementEndsTheWaitOfBytesToBeSentAgain() {
        Peer peer = host.client();
        host.send(peer, 300);
        host.ok(new Input.ChannelDown(LATENCY_2));
        host.ok(new Input.ChannelDown(LATENCY));
        host.take(CONTROL, peer.ack(250));
        assertThat(host.connection(peer).sending().resend()).containsOnlyKeys(250L);
        host.take(CONTROL, peer.ack(300));
        assertThat(host.connection(peer).sending().resend()).isEmpty();
        host.advance(TIMEOUT);
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
    }

    /** NC-FAIL-1: the nanosecond before, and the one. */
    @Test
    void connectionWithWaitingBytesAndNoActiveChannelIsResetAfterAConnectTimeout() {
        Peer peer = host.client(ChannelClass.THROUGHPUT);
        Peer idle = host.client(ChannelClass.THROUGHPUT);
        host.ok(new Input.ChannelDown(THROUGHPUT));
        host.advance(7);
        host.send(peer, 1);
        host.advance(TIMEOUT - 1);
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        host.sent(CONTROL);
        host.advance(1);
        host.sentReset(Reason.CHANNEL_LOST);
        assertThat(host.status(peer)).isEqualTo(reset(Reason.CHANNEL_LOST));
        assertThat(host.status(idle).state()).isEqualTo(State.ESTABLISHED);
    }

    /** NC-FAIL-1: bytes held back by a STOP wait, too; a draining channel is no active one. */
    @Test
    void stoppedBytesWaitForAChannelToo() {
        Peer peer = host.client(ChannelClass.THROUGHPUT);
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        host.send(peer, 1);
        host.ok(new Input.ChannelDrain(THROUGHPUT));
        host.advance(TIMEOUT);
        assertThat(host.status(peer)).isEqualTo(reset(Reason.CHANNEL_LOST));
    }

    /** NC-FAIL-1: a channel counts once its HELLO has arrived, and then the time starts anew. */
    @Test
    void newChannelEndsTheWait() {
        Peer peer = host.client(ChannelClass.THROUGHPUT);
        host.ok(new Input.ChannelDown(THROUGHPUT));
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        host.send(peer, 1);
        host.advance(TIMEOUT - 1);
        host.up(NEW_CONTROL, ChannelClass.THROUGHPUT);
        assertThat(host.connection(peer).sending().lostDeadline()).isEqualTo(TIMEOUT);
        host.greet(NEW_CONTROL, ChannelClass.THROUGHPUT, PEER_LIFE);
        host.advance(1);
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        host.ok(new Input.ChannelDown(NEW_CONTROL));
        host.advance(TIMEOUT - 1);
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        host.advance(1);
        assertThat(host.status(peer)).isEqualTo(reset(Reason.CHANNEL_LOST));
    }

    /** NC-FAIL-1: before HELLO a channel is not there. */
    @Test
    void channelWithoutHelloDoesNotEndTheWait() {
        Peer peer = host.client(ChannelClass.THROUGHPUT);
        host.ok(new Input.ChannelDown(THROUGHPUT));
        host.up(NEW_CONTROL, ChannelClass.THROUGHPUT);
        host.send(peer, 1);
        host.advance(TIMEOUT);
        assertThat(host.status(peer)).isEqualTo(reset(Reason.CHANNEL_LOST));
    }

    /** NC-FAIL-2, R5, R48: NCSYN in SYN_SENT, ACK on the connecting and NCSYN_ACK on the accepting side. */
    @Test
    void newControlChannelRepeatsWhatEachConnectionNeeds() {
        Peer asking = host.connecting(ChannelClass.THROUGHPUT);
        Peer client = host.client();
        Peer server = host.server();
        host.take(LATENCY, client.data(0, 5));
        host.take(LATENCY, server.data(0, 6));
        host.ok(new Input.ChannelDown(CONTROL));
        openControl();
        assertThat(host.sent(NEW_CONTROL)).containsExactlyInAnyOrder(
                new PacketHeader(2, 0, asking.hostPort(), 80, 2, asking.id(), 1 << 20, 0),
                new PacketHeader(6, 0, client.hostPort(), 80, 0, client.id(), 0, 5),
                new PacketHeader(3, 0, 80, 50_000, 0, server.id(), 1 << 20, 6));
    }

    /** NC-FAIL-2: also while the older control channel lives, R49; on nothing but a control channel. */
    @Test
    void repetitionGoesOnTheNewControlChannelThoughTheOldOneLives() {
        host.client();
        host.up(11, ChannelClass.LATENCY);
        assertThat(host.types(11)).containsExactly(PacketType.HELLO);
        openControl();
        assertThat(host.types(NEW_CONTROL)).containsExactly(PacketType.ACK);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-FAIL-2, R55: what was lost with the newest is repeated on the one that is left; on nothing when none is. */
    @Test
    void repetitionGoesOnTheOlderControlChannelWhenTheNewestFails() {
        Peer client = host.client();
        openControl();
        host.sent(NEW_CONTROL);
        host.ok(new Input.ChannelDown(NEW_CONTROL));
        assertThat(host.sent(CONTROL)).containsExactly(
                new PacketHeader(6, 0, client.hostPort(), 80, 0, client.id(), 0, 0));
        host.open(11, ChannelClass.CONTROL);
        host.sent(11);
        host.ok(new Input.ChannelDown(CONTROL));
        assertThat(host.sent(11)).isEmpty();
    }

    /** NC-FAIL-2, R24. */
    @Test
    void outstandingStopOrLatestResumeIsRepeated() {
        Host small = Host.connected(Config.DEFAULTS.with(Setting.RECEIVE_BUFFER, 10));
        Peer peer = small.client();
        small.take(LATENCY, peer.data(0, 10));
        small.take(LATENCY, peer.data(10, 1));
        small.advance(HOL);
        small.open(NEW_CONTROL, ChannelClass.CONTROL);
        assertThat(small.sent(NEW_CONTROL)).filteredOn(packet -> packet.typeCode() == 7)
                .containsExactly(new PacketHeader(7, 0, peer.hostPort(), 80, 1, peer.id(), 0, 10));
        small.read(peer, 10);
        small.read(peer, 10);
        small.open(11, ChannelClass.CONTROL);
        assertThat(small.sent(11)).filteredOn(packet -> packet.typeCode() == 9)
                .containsExactly(new PacketHeader(9, 0, peer.hostPort(), 80, 1, peer.id(), 0, 11));
    }

    /** NC-FAIL-2, R30: FIN until it is acknowledged. */
    @Test
    void finIsRepeatedUntilItIsAcknowledged() {
        Peer peer = host.client();
        host.send(peer, 3);
        host.ok(new Input.Shutdown(peer.socket()));
        openControl();
        assertThat(host.sent(NEW_CONTROL)).last()
                .isEqualTo(new PacketHeader(10, 0, peer.hostPort(), 80, 0, peer.id(), 3, 0));
        host.take(CONTROL, peer.ack(4));
        host.open(11, ChannelClass.CONTROL);
        assertThat(host.types(11)).containsExactly(PacketType.ACK);
    }

    /** NC-FAIL-2: FIN that is not due is not repeated. */
    @Test
    void finThatWaitsForItsBytesIsNotSentByANewControlChannel() {
        Peer peer = host.client();
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        host.send(peer, 3);
        host.ok(new Input.Shutdown(peer.socket()));
        openControl();
        assertThat(host.types(NEW_CONTROL)).containsExactly(PacketType.ACK);
    }

    /** NC-FAIL-2, R42, R45: from both sides of the connect timeout; a repetition is no new RST. */
    @Test
    void everyRstSentLessThanAConnectTimeoutAgoIsRepeated() {
        Peer peer = host.client();
        host.ok(new Input.Abort(peer.socket()));
        host.advance(5);
        host.take(LATENCY, peer.data(0, 1));
        host.advance(TIMEOUT - 6);
        openControl();
        assertThat(host.sent(NEW_CONTROL)).extracting(PacketHeader::tag)
                .containsExactly((long) Reason.ABORTED.tag(), (long) Reason.UNKNOWN_CONNECTION.tag());
        host.advance(1);
        host.open(11, ChannelClass.CONTROL);
        assertThat(host.sent(11)).extracting(PacketHeader::tag)
                .containsExactly((long) Reason.UNKNOWN_CONNECTION.tag());
        host.advance(5);
        host.open(13, ChannelClass.CONTROL);
        assertThat(host.sent(13)).isEmpty();
    }

    /** NC-FAIL-2: what was due without a control channel is covered by the repetition. */
    @Test
    void controlPacketsDueWithoutAControlChannelAreCoveredByTheRepetition() {
        Peer peer = host.client();
        Peer aborted = host.client();
        host.ok(new Input.ChannelDown(CONTROL));
        host.take(LATENCY, peer.data(0, 400));
        host.ok(new Input.Shutdown(peer.socket()));
        host.ok(new Input.Abort(aborted.socket()));
        host.advance(HOL);
        openControl();
        assertThat(host.sent(NEW_CONTROL)).extracting(PacketHeader::typeCode).containsExactly(6, 10, 11);
    }

    /** NC-FAIL-3, R34. */
    @Test
    void helloOfALaterLifeResetsTheConnectionsOfTheEarlierOneAndFailsItsChannels() {
        Peer peer = host.client();
        Peer asking = host.connecting(ChannelClass.LATENCY);
        Peer child = host.server();
        host.take(LATENCY, peer.data(0, 5));
        host.up(NEW_CONTROL, ChannelClass.CONTROL);
        host.up(11, ChannelClass.LATENCY);
        host.sent(NEW_CONTROL);
        assertThat(host.greet(NEW_CONTROL, ChannelClass.CONTROL, PEER_LIFE + 1)).isEqualTo(new Delivery(true, false));
        assertThat(host.status(peer)).isEqualTo(reset(Reason.HOST_RESTARTED));
        assertThat(host.status(child)).isEqualTo(reset(Reason.HOST_RESTARTED));
        assertThat(host.status(asking).state()).isEqualTo(State.SYN_SENT);
        assertThat(host.read(peer, 10)).isEqualTo(5);
        assertThat(host.sent(NEW_CONTROL)).hasSize(2).extracting(PacketHeader::tag)
                .containsOnly((long) Reason.HOST_RESTARTED.tag());
        assertThat(host.state.link().channels()).containsOnlyKeys(NEW_CONTROL, 11);
        assertThat(host.deliver(LATENCY, peer.data(5, 1))).isEqualTo(new Delivery(true, true));
    }

    /** NC-FAIL-3, R50: a HELLO of an earlier life fails its channel, and nothing else. */
    @Test
    void helloOfAnEarlierLifeFailsItsChannel() {
        Peer peer = host.client();
        host.up(11, ChannelClass.LATENCY);
        assertThat(host.greet(11, ChannelClass.LATENCY, PEER_LIFE - 1)).isEqualTo(new Delivery(true, true));
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        assertThat(host.state.link().peer()).hasValue(PEER_LIFE);
    }

    /** NC-FAIL-3: incarnations are unsigned. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1})
    void incarnationsAreUnsigned(long life) {
        Peer peer = host.client();
        host.up(11, ChannelClass.LATENCY);
        host.greet(11, ChannelClass.LATENCY, life);
        assertThat(host.status(peer)).isEqualTo(reset(Reason.HOST_RESTARTED));
    }

    /** NC-FAIL-4, NC-FAIL-5: packets of the old channel may come after those of its successor. */
    @Test
    void copiesFromTheOldChannelAreDroppedAfterThoseOfTheNewOne() {
        Peer peer = host.client();
        host.take(LATENCY_2, peer.data(0, 10));
        host.take(LATENCY, peer.data(0, 4));
        host.take(LATENCY, peer.data(4, 7));
        assertThat(host.read(peer, 100)).isEqualTo(11);
    }

    /** NC-FAIL-2, R41: STOP of the old control channel after the RESUME that was repeated on the new one. */
    @Test
    void stopFromTheOldControlChannelAfterItsResumeIsOld() {
        Peer peer = host.client();
        openControl();
        host.sent(NEW_CONTROL);
        host.take(NEW_CONTROL, peer.control(PacketType.RESUME, 1, 0));
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        assertThat(host.send(peer, 1)).isEqualTo(1);
        assertThat(host.sent(LATENCY)).hasSize(1);
        assertThat(host.types(NEW_CONTROL)).containsExactly(PacketType.STOP_ACK);
    }

    @Test
    void channelThatFailedTwiceFailsOnce() {
        Peer peer = host.client();
        host.send(peer, 10);
        host.ok(new Input.ChannelDown(LATENCY));
        HostState before = host.state;
        host.ok(new Input.ChannelDown(LATENCY));
        assertThat(host.state).isEqualTo(before);
        assertThat(host.sent(LATENCY)).isEmpty();
    }
}
