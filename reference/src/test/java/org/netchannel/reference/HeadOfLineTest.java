package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Host.ACK_DELAY;
import static org.netchannel.reference.Host.CONTROL;
import static org.netchannel.reference.Host.HOL;
import static org.netchannel.reference.Host.LATENCY;
import static org.netchannel.reference.Host.LATENCY_2;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 6: NC-HOL-1 to NC-HOL-10. The receive buffer is 100 bytes. */
class HeadOfLineTest {
    private final Host host = Host.connected(Config.DEFAULTS
            .with(Setting.RECEIVE_BUFFER, 100).with(Setting.ACK_DELAY_NANOS, 1_000_000_000));
    private final Peer peer = host.client();

    private ResponseQueue responses() {
        return host.connection(peer).responses();
    }

    private long held() {
        return host.connection(peer).receiving().held();
    }

    /** Fills the receive buffer, makes a packet of {@code waiting} bytes wait, and has STOP sent for it. */
    private void stop(int waiting) {
        host.take(LATENCY, peer.data(0, 100));
        host.take(LATENCY, peer.data(100, waiting));
        host.advance(HOL);
        PacketHeader stop = host.answer();
        assertThat(List.of(stop.type().orElseThrow(), stop.tag())).isEqualTo(List.of(PacketType.STOP, 1L));
    }

    /** NC-HOL-1, NC-HOL-2: exactly full, and one over. */
    @Test
    void packetThatFitsMovesAtOnceAndOneThatDoesNotWaitsChargedToItsChannel() {
        host.take(LATENCY, peer.data(0, 60));
        host.take(LATENCY, peer.data(60, 40));
        assertThat(held()).isEqualTo(100);
        assertThat(host.channel(LATENCY).charge()).isZero();
        host.take(LATENCY_2, peer.data(100, 1));
        assertThat(responses().waiting()).hasSize(1);
        assertThat(host.channel(LATENCY_2).charge()).isEqualTo(1);
        assertThat(host.read(peer, 1)).isEqualTo(1);
        assertThat(responses().waiting()).isEmpty();
        assertThat(host.channel(LATENCY_2).charge()).isZero();
    }

    /** NC-HOL-2: what is trimmed does not have to fit, and the whole packet is discharged. */
    @Test
    void waitingPacketIsMeasuredByWhatIsMissing() {
        host.take(LATENCY, peer.data(0, 90));
        host.take(LATENCY, peer.data(80, 21));
        assertThat(host.channel(LATENCY).charge()).isEqualTo(21);
        host.take(LATENCY_2, peer.data(90, 10));
        assertThat(host.read(peer, 1)).isEqualTo(1);
        assertThat(responses().waiting()).isEmpty();
        assertThat(host.channel(LATENCY).charge()).isZero();
        assertThat(held()).isEqualTo(100);
    }

    /** NC-HOL-2, R13: the buffer holds out-of-order bytes only, so the next packet gets in although it does not fit. */
    @Test
    void nextPacketMovesWhenNothingIsLeftToRead() {
        host.take(LATENCY, peer.data(10, 100));
        host.take(LATENCY_2, peer.data(0, 10));
        assertThat(held()).isEqualTo(110);
        assertThat(host.read(peer, 1_000)).isEqualTo(110);
    }

    /** NC-HOL-2, R46: with something to read the next packet waits like any other. */
    @Test
    void nextPacketWaitsWhileThereIsSomethingToRead() {
        host.take(LATENCY, peer.data(0, 1));
        host.take(LATENCY, peer.data(11, 99));
        host.take(LATENCY_2, peer.data(1, 10));
        assertThat(responses().waiting()).hasSize(1);
        assertThat(host.read(peer, 1)).isEqualTo(1);
        assertThat(responses().waiting()).isEmpty();
        assertThat(host.read(peer, 1_000)).isEqualTo(109);
    }

    /** NC-HOL-2: a packet that does not carry rcv_nxt has no exception, one byte off on either side. */
    @Test
    void packetThatIsNotNextNeverMovesBeforeItFits() {
        host.take(LATENCY, peer.data(1, 100));
        host.take(LATENCY_2, peer.data(102, 5));
        assertThat(responses().waiting()).hasSize(1);
        host.take(LATENCY_2, peer.data(0, 1));
        assertThat(responses().waiting()).hasSize(1);
        assertThat(host.read(peer, 1_000)).isEqualTo(101);
        assertThat(responses().waiting()).isEmpty();
    }

    /** NC-HOL-2: in order of arrival, again until nothing moves. */
    @Test
    void waitingPacketsMoveInOrderOfArrivalUntilNoneCan() {
        host.take(LATENCY, peer.data(0, 100));
        host.take(LATENCY, peer.data(160, 60));
        host.take(LATENCY, peer.data(130, 30));
        host.take(LATENCY, peer.data(100, 30));
        assertThat(host.read(peer, 70)).isEqualTo(70);
        assertThat(responses().waiting()).hasSize(2);
        assertThat(held()).isEqualTo(30 + 60);
        assertThat(host.read(peer, 30)).isEqualTo(30);
        assertThat(responses().waiting()).isEmpty();
        assertThat(host.read(peer, 1_000)).isEqualTo(120);
    }

    /** NC-HOL-2: the packet that moves last can be what the one before it waited for. */
    @Test
    void packetThatMovesLetsOneBeforeItMove() {
        host.take(LATENCY, peer.data(50, 95));
        host.take(LATENCY, peer.data(45, 100));
        host.take(LATENCY, peer.data(0, 50));
        assertThat(responses().waiting()).isEmpty();
        assertThat(host.dropped(Drop.OLD_DATA)).isZero();
        assertThat(held()).isEqualTo(145);
    }

    /** NC-DATA-4, NC-HOL-2: what was received before ends its charge also while the buffer is over full. */
    @Test
    void copyOfWhatWasReceivedLeavesTheQueueOfABufferThatIsOverFull() {
        host.take(LATENCY, peer.data(10, 100));
        host.take(LATENCY, peer.data(5, 5));
        host.take(LATENCY_2, peer.data(5, 5));
        host.take(LATENCY, peer.data(0, 5));
        assertThat(host.read(peer, 5)).isEqualTo(5);
        assertThat(held()).isEqualTo(105);
        assertThat(responses().waiting()).isEmpty();
        assertThat(host.channel(LATENCY_2).charge()).isZero();
    }

    /** NC-HOL-3, NC-HOL-4: the nanosecond before, and the one; from the first packet that waits. */
    @Test
    void stopIsSentWhenAPacketHasWaitedForTheHeadOfLineTimer() {
        host.take(LATENCY, peer.data(0, 100));
        host.advance(3);
        host.take(LATENCY, peer.data(100, 1));
        host.advance(HOL - 1);
        host.take(LATENCY, peer.data(101, 1));
        assertThat(host.sent(CONTROL)).isEmpty();
        host.advance(1);
        assertThat(host.answer()).isEqualTo(
                new PacketHeader(7, 0, peer.hostPort(), peer.peerPort(), 1, peer.id(), 0, 100));
        assertThat(responses().outstanding()).isTrue();
        host.advance(10 * HOL);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-HOL-3, R23. */
    @Test
    void timerIsCancelledWhenTheQueueEmptiesAndStartsAnew() {
        host.take(LATENCY, peer.data(0, 100));
        host.take(LATENCY, peer.data(100, 1));
        host.advance(HOL - 1);
        assertThat(host.read(peer, 1)).isEqualTo(1);
        host.advance(HOL);
        assertThat(host.sent(CONTROL)).isEmpty();
        host.take(LATENCY, peer.data(101, 1));
        host.advance(HOL - 1);
        assertThat(host.sent(CONTROL)).isEmpty();
        host.advance(1);
        assertThat(host.answer().type()).contains(PacketType.STOP);
    }

    /** NC-HOL-5. */
    @Test
    void stopHoldsBackNewBytesAndIsAnsweredWithSndNxt() {
        host.send(peer, 10);
        host.take(CONTROL, peer.control(PacketType.STOP, 3, 0));
        assertThat(host.answer()).isEqualTo(
                new PacketHeader(8, 0, peer.hostPort(), peer.peerPort(), 3, peer.id(), 10, 0));
        host.sent(LATENCY);
        assertThat(host.send(peer, 10)).isEqualTo(10);
        assertThat(host.sent(LATENCY_2)).isEmpty();
        host.take(CONTROL, peer.control(PacketType.RESUME, 3, 0));
        assertThat(host.sent(LATENCY_2)).extracting(PacketHeader::offset).containsExactly(10L);
    }

    /** NC-HOL-5: bytes below snd_nxt are sent again, stopped or not. */
    @Test
    void stoppedSenderStillSendsAgainWhatAFailedChannelHad() {
        host.send(peer, 10);
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        host.send(peer, 10);
        host.ok(new Input.ChannelDown(LATENCY));
        assertThat(host.sent(LATENCY_2)).extracting(PacketHeader::offset).containsExactly(0L);
    }

    /** NC-HOL-5, NC-HOL-8, R18 to R20: only a STOP above everything before it counts; each is answered. */
    @Test
    void onlyAStopAboveTheEpochInForceAndTheHighestResumedCounts() {
        host.take(CONTROL, peer.control(PacketType.RESUME, 2, 0));
        host.take(CONTROL, peer.control(PacketType.STOP, 2, 0));
        assertThat(host.connection(peer).sending().isStopped()).isFalse();
        host.take(CONTROL, peer.control(PacketType.STOP, 4, 0));
        host.take(CONTROL, peer.control(PacketType.STOP, 3, 0));
        assertThat(host.connection(peer).sending().stopEpoch()).isEqualTo(4);
        host.take(CONTROL, peer.control(PacketType.RESUME, 3, 0));
        assertThat(host.connection(peer).sending().isStopped()).isTrue();
        host.take(CONTROL, peer.control(PacketType.RESUME, 4, 0));
        assertThat(host.connection(peer).sending().isStopped()).isFalse();
        host.take(CONTROL, peer.control(PacketType.RESUME, 4, 0));
        host.take(CONTROL, peer.control(PacketType.RESUME, 1, 0));
        assertThat(host.connection(peer).sending().resumedEpoch()).isEqualTo(4);
        host.take(CONTROL, peer.control(PacketType.STOP, 4, 0));
        assertThat(host.connection(peer).sending().isStopped()).isFalse();
        host.take(CONTROL, peer.control(PacketType.STOP, 5, 0));
        assertThat(host.connection(peer).sending().isStopped()).isTrue();
        assertThat(host.sent(CONTROL)).extracting(PacketHeader::tag).containsExactly(2L, 4L, 3L, 4L, 5L);
        assertThat(host.dropped(Drop.STALE)).isEqualTo(2);
    }

    /** NC-HOL-6, R21. */
    @Test
    void stopAckMovesTheWholeQueueAndUntilResumeWhatWasOnItsWay() {
        stop(50);
        host.take(LATENCY, peer.data(200, 10));
        assertThat(host.channel(LATENCY).charge()).isEqualTo(60);
        host.take(CONTROL, peer.control(PacketType.STOP_ACK, 1, 300));
        assertThat(held()).isEqualTo(160);
        assertThat(host.channel(LATENCY).charge()).isZero();
        host.take(LATENCY, peer.data(299, 1));
        assertThat(held()).isEqualTo(161);
        host.take(LATENCY, peer.data(300, 1));
        assertThat(responses().waiting()).hasSize(1);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-HOL-6, R22. */
    @Test
    void stopAckOfAnyOtherEpochIsIgnored() {
        stop(50);
        host.take(CONTROL, peer.control(PacketType.STOP_ACK, 2, 300));
        host.take(CONTROL, peer.control(PacketType.STOP_ACK, 0, 300));
        assertThat(responses().waiting()).hasSize(1);
        assertThat(host.dropped(Drop.STALE)).isEqualTo(2);
    }

    /**
     * NC-HOL-6, R54: after RESUME there is no STOP to answer, and nothing moves just because it is below the offset.
     */
    @Test
    void resumeEndsThePrivilegeOfWhatWasOnItsWay() {
        stop(50);
        host.take(CONTROL, peer.control(PacketType.STOP_ACK, 1, 500));
        assertThat(host.read(peer, 100)).isEqualTo(100);
        assertThat(host.types(CONTROL)).containsExactly(PacketType.RESUME);
        host.take(LATENCY, peer.data(150, 50));
        host.take(LATENCY, peer.data(200, 1));
        assertThat(responses().waiting()).hasSize(1);
        host.take(CONTROL, peer.control(PacketType.STOP_ACK, 1, 500));
        assertThat(responses().waiting()).hasSize(1);
        assertThat(host.dropped(Drop.STALE)).isEqualTo(1);
    }

    /** NC-HOL-7: over half, and at half; the queue is empty after STOP_ACK. */
    @Test
    void resumeIsSentAtAReadThatLeavesTheBufferAtHalfOrLess() {
        stop(50);
        host.take(CONTROL, peer.control(PacketType.STOP_ACK, 1, 150));
        host.read(peer, 99);
        assertThat(held()).isEqualTo(51);
        assertThat(host.sent(CONTROL)).isEmpty();
        host.read(peer, 1);
        assertThat(host.answer()).isEqualTo(
                new PacketHeader(9, 0, peer.hostPort(), peer.peerPort(), 1, peer.id(), 0, 150));
        assertThat(responses().outstanding()).isFalse();
        host.read(peer, 1);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-HOL-7: RESUME need not wait for STOP_ACK, but the queue has to be empty. */
    @Test
    void resumeNeedsAnEmptyQueueAndNoStopAck() {
        host.take(LATENCY, peer.data(0, 50));
        host.take(LATENCY, peer.data(50, 50));
        host.take(LATENCY, peer.data(110, 90));
        host.advance(HOL);
        assertThat(host.answer().type()).contains(PacketType.STOP);
        host.read(peer, 89);
        assertThat(held()).isEqualTo(11);
        assertThat(host.sent(CONTROL)).isEmpty();
        host.read(peer, 1);
        assertThat(responses().waiting()).isEmpty();
        assertThat(host.sent(CONTROL)).isEmpty();
        host.take(LATENCY, peer.data(100, 10));
        assertThat(host.read(peer, 70)).isEqualTo(10);
        assertThat(host.read(peer, 49)).isEqualTo(49);
        assertThat(host.sent(CONTROL)).isEmpty();
        assertThat(host.read(peer, 1)).isEqualTo(1);
        assertThat(host.types(CONTROL)).containsExactly(PacketType.RESUME);
    }

    /** NC-HOL-4: the epoch grows by one with every STOP. */
    @Test
    void nextStopHasTheNextEpoch() {
        stop(1);
        host.read(peer, 101);
        assertThat(host.types(CONTROL)).containsExactly(PacketType.RESUME);
        host.take(LATENCY, peer.data(101, 100));
        host.take(LATENCY, peer.data(201, 1));
        host.advance(HOL);
        assertThat(host.answer().tag()).isEqualTo(2);
    }

    /** NC-HOL-4: no epoch follows the largest that fits its field. */
    @Test
    void stopIsNotSentAfterTheLastEpoch() {
        ResponseQueue last = new ResponseQueue(responses().waiting(), ResponseQueue.LAST_EPOCH - 1, false,
                OptionalLong.empty(), Timers.NEVER);
        host.state = host.state.with(host.connection(peer).with(last));
        host.take(LATENCY, peer.data(0, 100));
        host.take(LATENCY, peer.data(100, 1));
        host.advance(HOL);
        assertThat(host.answer().tag()).isEqualTo(0xFFFF_FFFFL);
        host.read(peer, 101);
        host.sent(CONTROL);
        host.take(LATENCY, peer.data(101, 100));
        host.take(LATENCY, peer.data(201, 1));
        host.advance(HOL);
        assertThat(host.connection(peer).responses().epoch()).isEqualTo(0xFFFF_FFFFL);
        assertThat(host.connection(peer).responses().outstanding()).isFalse();
    }

    /** NC-HOL-9: whatever offset a dishonest STOP_ACK says, no more gets in than an honest one could bring. */
    @Test
    void hostileStopAckDoesNotOpenTheReceiveBufferWithoutBound() {
        stop(50);
        host.take(CONTROL, peer.control(PacketType.STOP_ACK, 1, -1));
        host.sent(CONTROL);
        assertThat(responses().stoppedAt()).hasValue(1_100);
        Host other = Host.connected(Config.DEFAULTS.with(Setting.RECEIVE_BUFFER, 100));
        Peer exact = other.client();
        other.take(LATENCY, exact.data(0, 100));
        other.take(LATENCY, exact.data(100, 10));
        other.advance(HOL);
        other.take(CONTROL, exact.control(PacketType.STOP_ACK, 1, 1_099));
        assertThat(other.connection(exact).responses().stoppedAt()).hasValue(1_099);
    }

    /** NC-HOL-10, R14: a reader that never reads keeps nobody behind it waiting once its sender has stopped. */
    @Test
    void channelIsFreeAgainAfterOneExchangeOfStopAndStopAck() {
        Host small = Host.connected(Config.DEFAULTS
                .with(Setting.RECEIVE_BUFFER, 100).with(Setting.CHANNEL_BUDGET, 50));
        Peer idle = small.client();
        Peer reader = small.client();
        small.take(LATENCY, idle.data(0, 100));
        small.take(LATENCY, idle.data(100, 50));
        assertThat(small.deliver(LATENCY, reader.data(0, 5)).accepted()).isFalse();
        small.advance(HOL);
        assertThat(small.sent(CONTROL)).extracting(PacketHeader::typeCode).contains(PacketType.STOP.code());
        small.take(CONTROL, idle.control(PacketType.STOP_ACK, 1, 150));
        small.take(LATENCY, reader.data(0, 5));
        assertThat(small.read(reader, 10)).isEqualTo(5);
    }

    /** NC-RST-1, NC-CH-4: what waits goes with its connection, and the budget is free again. */
    @Test
    void resetEndsTheChargesOfWhatWaits() {
        host.take(LATENCY, peer.data(0, 100));
        host.take(LATENCY, peer.data(100, 7));
        host.take(LATENCY_2, peer.data(107, 8));
        host.take(CONTROL, peer.rst(Reason.ABORTED));
        assertThat(host.channel(LATENCY).charge()).isZero();
        assertThat(host.channel(LATENCY_2).charge()).isZero();
        assertThat(host.read(peer, 1_000)).isEqualTo(100);
        host.advance(HOL);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-CH-1: what was read from a channel stays although the channel fails. */
    @Test
    void waitingPacketOutlivesItsChannel() {
        host.take(LATENCY, peer.data(0, 100));
        host.take(LATENCY, peer.data(100, 7));
        host.ok(new Input.ChannelDown(LATENCY));
        assertThat(host.read(peer, 1_000)).isEqualTo(100);
        assertThat(host.read(peer, 1_000)).isEqualTo(7);
    }

    /** NC-DATA-5: bytes in the response queue do not count. */
    @Test
    void bytesThatWaitAreNotAcknowledged() {
        host.take(LATENCY, peer.data(0, 100));
        host.take(LATENCY, peer.data(100, 100));
        host.take(LATENCY, peer.data(200, 100));
        assertThat(host.connection(peer).receiving().rcvNxt()).isEqualTo(100);
        host.read(peer, 100);
        host.read(peer, 100);
        assertThat(host.answer().ack()).isEqualTo(300);
        host.advance(ACK_DELAY);
    }
}
