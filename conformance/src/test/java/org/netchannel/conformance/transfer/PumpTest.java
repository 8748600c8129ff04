package org.netchannel.conformance.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;

/** Two pumps in one thread, with real sockets between them; time is the machine's and counted on top by the tests. */
class PumpTest {
    private static final long GIVE_UP_NANOS = 20_000_000_000L;
    private static final Application NOTHING = endpoint -> false;

    private final ScriptedEndpoint dialing = new ScriptedEndpoint();
    private final ScriptedEndpoint accepting = new ScriptedEndpoint();
    private long leapNs;
    private SocketAddress address;
    private Pump dialer;
    private Pump acceptor;

    @BeforeEach
    void open() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0));
        address = server.getLocalAddress();
        acceptor = Pump.accepting(accepting, server, this::clockNs);
        dialer = Pump.dialing(dialing, address, new LinkPlan(1, 2), this::clockNs);
    }

    @AfterEach
    void close() throws IOException {
        dialer.close();
        acceptor.close();
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private long clockNs() {
        return System.nanoTime() + leapNs;
    }

    private void turnUntil(BooleanSupplier done) throws IOException {
        long startNs = System.nanoTime();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime() - startNs).as("waited for too long").isLessThan(GIVE_UP_NANOS);
            dialer.turn(NOTHING);
            acceptor.turn(NOTHING);
        }
    }

    private void bringUp() throws IOException {
        turnUntil(() -> accepting.delivered.size() == 4 && dialing.delivered.size() == 4);
    }

    private int channelOf(ChannelClass channelClass) {
        return accepting.up.entrySet().stream()
                .filter(entry -> entry.getValue() == channelClass)
                .mapToInt(java.util.Map.Entry::getKey)
                .min()
                .orElseThrow();
    }

    @Test
    void bothHostsSeeTheSameChannelsAndHelloComesFirst() throws IOException {
        bringUp();
        assertThat(accepting.up).isEqualTo(dialing.up).containsOnlyKeys(1, 3, 5, 7);
        assertThat(accepting.up.values()).containsExactlyInAnyOrder(
                ChannelClass.CONTROL, ChannelClass.LATENCY, ChannelClass.THROUGHPUT, ChannelClass.THROUGHPUT);
        accepting.up.forEach((channel, channelClass) -> {
            Bytes hello = ScriptedEndpoint.hello(channel, channelClass.code());
            assertThat(accepting.deliveredOn(channel)).containsExactly(hello);
            assertThat(dialing.deliveredOn(channel)).containsExactly(hello);
        });
    }

    @Test
    void packetsOfEverySizeArriveInOrderBothWays() throws IOException {
        bringUp();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Bytes> there = packets(random);
        List<Bytes> back = packets(random);
        there.forEach(packet -> dialing.transmit(5, packet));
        back.forEach(packet -> accepting.transmit(5, packet));
        turnUntil(() -> accepting.deliveredOn(5).size() > there.size() && dialing.deliveredOn(5).size() > back.size());
        assertThat(accepting.deliveredOn(5).subList(1, there.size() + 1)).as("seed %d", seed).isEqualTo(there);
        assertThat(dialing.deliveredOn(5).subList(1, back.size() + 1)).as("seed %d", seed).isEqualTo(back);
    }

    private static List<Bytes> packets(Random random) {
        List<Bytes> packets = new ArrayList<>(List.of(
                ScriptedEndpoint.data(0, 0), ScriptedEndpoint.data(1, 1), ScriptedEndpoint.data(65_496, 2)));
        for (int i = 0; i < 200; i++) {
            packets.add(ScriptedEndpoint.data(random.nextInt(65_497), i));
        }
        return packets;
    }

    @Test
    void aPacketThatIsNotAcceptedIsOfferedAgainAndHoldsUpItsOwnChannelOnly() throws IOException {
        bringUp();
        accepting.refusals.put(5, Integer.MAX_VALUE);
        List<Bytes> packets = packets(new Random(1));
        packets.forEach(packet -> dialing.transmit(5, packet));
        packets.forEach(packet -> dialing.transmit(7, packet));
        turnUntil(() -> accepting.deliveredOn(7).size() == packets.size() + 1);
        assertThat(accepting.deliveredOn(5)).hasSize(1);
        assertThat(accepting.refusals.get(5)).isLessThan(Integer.MAX_VALUE - 1);
        accepting.refusals.put(5, 1);
        turnUntil(() -> accepting.deliveredOn(5).size() == packets.size() + 1);
        assertThat(accepting.deliveredOn(5).subList(1, packets.size() + 1)).isEqualTo(packets);
    }

    @Test
    void whatIsNotReadSlowsThePeerDown() throws IOException {
        bringUp();
        accepting.refusals.put(5, Integer.MAX_VALUE);
        for (int i = 0; i < 1_000; i++) {
            dialing.transmit(5, ScriptedEndpoint.data(65_496, i));
        }
        long untilNs = clockNs() + 300_000_000;
        turnUntil(() -> clockNs() > untilNs);
        assertThat(dialing.toSend.get(5)).as("packets that the endpoint still has").hasSizeGreaterThan(500);
        accepting.refusals.put(5, 0);
        turnUntil(() -> accepting.deliveredOn(5).size() == 1_001);
    }

    @Test
    void garbageIsHandedOverOnceAndTheChannelIsDialedAnew() throws IOException {
        bringUp();
        Bytes garbage = Bytes.of(new byte[100]);
        int control = channelOf(ChannelClass.CONTROL);
        dialing.transmit(control, garbage);
        turnUntil(() -> dialing.up.size() == 4 && dialing.up.containsKey(9) && accepting.up.containsKey(9));
        assertThat(accepting.deliveredOn(control)).hasSize(2).last().isEqualTo(garbage.slice(0, 40));
        assertThat(dialing.down).containsExactly(control);
        assertThat(accepting.down).as("failed by the endpoint itself").isEmpty();
        assertThat(accepting.up).containsEntry(9, ChannelClass.CONTROL).isEqualTo(dialing.up);
    }

    @Test
    void aChannelThatIsCutGoesDownOnBothSidesAndIsDialedAnewWithAnotherNumber() throws IOException {
        bringUp();
        dialer.killDataChannelAfter(100_000);
        for (int i = 0; i < 10; i++) {
            dialing.transmit(5, ScriptedEndpoint.data(30_000, i));
        }
        turnUntil(() -> accepting.up.containsKey(9) && dialing.up.containsKey(9));
        assertThat(dialer.killed()).hasValue(5);
        assertThat(dialing.down).containsExactly(5);
        assertThat(accepting.down).containsExactly(5);
        assertThat(accepting.deliveredOn(5)).hasSizeLessThan(11);
        assertThat(accepting.up).isEqualTo(dialing.up);
    }

    @Test
    void aControlChannelIsNeverCutOnPurpose() throws IOException {
        bringUp();
        dialer.killDataChannelAfter(0);
        dialing.transmit(channelOf(ChannelClass.CONTROL), ScriptedEndpoint.data(100, 0));
        dialing.transmit(5, ScriptedEndpoint.data(0, 0));
        turnUntil(() -> accepting.deliveredOn(channelOf(ChannelClass.CONTROL)).size() == 2
                && accepting.deliveredOn(5).size() == 2);
        assertThat(dialer.killed()).as("nothing was in flight on a data channel").isEmpty();
    }

    @Test
    void aStrangerWhoSaysNoHelloIsShownOutAndTheEndpointHearsNothing() throws IOException {
        bringUp();
        for (Bytes first : List.of(
                Bytes.of(new byte[64]),
                ScriptedEndpoint.data(24, 0),
                ScriptedEndpoint.hello(2, 0),
                ScriptedEndpoint.hello(11, 3),
                ScriptedEndpoint.hello(0xFFFF_FFFFL, 0),
                ScriptedEndpoint.hello(5, 2))) {
            try (Socket stranger = new Socket()) {
                stranger.connect(address);
                stranger.getOutputStream().write(first.array());
                turnUntilClosed(stranger);
            }
        }
        assertThat(accepting.up).hasSize(4);
        assertThat(accepting.down).isEmpty();
    }

    @Test
    void aStrangerWhoSaysTooLittleIsShownOutInTheEndAndNotBefore() throws IOException {
        bringUp();
        try (Socket stranger = new Socket()) {
            stranger.connect(address);
            stranger.getOutputStream().write(ScriptedEndpoint.hello(11, 0).array(), 0, 63);
            turnFor(50_000_000);
            leapNs += Greeter.PATIENCE_NANOS - 1_000_000_000L;
            turnFor(50_000_000);
            stranger.setSoTimeout(1);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> stranger.getInputStream().read())
                    .isInstanceOf(java.net.SocketTimeoutException.class);
            leapNs += 2_000_000_000L;
            turnUntilClosed(stranger);
        }
        assertThat(accepting.up).hasSize(4);
    }

    private void turnFor(long nanos) throws IOException {
        long untilNs = System.nanoTime() + nanos;
        turnUntil(() -> System.nanoTime() > untilNs);
    }

    private void turnUntilClosed(Socket stranger) throws IOException {
        stranger.setSoTimeout(1);
        turnUntil(() -> {
            try {
                return stranger.getInputStream().read() < 0;
            } catch (java.net.SocketTimeoutException e) { // still open
                return false;
            } catch (IOException e) { // reset: closed with bytes unread
                return true;
            }
        });
    }

    @Test
    void aStrangersPacketsAfterAGoodHelloReachTheEndpointAsTheyAre() throws IOException {
        bringUp();
        try (Socket stranger = new Socket()) {
            stranger.connect(address);
            stranger.getOutputStream().write(ScriptedEndpoint.hello(11, 2).array());
            stranger.getOutputStream().write(new byte[39]);
            turnUntil(() -> accepting.deliveredOn(11).size() == 1);
            stranger.getOutputStream().write(new byte[1]);
            turnUntil(() -> accepting.deliveredOn(11).size() == 2);
            assertThat(accepting.deliveredOn(11)).last().isEqualTo(Bytes.of(new byte[40]));
            turnUntilClosed(stranger);
        }
    }

    @Test
    void theDialerTriesAgainWhileNobodyListens() throws IOException {
        dialer.close();
        acceptor.close();
        dialer = Pump.dialing(dialing, address, new LinkPlan(0, 1), this::clockNs);
        for (int i = 0; i < 5; i++) {
            dialer.turn(NOTHING);
        }
        assertThat(dialing.up).isEmpty();
        acceptor = Pump.accepting(accepting, ServerSocketChannel.open().bind(address), this::clockNs);
        turnUntil(() -> accepting.delivered.size() == 2);
        assertThat(accepting.up).containsOnlyKeys(1, 3);
    }

    @Test
    void timePassesInTheEndpointAsItPassesOutside() throws IOException {
        long startNs = clockNs();
        bringUp();
        leapNs += 1_000_000_000L;
        turnFor(20_000_000);
        assertThat(dialing.nanos).isBetween(1_000_000_000L, clockNs() - startNs + 1_000_000_000L);
    }
}
