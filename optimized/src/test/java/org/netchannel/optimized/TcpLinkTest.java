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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** Two stacks with threads of their own over TCP connections of the kernel's. */
@Timeout(120)
class TcpLinkTest {
    private final ExecutorService applications = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private NetStack left;
    private NetStack right;
    private InetSocketAddress address;

    @BeforeEach
    void open() throws IOException {
        left = stack();
        right = stack();
        address = TcpLink.listen(right, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        TcpLink.dial(left, address, 1, 3);
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS.with(Setting.SEND_BUFFER, 500_000), NetStack.Mode.DEDICATED,
                SchedulingPolicies.ROUND_ROBIN, 64 << 20);
    }

    @AfterEach
    void close() throws InterruptedException {
        left.close();
        right.close();
        applications.shutdownNow();
        assertThat(applications.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private void start(Callable<?> task) {
        running.add(applications.submit(task));
    }

    private void finish() throws Exception {
        for (Future<?> future : running) {
            future.get();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 4_096, 300_000})
    void bytesArriveInOrderBothWays(int most) throws Exception {
        VirtualServerSocket server = right.listen(80, 10);
        VirtualSocket a = left.connect(80, ChannelClass.THROUGHPUT);
        VirtualSocket b = server.accept();
        start(() -> Streams.sendAll(a, 1, most));
        start(() -> Streams.sendAll(b, 2, most));
        start(() -> Streams.receiveAll(a, 2, 70_000));
        start(() -> Streams.receiveAll(b, 1, 5_000));
        finish();
    }

    /** NC-FAIL-1, NC-FAIL-2, NC-FAIL-4, NC-CH-5: whatever becomes of single channels, no byte does. */
    @Test
    void bytesArriveInOrderWhileChannelsFailAndDrain() throws Exception {
        VirtualServerSocket server = right.listen(80, 10);
        for (int i = 0; i < 3; i++) {
            int salt = i;
            VirtualSocket a = left.connect(80, i == 0 ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT);
            VirtualSocket b = server.accept();
            start(() -> Streams.sendAll(a, salt, 50_000));
            start(() -> Streams.sendAll(b, ~salt, 50_000));
            start(() -> Streams.receiveAll(a, ~salt, 50_000));
            start(() -> Streams.receiveAll(b, salt, 50_000));
        }
        int lost = 0;
        while (running.stream().anyMatch(it -> !it.isDone())) {
            lost += loseOne(lost % 2 == 0 ? left : right, lost) ? 1 : 0;
        }
        finish();
        assertThat(lost).isGreaterThan(3);
    }

    /** One channel after the other fails or drains, each as soon as there are as many as there are to be. */
    private static boolean loseOne(NetStack stack, int number) {
        stack.turn().enter();
        try {
            Channel[] all = stack.host().link.all();
            Channel one = all.length == 0 ? null : all[number % all.length];
            if (all.length < 5 || !one.isActive()) {
                return false;
            }
            if (number % 3 == 0 && !one.isControl()) {
                stack.host().channels.drain(one);
            } else {
                stack.host().failure.fail(one);
            }
            return true;
        } finally {
            stack.turn().leave();
        }
    }

    /** NC-CH-2, NC-HDR-2: who says anything but HELLO is shown out, and nobody else notices. */
    @Test
    void strangersAreShownOut() throws Exception {
        for (byte[] said : new byte[][] {new byte[64], "GET / HTTP/1.1\r\n\r\n".repeat(9).getBytes()}) {
            try (Socket stranger = new Socket(address.getAddress(), address.getPort())) {
                stranger.getOutputStream().write(said);
                assertThat(endOf(stranger)).isTrue();
            }
        }
        VirtualServerSocket server = right.listen(80, 10);
        VirtualSocket a = left.connect(80, ChannelClass.LATENCY);
        a.send(ByteBuffer.wrap(new byte[] {42}));
        ByteBuffer got = ByteBuffer.allocate(1);
        assertThat(server.accept().receive(got)).isEqualTo(1);
        assertThat(got.get(0)).isEqualTo((byte) 42);
    }

    /** A reset is an end, too: the stranger had said more than was read. */
    private static boolean endOf(Socket stranger) {
        try {
            return stranger.getInputStream().read() < 0;
        } catch (IOException e) {
            return e.getMessage().contains("reset");
        }
    }

    @Test
    void numbersOfChannelsAreHeldFromBothSides() {
        assertThatThrownBy(() -> TcpLink.dial(left, address, -1, 0)).hasMessage("latency is -1, legal is 0 to 64");
        assertThatThrownBy(() -> TcpLink.dial(left, address, 0, 65)).hasMessage("throughput is 65, legal is 0 to 64");
    }

    @Test
    void anAddressThatIsNotResolvedIsRefusedAtOnce() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("peer", 7_000);
        assertThatThrownBy(() -> TcpLink.dial(left, unresolved, 1, 1))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("resolved");
        assertThatThrownBy(() -> TcpLink.listen(left, unresolved))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("resolved");
    }
}
