package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Endpoint.Status;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Hello;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Failed;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** One host under test. Its peer is the test, which makes every packet by hand. */
final class Host {
    static final int CONTROL = 1;
    static final int LATENCY = 3;
    static final int LATENCY_2 = 5;
    static final int THROUGHPUT = 7;
    static final long PEER_LIFE = 1_000;
    static final int PEER_PAYLOAD = 100;
    static final long PEER_BUFFER = 1_000;
    static final long HOL = Setting.HOL_TIMER_NANOS.defaultValue();
    static final long ACK_DELAY = Setting.ACK_DELAY_NANOS.defaultValue();
    static final long TIMEOUT = Setting.CONNECT_TIMEOUT_NANOS.defaultValue();

    HostState state;

    Host(Config config) {
        state = HostState.opened(config, 5, OptionalLong.of(77));
    }

    /** A host with a control channel, two LATENCY channels and a THROUGHPUT channel, HELLO both ways. */
    static Host connected(Config config) {
        Host host = new Host(config);
        host.open(CONTROL, ChannelClass.CONTROL);
        host.open(LATENCY, ChannelClass.LATENCY);
        host.open(LATENCY_2, ChannelClass.LATENCY);
        host.open(THROUGHPUT, ChannelClass.THROUGHPUT);
        return host;
    }

    static Host connected() {
        return connected(Config.DEFAULTS);
    }

    /** A channel comes up, dialed by this host, and HELLO has gone both ways. */
    void open(int channel, ChannelClass channelClass) {
        up(channel, channelClass);
        assertThat(ok(new Input.Pull(channel, 1))).singleElement()
                .satisfies(packet -> assertThat(packet.header().type()).contains(PacketType.HELLO));
        greet(channel, channelClass, PEER_LIFE);
    }

    void up(int channel, ChannelClass channelClass) {
        ok(new Input.ChannelUp(channel, channelClass, true));
    }

    Delivery greet(int channel, ChannelClass channelClass, long life) {
        return deliver(channel, hello(new Hello(life, channel, channelClass.code(), PEER_PAYLOAD)));
    }

    static Packet hello(Hello hello) {
        return packet(PacketType.HELLO.code(), HelloCodec.encode(hello), 0, 0, 0, 0, 0, 0);
    }

    static Packet packet(int type, Bytes payload, int source, int destination, long tag, long id, long offset,
            long ack) {
        return new Packet(
                new PacketHeader(type, payload.length(), source, destination, tag, id, offset, ack), payload);
    }

    <T> Outcome<T> call(Input<T> input) {
        Step<T> step = NetChannel.step(state, input);
        if (step.answer() instanceof Failed<T> failed && failed.error() == ErrorCode.BAD_REQUEST) {
            assertThat(step.host()).as("BAD_REQUEST changes nothing").isEqualTo(state);
            assertThat(failed.message()).isNotBlank().doesNotContain("\n");
        }
        state = step.host();
        Invariants.check(state);
        return step.answer();
    }

    <T> T ok(Input<T> input) {
        Outcome<T> outcome = call(input);
        assertThat(outcome).isInstanceOf(Ok.class);
        return ((Ok<T>) outcome).value();
    }

    Failed<?> failed(Input<?> input) {
        Outcome<?> outcome = call(input);
        assertThat(outcome).isInstanceOf(Failed.class);
        return (Failed<?>) outcome;
    }

    void badRequest(Input<?> input, String part) {
        Failed<?> failed = failed(input);
        assertThat(failed.error()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(failed.message()).contains(part);
    }

    Delivery deliver(int channel, Packet packet) {
        return ok(new Input.Deliver(channel, new Decoded.Good<>(packet)));
    }

    /** Delivers a packet that is taken and does its channel no harm. */
    void take(int channel, Packet packet) {
        assertThat(deliver(channel, packet)).isEqualTo(new Delivery(true, false));
    }

    /** Everything that stands in a channel's transmit queue. */
    List<PacketHeader> sent(int channel) {
        return ok(new Input.Pull(channel, 1_000_000)).stream().map(Packet::header).toList();
    }

    List<PacketType> types(int channel) {
        return sent(channel).stream().map(header -> header.type().orElseThrow()).toList();
    }

    /** The one packet that stands in the control channel's transmit queue. */
    PacketHeader answer() {
        List<PacketHeader> sent = sent(CONTROL);
        assertThat(sent).hasSize(1);
        return sent.getFirst();
    }

    void sentReset(Reason reason) {
        PacketHeader reset = answer();
        assertThat(reset.type()).contains(PacketType.RST);
        assertThat(reset.tag()).isEqualTo(reason.tag());
    }

    void advance(long nanos) {
        ok(new Input.Advance(nanos));
    }

    Status status(Peer peer) {
        return ok(new Input.Status(peer.socket()));
    }

    int send(Peer peer, int length) {
        return ok(new Input.Send(peer.socket(), Bytes.of(new byte[length])));
    }

    /** Reads, and says how many bytes came. */
    int read(Peer peer, int max) {
        return ok(new Input.Receive(peer.socket(), max)).pieces().stream().mapToInt(Bytes::length).sum();
    }

    long dropped(Drop cause) {
        return state.dropped().getOrDefault(cause, 0L);
    }

    Channel channel(int number) {
        return state.channel(number).orElseThrow();
    }

    Connection connection(Peer peer) {
        return state.connections().get(peer.id());
    }

    /** A connection that this host has asked for and nobody has answered. */
    Peer connecting(ChannelClass trafficClass) {
        Connected connected = ok(new Input.Connect(80, trafficClass));
        PacketHeader ncsyn = sent(CONTROL).getLast();
        assertThat(ncsyn.type()).contains(PacketType.NCSYN);
        return new Peer(connected.socket(), connected.connection(), ncsyn.sourcePort(), 80);
    }

    /** A connection that this host has asked for and the peer has accepted. */
    Peer client(ChannelClass trafficClass) {
        Peer peer = connecting(trafficClass);
        take(CONTROL, peer.control(PacketType.NCSYN_ACK, 0, PEER_BUFFER));
        return peer;
    }

    Peer client() {
        return client(ChannelClass.LATENCY);
    }

    /** A connection that the peer has asked for and this host's application has accepted. */
    Peer server() {
        ok(new Input.Listen(80, 10));
        Peer child = child(4711);
        Connected connected = ok(new Input.Accept(80)).orElseThrow();
        return new Peer(connected.socket(), child.id(), child.hostPort(), child.peerPort());
    }

    /** A child that waits to be accepted. */
    Peer child(long id) {
        Peer peer = new Peer(0, id, 80, 50_000);
        take(CONTROL, peer.ncsyn(ChannelClass.LATENCY));
        assertThat(answer().type()).contains(PacketType.NCSYN_ACK);
        return peer;
    }
}
