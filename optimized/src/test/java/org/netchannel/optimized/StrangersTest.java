package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint.State;

/** Who connects to a listening stack and is not its peer, or behaves as if it were not (NC-CH-2). */
@Timeout(60)
class StrangersTest {
    private NetStack listening;
    private NetStack dialing;
    private InetSocketAddress address;
    private final List<Socket> strangers = new ArrayList<>();

    @BeforeEach
    void listen() throws IOException {
        listening = stack();
        listening.limit(Limits.DEFAULTS.with(Limit.STRANGERS, 8).with(Limit.DATA_CHANNELS, 10));
        dialing = stack();
        address = TcpLink.listen(listening, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 8 << 20);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket stranger : strangers) {
            stranger.close();
        }
        dialing.close();
        listening.close();
    }

    private void until(BooleanSupplier reached) {
        Until.reached(reached, () -> {
            dialing.doWork();
            listening.doWork();
        });
    }

    private long times(Limited what) {
        return listening.host().statistics.times(what);
    }

    private Socket stranger(byte... says) throws IOException {
        Socket stranger = new Socket(address.getAddress(), address.getPort());
        strangers.add(stranger);
        stranger.getOutputStream().write(says);
        return stranger;
    }

    private static byte[] hello(int number, ChannelClass channelClass) {
        OutgoingPacket packet = new OutgoingPacket();
        packet.type = Wire.HELLO;
        packet.length = Wire.HELLO_BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(Wire.HEADER_BYTES + Wire.HELLO_BYTES);
        packet.writeHeader(bytes, 0);
        bytes.position(Wire.HEADER_BYTES).putLong(1).putInt(number).putInt(channelClass.code()).putInt(1_000);
        return bytes.array();
    }

    private void thePeerGetsThrough() throws IOException {
        VirtualServerSocket server = listening.listen(80, 1);
        VirtualSocket asking = dialing.startConnecting(80, ChannelClass.LATENCY);
        until(() -> asking.state() == State.ESTABLISHED);
        VirtualSocket asked = server.tryAccept().orElseThrow();
        ByteBuffer sent = ByteBuffer.allocate(1 << 20);
        ByteBuffer received = ByteBuffer.allocate(1 << 20);
        while (received.hasRemaining()) {
            asking.trySend(sent);
            dialing.doWork();
            listening.doWork();
            asked.tryReceive(received);
        }
        asking.close();
        asked.close();
    }

    /** From both sides of the bound: the one that has waited longest makes way, and an honest peer comes in. */
    @Test
    void strangersThatSayHelloSlowlyKeepNobodyOut() throws IOException {
        Socket first = stranger((byte) 0x4E);
        for (int i = 1; i < 8; i++) {
            stranger((byte) 0x4E);
        }
        // Long enough that all of them have been looked at.
        until(() -> dialing.host().now > 50_000_000);
        assertThat(times(Limited.STRANGER_REPLACED)).isZero();
        stranger((byte) 0x4E);
        until(() -> times(Limited.STRANGER_REPLACED) == 1);
        assertThat(first.getInputStream().read()).isEqualTo(-1);
        TcpLink.dial(dialing, address, 2, 0);
        thePeerGetsThrough();
        assertThat(times(Limited.STRANGER_REPLACED)).isEqualTo(1 + 3);
        assertThat(times(Limited.STRANGER_SHOWN_OUT)).isZero();
    }

    /** Byte by byte, and never done. */
    @Test
    void aStrangerThatIsTooSlowIsShownOut() throws IOException {
        listening.limit(Limits.DEFAULTS.with(Limit.HELLO_PATIENCE, 30_000_000));
        byte[] hello = hello(1, ChannelClass.CONTROL);
        Socket slow = stranger();
        for (int i = 0; times(Limited.STRANGER_SHOWN_OUT) == 0; i = Math.min(i + 1, hello.length - 2)) {
            if (i < hello.length - 2) {
                slow.getOutputStream().write(hello[i]);
            }
            listening.doWork();
        }
        assertThat(listening.host().link.count()).isZero();
    }

    /** Channels of a peer that opens one after the other, and keeps them, or not. */
    @Test
    void channelsWithoutEndAreTakenUpToABound() throws IOException {
        TcpLink.dial(dialing, address, 2, 0);
        until(() -> dialing.activeChannels(ChannelClass.LATENCY).length == 2);
        for (int i = 0; i < 50; i++) {
            stranger(hello(1_001 + 2 * i, ChannelClass.THROUGHPUT));
            long before = i;
            until(() -> listening.host().statistics.failedChannels() + times(Limited.DATA_CHANNEL_NOT_TAKEN) > before);
            assertThat(listening.host().link.count()).isLessThanOrEqualTo(11);
        }
        thePeerGetsThrough();
    }

    /** NC-FAIL-3: HELLO of an earlier life fails its channel; as many as fit are there until it has come. */
    @Test
    void channelsThatStayAreTakenUpToABound() throws IOException {
        TcpLink.dial(dialing, address, 2, 0);
        until(() -> dialing.activeChannels(ChannelClass.LATENCY).length == 2);
        byte[] hello = hello(0, ChannelClass.THROUGHPUT);
        for (int i = 0; i < 12; i++) {
            ByteBuffer.wrap(hello).putLong(Wire.HEADER_BYTES, dialing.host().incarnation)
                    .putInt(Wire.HEADER_BYTES + Wire.HELLO_CHANNEL_AT, 1_001 + 2 * i);
            stranger(hello);
            int there = Math.min(10, 2 + i + 1);
            int refused = Math.max(0, i + 1 - 8);
            until(() -> listening.host().link.dataChannels() == there
                    && times(Limited.DATA_CHANNEL_NOT_TAKEN) == refused);
        }
        assertThat(times(Limited.STRANGER_SHOWN_OUT)).isEqualTo(4);
        thePeerGetsThrough();
    }

    @Test
    void limitsAreHeldFromBothSides() {
        for (Limit limit : Limit.values()) {
            long most = switch (limit) {
                case HELLO_PATIENCE -> 600_000_000_000L;
                case MEMORY_PATIENCE -> 3_600_000_000_000L;
                case BACKLOG -> 1 << 20;
                case DATA_CHANNELS, STRANGERS -> 1 << 16;
                case CONTROL_CHANNELS -> 1 << 10;
                case QUEUED_CONTROL, REMEMBERED -> 1 << 24;
            };
            assertThat(Limits.DEFAULTS.with(limit, most).get(limit)).isEqualTo(most);
            assertThat(Limits.DEFAULTS.get(limit)).isEqualTo(limit.defaultValue());
            assertThatThrownBy(() -> Limits.DEFAULTS.with(limit, most + 1)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(limit + " is " + (most + 1) + ", legal is ");
            assertThatThrownBy(() -> Limits.DEFAULTS.with(limit, 0)).hasMessageStartingWith(limit + " is 0, legal is ");
        }
    }
}
