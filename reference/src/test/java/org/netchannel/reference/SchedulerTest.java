package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Host.CONTROL;
import static org.netchannel.reference.Host.LATENCY;
import static org.netchannel.reference.Host.LATENCY_2;
import static org.netchannel.reference.Host.THROUGHPUT;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Hello;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;

/** Section 8: NC-SCH-1 to NC-SCH-3. */
class SchedulerTest {
    /** NC-SCH-1, R17. */
    @Test
    void latencyAndThroughputDataNeverShareAChannel() {
        Host host = Host.connected();
        Peer slow = host.client(ChannelClass.THROUGHPUT);
        Peer fast = host.client(ChannelClass.LATENCY);
        host.send(slow, 300);
        host.send(fast, 300);
        assertThat(host.sent(THROUGHPUT)).hasSize(3).extracting(PacketHeader::connection).containsOnly(slow.id());
        assertThat(host.sent(LATENCY)).hasSize(2).extracting(PacketHeader::connection).containsOnly(fast.id());
        assertThat(host.sent(LATENCY_2)).hasSize(1);
    }

    /** NC-SCH-3. */
    @Test
    void packetsGoRoundRobinOverTheChannels() {
        Host host = Host.connected();
        host.open(9, ChannelClass.LATENCY);
        Peer peer = host.client();
        host.send(peer, 500);
        assertThat(host.sent(LATENCY)).extracting(PacketHeader::offset).containsExactly(0L, 300L);
        assertThat(host.sent(LATENCY_2)).extracting(PacketHeader::offset).containsExactly(100L, 400L);
        assertThat(host.sent(9)).extracting(PacketHeader::offset).containsExactly(200L);
        host.send(peer, 1);
        assertThat(host.sent(9)).hasSize(1);
    }

    /** NC-SCH-2: the default threshold, from both sides. */
    @Test
    void channelWithTwoMebibytesQueuedIsNotChosen() {
        Host host = new Host(Config.DEFAULTS.with(Setting.SEND_BUFFER, 1 << 30));
        host.open(CONTROL, ChannelClass.CONTROL);
        host.up(LATENCY, ChannelClass.LATENCY);
        host.take(LATENCY, Host.hello(new Hello(Host.PEER_LIFE, LATENCY, 1, PacketHeader.MAX_PAYLOAD)));
        Peer peer = host.client();
        byte[] bytes = new byte[1 << 20];
        for (int i = 0; i < 3; i++) {
            host.ok(new Input.Send(peer.socket(), new Bytes(bytes, 0, (1 << 20) - (i == 0 ? 1 : 0))));
        }
        // The packet that starts at one byte under the threshold is still put.
        assertThat(host.channel(LATENCY).queuedBytes()).isGreaterThanOrEqualTo(2 << 20);
        assertThat(host.connection(peer).sending().sndNxt()).isEqualTo((2L << 20) - 1 + PacketHeader.MAX_PAYLOAD);
    }

    /** NC-SCH-2: one under the threshold, and at it. */
    @Test
    void packetWaitsWhileEveryChannelIsAtTheThreshold() {
        Host host = Host.connected(Config.DEFAULTS.with(Setting.QUEUE_THRESHOLD, 100));
        Peer peer = host.client();
        host.send(peer, 99);
        host.send(peer, 100);
        host.send(peer, 1);
        assertThat(host.channel(LATENCY).queuedBytes()).isEqualTo(100);
        assertThat(host.channel(LATENCY_2).queuedBytes()).isEqualTo(100);
        assertThat(host.send(peer, 5)).isEqualTo(5);
        assertThat(host.connection(peer).sending().sndNxt()).isEqualTo(200);
    }

    /** NC-SCH-2, R35: waiting ends when any channel falls below the threshold, in the same pull. */
    @Test
    void waitingEndsWhenAnyChannelFallsBelowTheThreshold() {
        Host host = Host.connected(Config.DEFAULTS.with(Setting.QUEUE_THRESHOLD, 100));
        Peer peer = host.client();
        host.send(peer, 500);
        assertThat(host.connection(peer).sending().sndNxt()).isEqualTo(200);
        assertThat(host.ok(new Input.Pull(LATENCY_2, 1))).hasSize(1);
        assertThat(host.connection(peer).sending().sndNxt()).isEqualTo(300);
        List<Packet> rest = host.ok(new Input.Pull(LATENCY_2, 10));
        assertThat(rest).extracting(packet -> packet.header().offset()).containsExactly(200L, 300L, 400L);
    }

    /** NC-SCH-2, R36: waiting ends when a channel is added, once its HELLO has arrived. */
    @Test
    void waitingEndsWhenAChannelIsAdded() {
        Host host = Host.connected(Config.DEFAULTS.with(Setting.QUEUE_THRESHOLD, 100));
        Peer peer = host.client();
        host.send(peer, 250);
        host.up(9, ChannelClass.LATENCY);
        assertThat(host.connection(peer).sending().sndNxt()).isEqualTo(200);
        host.greet(9, ChannelClass.LATENCY, Host.PEER_LIFE);
        assertThat(host.connection(peer).sending().sndNxt()).isEqualTo(250);
    }

    /** Connections that wait take turns, so that none keeps the others from sending. */
    @Test
    void connectionsThatWaitTakeTurns() {
        Host host = Host.connected(Config.DEFAULTS.with(Setting.QUEUE_THRESHOLD, 1));
        Peer first = host.client(ChannelClass.THROUGHPUT);
        Peer second = host.client(ChannelClass.THROUGHPUT);
        host.send(first, 300);
        host.send(second, 200);
        assertThat(host.sent(THROUGHPUT)).extracting(PacketHeader::connection)
                .containsExactly(first.id(), first.id(), second.id(), first.id(), second.id());
    }

    /** NC-DATA-2: the largest payload is that of the channel the packet goes on. */
    @Test
    void pieceIsCutForTheChannelItGoesOn() {
        Host host = Host.connected();
        host.up(9, ChannelClass.LATENCY);
        host.sent(9);
        host.take(9, Host.hello(new Hello(Host.PEER_LIFE, 9, 1, 30)));
        Peer peer = host.client();
        host.send(peer, 250);
        assertThat(host.sent(LATENCY)).extracting(PacketHeader::length).containsExactly(100, 20);
        assertThat(host.sent(LATENCY_2)).extracting(PacketHeader::length).containsExactly(100);
        assertThat(host.sent(9)).extracting(PacketHeader::length).containsExactly(30);
    }
}
