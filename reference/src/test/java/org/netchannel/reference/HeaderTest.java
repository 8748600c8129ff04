package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Host.CONTROL;
import static org.netchannel.reference.Host.LATENCY;
import static org.netchannel.reference.Host.THROUGHPUT;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Endpoint.Status;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 2: NC-HDR-1 to NC-HDR-5. */
class HeaderTest {
    private static final Delivery TAKEN = new Delivery(true, false);
    private static final Delivery CHANNEL_FAILED = new Delivery(true, true);

    private final Host host = Host.connected(Config.DEFAULTS.with(Setting.MAX_PAYLOAD, 50));
    private final Peer peer = host.client();

    private static Packet unknownType(int length) {
        return Host.packet(99, Bytes.of(new byte[length]), 0, 0, 0, 0, 0, 0);
    }

    /** NC-HDR-2. */
    @Test
    void bytesThatAreNoPacketFailTheChannelAndAreCounted() {
        assertThat(host.ok(new Input.Deliver(LATENCY, new Decoded.Malformed<>(0, "magic")))).isEqualTo(CHANNEL_FAILED);
        assertThat(host.dropped(Drop.MALFORMED)).isEqualTo(1);
        assertThat(host.state.channel(LATENCY)).isEmpty();
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
    }

    /** NC-HDR-2. */
    @Test
    void dataAtTheAnnouncedLargestPayloadIsTakenAndOverItFailsTheChannel() {
        assertThat(host.deliver(LATENCY, peer.data(0, 50))).isEqualTo(TAKEN);
        assertThat(host.deliver(LATENCY, peer.data(50, 51))).isEqualTo(CHANNEL_FAILED);
        assertThat(host.dropped(Drop.MALFORMED)).isEqualTo(1);
        assertThat(host.read(peer, 1_000)).isEqualTo(50);
    }

    /** NC-HDR-2, NC-HDR-5. */
    @ParameterizedTest
    @EnumSource(value = PacketType.class, mode = Mode.EXCLUDE, names = {"HELLO", "DATA", "CHANNEL_CLOSE"})
    void controlPacketIsLegalOnAControlChannelWithoutPayloadOnly(PacketType type) {
        assertThat(host.deliver(CONTROL, peer.control(type, 1, 0))).isEqualTo(TAKEN);
        assertThat(host.deliver(LATENCY, peer.control(type, 1, 0))).isEqualTo(CHANNEL_FAILED);
        assertThat(host.deliver(CONTROL, peer.packet(type, 1, 0, 0, 1))).isEqualTo(CHANNEL_FAILED);
    }

    /** NC-HDR-5: the ways for DATA and CHANNEL_CLOSE to be where they may not be. */
    @Test
    void dataAndChannelCloseFailAControlChannel() {
        assertThat(host.deliver(CONTROL, peer.data(0, 1))).isEqualTo(CHANNEL_FAILED);
        host.open(9, ChannelClass.CONTROL);
        assertThat(host.deliver(9, peer.control(PacketType.CHANNEL_CLOSE, 0, 0))).isEqualTo(CHANNEL_FAILED);
        assertThat(host.dropped(Drop.MALFORMED)).isEqualTo(2);
    }

    /** NC-HDR-2. */
    @Test
    void dataWithoutBytesAndChannelCloseWithSomeFailTheirChannel() {
        assertThat(host.deliver(LATENCY, peer.data(0, 0))).isEqualTo(CHANNEL_FAILED);
        assertThat(host.deliver(THROUGHPUT, peer.packet(PacketType.CHANNEL_CLOSE, 0, 0, 0, 1)))
                .isEqualTo(CHANNEL_FAILED);
    }

    /** NC-HDR-3. */
    @Test
    void unknownTypeWithALegalLengthIsSkippedAndCounted() {
        assertThat(host.deliver(LATENCY, unknownType(50))).isEqualTo(TAKEN);
        assertThat(host.deliver(CONTROL, unknownType(0))).isEqualTo(TAKEN);
        assertThat(host.dropped(Drop.UNKNOWN_TYPE)).isEqualTo(2);
        assertThat(host.deliver(LATENCY, unknownType(51))).isEqualTo(CHANNEL_FAILED);
        assertThat(host.dropped(Drop.UNKNOWN_TYPE)).isEqualTo(2);
    }

    /** NC-HDR-5. */
    @Test
    void helloIsExemptFromTheLargestPayload() {
        Host small = new Host(Config.DEFAULTS.with(Setting.MAX_PAYLOAD, 1));
        small.up(LATENCY, ChannelClass.LATENCY);
        assertThat(small.greet(LATENCY, ChannelClass.LATENCY, 1)).isEqualTo(TAKEN);
    }

    /** NC-HDR-5, NC-SCH-1. */
    @Test
    void dataOnAChannelOfTheOtherClassResetsTheConnectionAndNotTheChannel() {
        assertThat(host.deliver(THROUGHPUT, peer.data(0, 1))).isEqualTo(TAKEN);
        host.sentReset(Reason.PROTOCOL_ERROR);
        assertThat(host.status(peer)).isEqualTo(new Status(State.CLOSED, Optional.of(Reason.PROTOCOL_ERROR)));
    }

    /** NC-HDR-4. */
    @ParameterizedTest
    @EnumSource(value = PacketType.class, names = {"DATA", "ACK", "RST", "FIN", "STOP"})
    void packetWithAnyOtherPortPairIsDroppedAndCounted(PacketType type) {
        int channel = type == PacketType.DATA ? LATENCY : CONTROL;
        int length = type == PacketType.DATA ? 1 : 0;
        Peer wrongHost = peer.withPorts(peer.hostPort() + 1, peer.peerPort());
        Peer wrongPeer = peer.withPorts(peer.hostPort(), peer.peerPort() + 1);
        HostState before = host.state;
        assertThat(host.deliver(channel, wrongHost.packet(type, 1, 0, 0, length))).isEqualTo(TAKEN);
        assertThat(host.deliver(channel, wrongPeer.packet(type, 1, 0, 0, length))).isEqualTo(TAKEN);
        assertThat(host.state).isEqualTo(before.dropping(Drop.PORT_MISMATCH).dropping(Drop.PORT_MISMATCH));
    }

    /** NC-HDR-4 in the handshake. */
    @Test
    void ncrefuseAndNcsynWithAnotherPortPairAreDroppedAndCounted() {
        Peer asked = host.connecting(ChannelClass.LATENCY);
        host.take(CONTROL, asked.withPorts(asked.hostPort(), 81).control(PacketType.NCREFUSE, 1, 0));
        assertThat(host.status(asked).state()).isEqualTo(State.SYN_SENT);
        host.server();
        Peer again = new Peer(0, 4711, 80, 50_001);
        host.take(CONTROL, again.ncsyn(ChannelClass.LATENCY));
        assertThat(host.dropped(Drop.PORT_MISMATCH)).isEqualTo(2);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-HDR-1. */
    @Test
    void fieldsThatAreNotListedAreIgnored() {
        host.take(CONTROL, peer.packet(PacketType.ACK, 12, 34, 0, 0));
        host.take(CONTROL, Host.packet(PacketType.ACK.code(), Bytes.EMPTY, 80, peer.hostPort(), 7, peer.id(), -1, 0));
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** Connection ids are never 0; a packet that says so means nothing. */
    @ParameterizedTest
    @EnumSource(value = PacketType.class, names = {"DATA", "ACK", "NCSYN", "RST", "FIN", "NCREFUSE"})
    void packetForConnectionZeroIsDroppedUnanswered(PacketType type) {
        host.ok(new Input.Listen(80, 1));
        Peer nobody = new Peer(0, 0, 80, 50_000);
        host.take(type == PacketType.DATA ? LATENCY : CONTROL,
                nobody.packet(type, 1, 0, 0, type == PacketType.DATA ? 1 : 0));
        assertThat(host.sent(CONTROL)).isEmpty();
        assertThat(host.dropped(Drop.MEANINGLESS) + host.dropped(Drop.UNKNOWN_CONNECTION)).isEqualTo(1);
        assertThat(host.ok(new Input.Accept(80))).isEmpty();
    }

    /** A reason that nobody knows says nothing. */
    @Test
    void rstAndNcrefuseWithAReasonNotInUseAreDropped() {
        host.take(CONTROL, peer.control(PacketType.RST, 9, 0));
        host.take(CONTROL, peer.control(PacketType.RST, 0, 0));
        Peer asked = host.connecting(ChannelClass.LATENCY);
        host.take(CONTROL, asked.control(PacketType.NCREFUSE, 4, 0));
        assertThat(host.dropped(Drop.MEANINGLESS)).isEqualTo(3);
        assertThat(host.status(peer).state()).isEqualTo(State.ESTABLISHED);
        assertThat(host.status(asked).state()).isEqualTo(State.SYN_SENT);
    }
}
