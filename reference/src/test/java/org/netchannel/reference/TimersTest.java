package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.netchannel.reference.Host.ACK_DELAY;
import static org.netchannel.reference.Host.CONTROL;
import static org.netchannel.reference.Host.LATENCY;
import static org.netchannel.reference.Host.TIMEOUT;

import org.junit.jupiter.api.Test;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.PacketHeader;

/** Time passes in advance only, and timers fire in the order of their deadlines, each at its own. */
class TimersTest {
    @Test
    void timersFireInTheOrderOfTheirDeadlines() {
        Host host = Host.connected(Config.DEFAULTS
                .with(Setting.RECEIVE_BUFFER, 10).with(Setting.HOL_TIMER_NANOS, 300)
                .with(Setting.ACK_DELAY_NANOS, 200).with(Setting.CONNECT_TIMEOUT_NANOS, 400));
        Peer asking = host.connecting(ChannelClass.LATENCY);
        Peer peer = host.client();
        Peer stranger = peer.withId(3);
        host.take(LATENCY, peer.data(0, 10));
        host.take(LATENCY, peer.data(10, 1));
        host.advance(50);
        host.take(LATENCY, stranger.data(0, 1));
        host.take(LATENCY, stranger.data(0, 1));
        assertThat(host.sent(CONTROL)).extracting(PacketHeader::typeCode).containsExactly(11);
        host.advance(1_000);
        assertThat(host.sent(CONTROL)).extracting(PacketHeader::typeCode, PacketHeader::connection).containsExactly(
                tuple(6, peer.id()),
                tuple(11, 3L),
                tuple(7, peer.id()),
                tuple(11, asking.id()));
        assertThat(host.state.now()).isEqualTo(1_050);
    }

    /** Equal deadlines: a connection's STOP comes before its ACK, which it makes unnecessary, and answers come last. */
    @Test
    void equalDeadlinesFireInAFixedOrder() {
        Host host = Host.connected(Config.DEFAULTS.with(Setting.RECEIVE_BUFFER, 10));
        Peer peer = host.client();
        Peer other = host.client();
        Peer stranger = peer.withId(3);
        host.take(LATENCY, stranger.data(0, 1));
        host.take(LATENCY, stranger.data(0, 1));
        host.take(LATENCY, other.data(0, 1));
        host.take(LATENCY, peer.data(0, 10));
        host.take(LATENCY, peer.data(10, 1));
        host.sent(CONTROL);
        host.advance(ACK_DELAY);
        assertThat(host.sent(CONTROL)).extracting(PacketHeader::typeCode, PacketHeader::connection)
                .containsExactlyInAnyOrder(tuple(7, peer.id()), tuple(6, other.id()), tuple(11, 3L))
                .last().isEqualTo(tuple(11, 3L));
    }

    /** A timer fires at its deadline, not at the end of the advance: what it starts counts from there. */
    @Test
    void timerFiresAtItsDeadlineWithinALongAdvance() {
        Host host = Host.connected();
        Peer stranger = new Peer(0, 3, 1, 1);
        host.take(LATENCY, stranger.data(0, 1));
        host.take(LATENCY, stranger.data(0, 1));
        host.advance(ACK_DELAY + ACK_DELAY / 2);
        assertThat(host.sent(CONTROL)).hasSize(2);
        host.take(LATENCY, stranger.data(0, 1));
        assertThat(host.sent(CONTROL)).isEmpty();
        host.advance(ACK_DELAY / 2);
        assertThat(host.sent(CONTROL)).hasSize(1);
    }

    @Test
    void advanceByNothingFiresWhatIsDueAndBackwardsIsABadRequest() {
        Host host = Host.connected();
        host.advance(0);
        host.badRequest(new Input.Advance(-1), "nanos is -1");
        host.advance(Timers.END_OF_TIME - 5);
        host.badRequest(new Input.Advance(6), "legal is 0 to 5");
        host.advance(5);
        assertThat(host.state.now()).isEqualTo(Timers.END_OF_TIME);
        Peer asking = host.connecting(ChannelClass.LATENCY);
        assertThat(host.connection(asking).connectDeadline()).isEqualTo(Timers.END_OF_TIME + TIMEOUT);
    }
}
