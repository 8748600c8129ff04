package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Host.CONTROL;
import static org.netchannel.reference.Host.LATENCY;
import static org.netchannel.reference.Host.LATENCY_2;
import static org.netchannel.reference.Host.PEER_LIFE;
import static org.netchannel.reference.Host.THROUGHPUT;

import org.junit.jupiter.api.Test;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Hello;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** Section 3: NC-CH-1 to NC-CH-5. */
class ChannelsTest {
    private static final Delivery TAKEN = new Delivery(true, false);
    private static final Delivery REFUSED = new Delivery(false, false);
    private static final Delivery CHANNEL_FAILED = new Delivery(true, true);

    /** NC-CH-2. */
    @Test
    void helloIsTheFirstPacketAndSaysWhoSpeaksOnWhichChannel() {
        Host host = new Host(Config.DEFAULTS.with(Setting.MAX_PAYLOAD, 1_234));
        host.up(LATENCY, ChannelClass.LATENCY);
        assertThat(host.ok(new Input.Pull(LATENCY, 9))).singleElement().satisfies(packet -> {
            assertThat(packet.header()).isEqualTo(new PacketHeader(1, 24, 0, 0, 0, 0, 0, 0));
            assertThat(HelloCodec.decode(packet.payload()))
                    .isEqualTo(new Decoded.Good<>(new Hello(77, LATENCY, 1, 1_234)));
        });
    }

    /** NC-CH-2. */
    @Test
    void anythingButHelloFirstFailsTheChannel() {
        Host host = new Host(Config.DEFAULTS);
        host.up(LATENCY, ChannelClass.LATENCY);
        host.up(LATENCY_2, ChannelClass.LATENCY);
        host.up(CONTROL, ChannelClass.CONTROL);
        Peer nobody = new Peer(0, 5, 1, 1);
        assertThat(host.deliver(LATENCY, nobody.data(0, 1))).isEqualTo(CHANNEL_FAILED);
        assertThat(host.deliver(LATENCY_2, Host.packet(99, Bytes.EMPTY, 0, 0, 0, 0, 0, 0))).isEqualTo(CHANNEL_FAILED);
        assertThat(host.deliver(CONTROL, nobody.ack(0))).isEqualTo(CHANNEL_FAILED);
        assertThat(host.dropped(Drop.UNKNOWN_CONNECTION)).isZero();
    }

    /** NC-CH-2: each thing that a HELLO can get wrong. */
    @Test
    void helloThatDoesNotFitItsChannelFailsIt() {
        Packet badLength = Host.packet(1, Bytes.of(new byte[23]), 0, 0, 0, 0, 0, 0);
        Packet[] wrong = {
            Host.hello(new Hello(1, LATENCY + 2, 1, 10)),
            Host.hello(new Hello(1, LATENCY, 2, 10)),
            Host.hello(new Hello(1, LATENCY, 3, 10)),
            Host.hello(new Hello(1, LATENCY, 1, 0)),
            badLength,
        };
        for (Packet hello : wrong) {
            Host host = new Host(Config.DEFAULTS);
            host.up(LATENCY, ChannelClass.LATENCY);
            assertThat(host.deliver(LATENCY, hello)).isEqualTo(CHANNEL_FAILED);
            assertThat(host.state.link().peer()).isEmpty();
        }
    }

    @Test
    void secondHelloFailsTheChannel() {
        Host host = Host.connected();
        assertThat(host.greet(LATENCY, ChannelClass.LATENCY, PEER_LIFE)).isEqualTo(CHANNEL_FAILED);
    }

    @Test
    void largestPayloadOverEveryPacketsIsTakenAsThat() {
        Host host = new Host(Config.DEFAULTS);
        host.up(LATENCY, ChannelClass.LATENCY);
        host.take(LATENCY, Host.hello(new Hello(1, LATENCY, 1, 0xFFFF_FFFFL)));
        assertThat(host.channel(LATENCY).largestPayload()).isEqualTo(PacketHeader.MAX_PAYLOAD);
    }

    /** NC-CH-2. */
    @Test
    void channelNumbersHaveTheDialersParityAndAreNeverReused() {
        Host host = Host.connected();
        host.badRequest(new Input.ChannelUp(0, ChannelClass.LATENCY, false), "channel is 0");
        host.badRequest(new Input.ChannelUp(-3, ChannelClass.LATENCY, true), "channel is -3");
        host.badRequest(new Input.ChannelUp(LATENCY, ChannelClass.LATENCY, true), "used before");
        host.badRequest(new Input.ChannelUp(8, ChannelClass.LATENCY, true), "parity");
        host.badRequest(new Input.ChannelUp(9, ChannelClass.LATENCY, false), "parity");
        host.ok(new Input.ChannelUp(8, ChannelClass.LATENCY, false));
        host.ok(new Input.ChannelDown(8));
        host.badRequest(new Input.ChannelUp(8, ChannelClass.LATENCY, false), "used before");
    }

    /** NC-CH-2: the host that did not dial the link has even numbers of its own. */
    @Test
    void hostThatIsDialedFirstDialsWithEvenNumbers() {
        Host host = new Host(Config.DEFAULTS);
        host.ok(new Input.ChannelUp(1, ChannelClass.CONTROL, false));
        host.ok(new Input.ChannelUp(2, ChannelClass.LATENCY, true));
        host.badRequest(new Input.ChannelUp(3, ChannelClass.LATENCY, true), "parity");
    }

    /** NC-CH-2. */
    @Test
    void dataIsPutOnAChannelOnlyAfterThePeersHello() {
        Host host = new Host(Config.DEFAULTS);
        host.open(CONTROL, ChannelClass.CONTROL);
        host.up(LATENCY, ChannelClass.LATENCY);
        Peer peer = host.client();
        host.send(peer, 10);
        assertThat(host.types(LATENCY)).containsExactly(PacketType.HELLO);
        host.greet(LATENCY, ChannelClass.LATENCY, PEER_LIFE);
        assertThat(host.types(LATENCY)).containsExactly(PacketType.DATA);
    }

    /** NC-CH-3. */
    @Test
    void controlPacketsGoOnTheControlChannelThatCameUpLastAndBothAreRead() {
        Host host = Host.connected();
        Peer peer = host.client();
        host.up(11, ChannelClass.CONTROL);
        host.up(9, ChannelClass.CONTROL);
        host.sent(11);
        host.sent(9);
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        assertThat(host.sent(CONTROL)).isEmpty();
        assertThat(host.sent(11)).isEmpty();
        assertThat(host.types(9)).containsExactly(PacketType.STOP_ACK);
        host.ok(new Input.ChannelDown(9));
        host.sent(11);
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        assertThat(host.types(11)).containsExactly(PacketType.STOP_ACK);
    }

    /** NC-CH-3. */
    @Test
    void ncsynIsTakenFromEveryControlChannelAndAnsweredOnTheNewest() {
        Host host = Host.connected();
        host.ok(new Input.Listen(80, 10));
        host.up(9, ChannelClass.CONTROL);
        host.take(CONTROL, new Peer(0, 1, 80, 1).ncsyn(ChannelClass.LATENCY));
        assertThat(host.types(9)).containsExactly(PacketType.HELLO, PacketType.NCSYN_ACK);
        host.greet(9, ChannelClass.CONTROL, PEER_LIFE);
        host.take(CONTROL, new Peer(0, 2, 80, 1).ncsyn(ChannelClass.LATENCY));
        assertThat(host.types(9)).containsExactly(PacketType.NCSYN_ACK);
        host.take(9, new Peer(0, 3, 80, 1).ncsyn(ChannelClass.LATENCY));
        assertThat(host.types(9)).containsExactly(PacketType.NCSYN_ACK);
    }

    /** NC-CH-4: from both sides of the budget. */
    @Test
    void channelIsReadUntilItsChargeReachesTheBudget() {
        Host host = Host.connected(Config.DEFAULTS
                .with(Setting.CHANNEL_BUDGET, 20).with(Setting.RECEIVE_BUFFER, 10));
        Peer peer = host.client();
        host.take(LATENCY, peer.data(0, 10));
        host.take(LATENCY, peer.data(10, 19));
        assertThat(host.channel(LATENCY).charge()).isEqualTo(19);
        host.take(LATENCY, peer.data(29, 1));
        assertThat(host.channel(LATENCY).charge()).isEqualTo(20);
        assertThat(host.deliver(LATENCY, peer.data(30, 1))).isEqualTo(REFUSED);
        assertThat(host.ok(new Input.Deliver(LATENCY, new Decoded.Malformed<>(0, "magic")))).isEqualTo(REFUSED);
        assertThat(host.deliver(LATENCY_2, peer.data(30, 1))).isEqualTo(TAKEN);
        assertThat(host.deliver(CONTROL, peer.ack(0))).isEqualTo(TAKEN);
        // All that is left to wait is the byte behind the 19, which moved although they do not fit (NC-HOL-2).
        assertThat(host.read(peer, 10)).isEqualTo(10);
        assertThat(host.channel(LATENCY).charge()).isEqualTo(1);
        assertThat(host.deliver(LATENCY, peer.data(31, 1))).isEqualTo(TAKEN);
    }

    /** NC-CH-5. */
    @Test
    void drainingChannelSendsWhatItHasThenChannelCloseAndIsNeverChosen() {
        Host host = Host.connected();
        Peer peer = host.client();
        host.send(peer, 10);
        host.ok(new Input.ChannelDrain(LATENCY));
        host.send(peer, 20);
        host.send(peer, 20);
        assertThat(host.ok(new Input.Pull(LATENCY, 1))).hasSize(1);
        assertThat(host.types(LATENCY)).containsExactly(PacketType.CHANNEL_CLOSE);
        assertThat(host.types(LATENCY_2)).containsExactly(PacketType.DATA, PacketType.DATA);
        host.ok(new Input.ChannelDrain(LATENCY));
        assertThat(host.sent(LATENCY)).isEmpty();
    }

    /** NC-CH-5: a single pull empties the queue and takes CHANNEL_CLOSE, too. */
    @Test
    void channelCloseComesInTheSamePullThatEmptiesTheQueue() {
        Host host = Host.connected();
        Peer peer = host.client();
        host.send(peer, 10);
        host.ok(new Input.ChannelDrain(LATENCY));
        assertThat(host.types(LATENCY)).containsExactly(PacketType.DATA, PacketType.CHANNEL_CLOSE);
    }

    /** NC-CH-5. */
    @Test
    void channelCloseReceivedMakesTheChannelDrainingAndNothingMayFollowIt() {
        Host host = Host.connected();
        Peer peer = host.client();
        host.take(LATENCY, peer.control(PacketType.CHANNEL_CLOSE, 0, 0));
        assertThat(host.channel(LATENCY).draining()).isTrue();
        assertThat(host.types(LATENCY)).containsExactly(PacketType.CHANNEL_CLOSE);
        host.take(LATENCY_2, peer.control(PacketType.CHANNEL_CLOSE, 0, 0));
        assertThat(host.deliver(LATENCY_2, peer.data(0, 1))).isEqualTo(CHANNEL_FAILED);
    }

    /** NC-CH-5, R40. */
    @Test
    void drainedChannelStillFailsWhileItsBytesAreNotAcknowledged() {
        Host host = Host.connected();
        Peer peer = drainedBothWays(host);
        host.take(CONTROL, peer.ack(9));
        host.ok(new Input.ChannelDown(LATENCY));
        assertThat(host.sent(LATENCY_2)).singleElement().satisfies(again -> {
            assertThat(again.offset()).isEqualTo(9);
            assertThat(again.length()).isEqualTo(1);
        });
    }

    /** NC-CH-5. */
    @Test
    void drainedChannelIsClosedOnceItsBytesAreAcknowledgedAndCannotFailAnyMore() {
        Host host = Host.connected();
        Peer peer = drainedBothWays(host);
        host.take(CONTROL, peer.ack(10));
        assertThat(host.state.channel(LATENCY)).isEmpty();
        assertThat(host.connection(peer).sending().used()).isEmpty();
        HostState before = host.state;
        host.ok(new Input.ChannelDown(LATENCY));
        host.ok(new Input.ChannelDrain(LATENCY));
        assertThat(host.state).isEqualTo(before);
        assertThat(host.sent(LATENCY)).isEmpty();
        assertThat(host.deliver(LATENCY, peer.data(0, 1))).isEqualTo(CHANNEL_FAILED);
        assertThat(host.state).isEqualTo(before);
    }

    /** NC-CH-5: one direction alone does not close a channel. */
    @Test
    void channelIsClosedOnlyWhenChannelCloseHasGoneBothWays() {
        Host host = Host.connected();
        host.take(LATENCY, Host.packet(PacketType.CHANNEL_CLOSE.code(), Bytes.EMPTY, 0, 0, 0, 0, 0, 0));
        assertThat(host.state.channel(LATENCY)).isPresent();
        host.sent(LATENCY);
        assertThat(host.state.channel(LATENCY)).isEmpty();
        host.ok(new Input.ChannelDrain(LATENCY_2));
        host.sent(LATENCY_2);
        assertThat(host.state.channel(LATENCY_2)).isPresent();
    }

    private static Peer drainedBothWays(Host host) {
        Peer peer = host.client();
        host.send(peer, 10);
        host.ok(new Input.ChannelDrain(LATENCY));
        host.sent(LATENCY);
        host.take(LATENCY, peer.control(PacketType.CHANNEL_CLOSE, 0, 0));
        assertThat(host.state.channel(LATENCY)).isPresent();
        return peer;
    }

    /** NC-CH-3. */
    @Test
    void controlChannelIsNeverDrained() {
        Host host = Host.connected();
        host.badRequest(new Input.ChannelDrain(CONTROL), "control channel");
        host.ok(new Input.ChannelDown(CONTROL));
        host.badRequest(new Input.ChannelDrain(CONTROL), "control channel");
        host.ok(new Input.ChannelDown(THROUGHPUT));
        host.ok(new Input.ChannelDrain(THROUGHPUT));
    }

    @Test
    void callsOnAChannelThatNeverWasAreBadRequests() {
        Host host = Host.connected();
        host.badRequest(new Input.ChannelDrain(99), "channel 99");
        host.badRequest(new Input.ChannelDown(99), "channel 99");
        host.badRequest(new Input.Pull(99, 1), "channel 99");
        host.badRequest(new Input.Deliver(99, new Decoded.Malformed<>(0, "x")), "channel 99");
        host.badRequest(new Input.Pull(LATENCY, 0), "max is 0");
    }

    @Test
    void pullTakesAtMostWhatIsAskedFor() {
        Host host = Host.connected();
        Peer peer = host.client();
        host.take(CONTROL, peer.control(PacketType.STOP, 1, 0));
        host.take(CONTROL, peer.control(PacketType.STOP, 2, 0));
        host.take(CONTROL, peer.control(PacketType.STOP, 3, 0));
        assertThat(host.ok(new Input.Pull(CONTROL, 2))).extracting(packet -> packet.header().tag())
                .containsExactly(1L, 2L);
        assertThat(host.ok(new Input.Pull(CONTROL, 2))).hasSize(1);
    }

    /** What is remembered of channels is bounded. */
    @Test
    void linkHasABoundedNumberOfChannelsInItsLife() {
        Host host = new Host(Config.DEFAULTS);
        Link link = host.state.link();
        host.state = host.state.with(new Link(link.channels(), link.gone(), Channels.MOST_CHANNELS - 1,
                link.dialsOdd(), link.peer(), link.lastChosen()));
        int next = 1;
        host.up(next, ChannelClass.LATENCY);
        host.badRequest(new Input.ChannelUp(next + 2, ChannelClass.LATENCY, true), "1048576");
    }
}
