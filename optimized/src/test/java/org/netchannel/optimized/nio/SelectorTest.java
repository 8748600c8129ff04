package org.netchannel.optimized.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.optimized.MemoryLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** Selectors keep the contract of the JDK. */
@Timeout(60)
class SelectorTest {
    private final TwoProviders stacks = new TwoProviders(Config.DEFAULTS);
    private ServerSocketChannel server;
    private Selector selector;

    @BeforeEach
    void open() throws IOException {
        server = stacks.listen(80);
        selector = stacks.left.openSelector();
    }

    @AfterEach
    void close() throws Exception {
        selector.close();
        stacks.close();
    }

    private SelectionKey register(SocketChannel channel, int operations) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations);
    }

    @Test
    void aConnectionIsSelectedFromConnectToTheLastByte() throws IOException {
        SocketChannel channel = stacks.left.openSocketChannel();
        SelectionKey key = register(channel, SelectionKey.OP_CONNECT | SelectionKey.OP_READ);
        assertThat(selector.selectNow()).isZero();
        channel.connect(server.getLocalAddress());
        assertThat(selector.select()).isEqualTo(1);
        assertThat(selector.selectedKeys()).containsExactly(key);
        assertThat(key.readyOps()).isEqualTo(SelectionKey.OP_CONNECT);
        assertThat(selector.select(1)).as("nothing new about it").isZero();
        assertThat(channel.finishConnect()).isTrue();
        selector.selectedKeys().clear();
        assertThat(selector.selectNow()).as("it is connected, not about to be").isZero();

        SocketChannel accepted = server.accept();
        accepted.write(TwoProviders.bytes("x"));
        assertThat(selector.select()).isEqualTo(1);
        assertThat(key.readyOps()).isEqualTo(SelectionKey.OP_READ);
        key.interestOpsOr(SelectionKey.OP_WRITE);
        assertThat(selector.select()).as("something new about a selected key").isEqualTo(1);
        assertThat(key.readyOps()).isEqualTo(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        key.interestOps(SelectionKey.OP_READ);
        selector.selectedKeys().remove(key);
        channel.read(ByteBuffer.allocate(10));
        assertThat(selector.selectNow()).isZero();

        accepted.close();
        assertThat(selector.select(it -> assertThat(it.isReadable()).isTrue())).isEqualTo(1);
        assertThat(channel.read(ByteBuffer.allocate(10))).isEqualTo(-1);
    }

    @Test
    void aServerIsSelectedWhileConnectionsWait() throws IOException {
        Selector right = stacks.right.openSelector();
        server.configureBlocking(false);
        SelectionKey key = server.register(right, SelectionKey.OP_ACCEPT, "attached");
        stacks.left.openSocketChannel().connect(server.getLocalAddress());
        assertThat(right.select()).isEqualTo(1);
        assertThat(key.isAcceptable()).isTrue();
        assertThat(key.attachment()).isEqualTo("attached");
        assertThat(server.accept()).isNotNull();
        right.selectedKeys().clear();
        assertThat(right.selectNow()).isZero();
        right.close();
    }

    @Test
    void aServerMayBeBoundAfterItWasRegistered() throws IOException {
        Selector right = stacks.right.openSelector();
        ServerSocketChannel late = stacks.right.openServerSocketChannel();
        late.configureBlocking(false);
        late.register(right, SelectionKey.OP_ACCEPT);
        late.bind(TwoProviders.port(81));
        stacks.left.openSocketChannel().connect(late.getLocalAddress());
        assertThat(right.select()).isEqualTo(1);
    }

    @Test
    void cancelledKeysAreGoneAfterTheNextSelection() throws IOException {
        SocketChannel channel = stacks.connect(server)[0];
        SelectionKey key = register(channel, SelectionKey.OP_WRITE);
        assertThat(selector.select()).isEqualTo(1);
        key.cancel();
        assertThat(key.isValid()).isFalse();
        assertThat(selector.keys()).containsExactly(key);
        assertThatThrownBy(key::interestOps).isInstanceOf(CancelledKeyException.class);
        assertThatThrownBy(() -> channel.register(selector, 0)).isInstanceOf(CancelledKeyException.class);
        long began = System.nanoTime();
        assertThat(selector.select(2)).isZero();
        assertThat(System.nanoTime() - began).as("a cancelled key ends no selection").isGreaterThanOrEqualTo(2_000_000);
        assertThat(selector.keys()).isEmpty();
        assertThat(selector.selectedKeys()).isEmpty();
        assertThat(channel.isRegistered()).isFalse();
        channel.configureBlocking(true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_WRITE);
        assertThat(selector.select()).isEqualTo(1);

        channel.close();
        selector.selectNow();
        assertThat(selector.keys()).isEmpty();
    }

    @Test
    void mistakesAreRefused() throws IOException {
        SocketChannel channel = stacks.connect(server)[0];
        assertThatThrownBy(() -> channel.register(selector, 0)).isInstanceOf(IllegalBlockingModeException.class);
        SelectionKey key = register(channel, 0);
        assertThatThrownBy(() -> channel.configureBlocking(true)).isInstanceOf(IllegalBlockingModeException.class);
        assertThatThrownBy(() -> key.interestOps(SelectionKey.OP_ACCEPT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> selector.selectedKeys().add(key)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> selector.keys().remove(key)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> selector.select(-1)).isInstanceOf(IllegalArgumentException.class);
        try (Selector kernel = Selector.open(); SocketChannel foreign = SocketChannel.open()) {
            foreign.configureBlocking(false);
            assertThatThrownBy(() -> foreign.register(selector, 0)).isInstanceOf(IllegalSelectorException.class);
            assertThatThrownBy(() -> channel.register(kernel, 0)).isInstanceOf(IllegalSelectorException.class);
        }
        server.configureBlocking(false);
        assertThatThrownBy(() -> server.register(selector, 0)).isInstanceOf(IllegalSelectorException.class);
    }

    private Thread thread;

    private FutureTask<Integer> blocked(Callable<Integer> call) {
        FutureTask<Integer> task = new FutureTask<>(call);
        thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        TwoProviders.awaitBlocked(thread);
        return task;
    }

    @Test
    void aSelectionThatWaitsEndsWithAWakeupAnInterruptOrAClose() throws Exception {
        FutureTask<Integer> woken = blocked(selector::select);
        selector.wakeup();
        assertThat(woken.get()).isZero();

        selector.wakeup();
        assertThat(selector.select()).as("a wakeup that came before").isZero();

        FutureTask<Integer> interrupted = blocked(() -> {
            int count = selector.select();
            return Thread.currentThread().isInterrupted() ? count : -1;
        });
        thread.interrupt();
        assertThat(interrupted.get()).isZero();

        FutureTask<Integer> closed = blocked(selector::select);
        selector.close();
        assertThatThrownBy(closed::get).hasCauseInstanceOf(ClosedSelectorException.class);
        assertThatThrownBy(selector::selectNow).isInstanceOf(ClosedSelectorException.class);
        assertThatThrownBy(selector::keys).isInstanceOf(ClosedSelectorException.class);
    }

    /** Registering does not wait for a selection, and counts for it. */
    @Test
    void aChannelMayBeRegisteredDuringASelection() throws Exception {
        SocketChannel channel = stacks.connect(server)[0];
        FutureTask<Integer> selecting = blocked(selector::select);
        SelectionKey key = register(channel, SelectionKey.OP_WRITE);
        assertThat(selecting.get()).isEqualTo(1);
        selector.close();
        assertThat(key.isValid()).isFalse();
        assertThat(channel.isRegistered()).isFalse();
        assertThat(channel.isOpen()).isTrue();
        assertThatThrownBy(() -> channel.register(selector, 0)).isInstanceOf(ClosedSelectorException.class);
    }

    /** NetStack.Mode.INVOKER: selecting does the stack's work, and there is no other thread. */
    @Test
    void oneThreadSelectsAndDoesTheWork() throws IOException {
        try (NetStack a = invoked(); NetStack b = invoked()) {
            MemoryLink.connect(a, b, 1, 0);
            VirtualSelectorProvider asking = new VirtualSelectorProvider(a, ChannelClass.LATENCY);
            ServerSocketChannel listening = new VirtualSelectorProvider(b, ChannelClass.LATENCY)
                    .openServerSocketChannel().bind(TwoProviders.port(80));
            listening.configureBlocking(false);
            SocketChannel channel = asking.openSocketChannel();
            channel.configureBlocking(false);
            try (Selector one = asking.openSelector()) {
                channel.register(one, SelectionKey.OP_CONNECT);
                channel.connect(TwoProviders.port(80));
                while (one.selectNow() == 0) {
                    b.doWork();
                }
                assertThat(channel.finishConnect()).isTrue();
                assertThat(listening.accept()).isNotNull();
                assertThat(one.select(1)).isZero();
            }
        }
    }

    private static NetStack invoked() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
    }
}
