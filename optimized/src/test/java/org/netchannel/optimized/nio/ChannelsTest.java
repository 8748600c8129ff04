package org.netchannel.optimized.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.optimized.VirtualSocketException;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** Socket channels and server socket channels keep the contract of the JDK. */
@Timeout(60)
class ChannelsTest {
    private final TwoProviders stacks = new TwoProviders(
            Config.DEFAULTS.with(Setting.SEND_BUFFER, 10_000).with(Setting.RECEIVE_BUFFER, 20_000));
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        server = stacks.listen(80);
    }

    @AfterEach
    void close() throws InterruptedException {
        stacks.close();
    }

    private static InetSocketAddress port(int port) {
        return TwoProviders.port(port);
    }

    private static ByteBuffer bytes(String text) {
        return TwoProviders.bytes(text);
    }

    /** A call in a thread of its own, which waits by now. */
    private static final class Blocked {
        private final Thread thread;
        private final FutureTask<Object> task;

        private Blocked(Callable<?> call) {
            task = new FutureTask<>(call::call);
            thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
            TwoProviders.awaitBlocked(thread);
        }

        private Throwable failure() throws InterruptedException {
            try {
                throw new AssertionError("did not fail, but answered " + task.get());
            } catch (ExecutionException e) {
                return e.getCause();
            }
        }
    }

    @Test
    void bytesGoBothWaysAndEachDirectionEndsByItself() throws Exception {
        SocketChannel[] ends = stacks.connect(server);
        ByteBuffer large = ByteBuffer.allocate(100_000);
        Future<Integer> writing = stacks.threads.submit(() -> ends[0].write(large));
        ByteBuffer target = ByteBuffer.allocate(100_000);
        while (target.hasRemaining()) {
            assertThat(ends[1].read(target)).isPositive();
        }
        assertThat(writing.get()).isEqualTo(100_000);

        ends[0].shutdownOutput();
        assertThat(ends[1].read(target.clear())).isEqualTo(-1);
        assertThatThrownBy(() -> ends[0].write(bytes("x"))).isInstanceOf(ClosedChannelException.class);
        ends[1].write(new ByteBuffer[] {bytes("half "), bytes("open")});
        ByteBuffer[] targets = {ByteBuffer.allocate(4), ByteBuffer.allocate(100)};
        assertThat(ends[0].read(targets)).isEqualTo(9);
        assertThat(TwoProviders.text(targets[1].flip())).isEqualTo(" open");
        ends[1].close();
        assertThat(ends[0].read(target.clear())).isEqualTo(-1);
        assertThat(ends[0].read(ByteBuffer.allocate(0))).isZero();
    }

    @Test
    void withoutBlockingWhatCanNotBeDoneAnswersNothing() throws IOException {
        server.configureBlocking(false);
        assertThat(server.accept()).isNull();
        SocketChannel asking = stacks.left.openSocketChannel();
        asking.configureBlocking(false);
        assertThat(asking.connect(port(80))).isFalse();
        assertThat(asking.isConnectionPending()).isTrue();
        SocketChannel accepted = server.accept();
        while (accepted == null) {
            accepted = server.accept();
        }
        while (!asking.finishConnect()) {
            Thread.onSpinWait();
        }
        assertThat(asking.isConnected()).isTrue();
        assertThat(asking.isConnectionPending()).isFalse();
        assertThat(asking.read(ByteBuffer.allocate(1))).isZero();
        ByteBuffer large = ByteBuffer.allocate(1_000_000);
        while (asking.write(large) > 0) {
            Thread.onSpinWait();
        }
        // What the sender may have unacknowledged, and what the receiver holds, queues up and answers STOP with.
        assertThat(large.position()).isBetween(10_000, 60_000);
    }

    @Test
    void stagesThatDoNotFitAreRefused() throws IOException {
        SocketChannel channel = stacks.left.openSocketChannel();
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(NotYetConnectedException.class);
        assertThatThrownBy(() -> channel.write(bytes("x"))).isInstanceOf(NotYetConnectedException.class);
        assertThatThrownBy(channel::shutdownInput).isInstanceOf(NotYetConnectedException.class);
        assertThatThrownBy(channel::finishConnect).isInstanceOf(NoConnectionPendingException.class);
        assertThatThrownBy(() -> channel.connect(InetSocketAddress.createUnresolved("nowhere", 80)))
                .isInstanceOf(UnresolvedAddressException.class);
        assertThatThrownBy(() -> channel.connect(UnixDomainSocketAddress.of(Path.of("x"))))
                .isInstanceOf(java.nio.channels.UnsupportedAddressTypeException.class);
        assertThatThrownBy(() -> channel.bind(port(99))).isInstanceOf(BindException.class);
        assertThat(channel.bind(null).getLocalAddress()).isNull();
        channel.connect(port(80));
        assertThatThrownBy(() -> channel.connect(port(80))).isInstanceOf(AlreadyConnectedException.class);
        assertThat(channel.getRemoteAddress()).isEqualTo(port(80));
        assertThat(((InetSocketAddress) channel.getLocalAddress()).getPort())
                .isEqualTo(((InetSocketAddress) server.accept().getRemoteAddress()).getPort());
        channel.close();
        assertThat(channel.isConnected()).isFalse();
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(channel::getRemoteAddress).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void aServerIsBoundOnce() throws IOException {
        assertThatThrownBy(() -> server.bind(port(81))).isInstanceOf(AlreadyBoundException.class);
        assertThatThrownBy(() -> stacks.listen(80)).isInstanceOf(BindException.class);
        assertThatThrownBy(() -> stacks.right.openServerSocketChannel().accept())
                .isInstanceOf(NotYetBoundException.class);
        ServerSocketChannel anywhere = stacks.listen(0);
        assertThat(((InetSocketAddress) anywhere.getLocalAddress()).getPort()).isBetween(32_768, 49_151);
        assertThat(stacks.connect(anywhere)[1].getLocalAddress()).isEqualTo(anywhere.getLocalAddress());
    }

    /** NC-HS-4. */
    @Test
    void connectFailsWhereNobodyListensAndClosesTheChannel() throws IOException {
        SocketChannel channel = stacks.left.openSocketChannel();
        assertThatThrownBy(() -> channel.connect(port(81))).isInstanceOf(ConnectException.class)
                .hasMessage("Connection refused: REFUSED (NO_LISTENER)")
                .hasCauseInstanceOf(VirtualSocketException.class);
        assertThat(channel.isOpen()).isFalse();
    }

    /** NC-RST-1: SO_LINGER 0 closes with a reset. */
    @Test
    void aResetIsAnIoException() throws IOException {
        SocketChannel[] ends = stacks.connect(server);
        ends[0].setOption(StandardSocketOptions.SO_LINGER, 0).close();
        assertThatThrownBy(() -> ends[1].read(ByteBuffer.allocate(1))).isInstanceOf(SocketException.class)
                .hasMessage("Connection reset: RESET (ABORTED)");
    }

    @Test
    void whoReadsWritesOrAcceptsHearsThatTheChannelWasClosed() throws Exception {
        SocketChannel[] ends = stacks.connect(server);
        Blocked reading = new Blocked(() -> ends[0].read(ByteBuffer.allocate(1)));
        ends[0].close();
        assertThat(reading.failure()).isExactlyInstanceOf(AsynchronousCloseException.class);

        SocketChannel[] others = stacks.connect(server);
        Blocked writing = new Blocked(() -> others[0].write(ByteBuffer.allocate(1_000_000)));
        others[0].close();
        assertThat(writing.failure()).isExactlyInstanceOf(AsynchronousCloseException.class);

        Blocked accepting = new Blocked(server::accept);
        server.close();
        assertThat(accepting.failure()).isExactlyInstanceOf(AsynchronousCloseException.class);
    }

    /** Whichever comes first, it is a channel that was closed and not a connection that broke. */
    @Test
    void whoReadsWithoutBlockingHearsThatTheChannelWasClosed() throws Exception {
        for (int i = 0; i < 200; i++) {
            SocketChannel[] ends = stacks.connect(server);
            ends[0].configureBlocking(false);
            Future<Integer> reading = stacks.threads.submit(() -> {
                int count = 0;
                while (count == 0) {
                    count = ends[0].read(ByteBuffer.allocate(1));
                }
                return count;
            });
            ends[0].close();
            assertThatThrownBy(reading::get).cause().isInstanceOf(ClosedChannelException.class);
        }
    }

    /** The waiting thread may hear of the interrupt before the channel does, so this is tried often. */
    @Test
    void whoIsInterruptedLosesTheChannel() throws Exception {
        for (int i = 0; i < 200; i++) {
            SocketChannel[] ends = stacks.connect(server);
            Blocked reading = new Blocked(() -> ends[0].read(ByteBuffer.allocate(1)));
            reading.thread.interrupt();
            assertThat(reading.failure()).isExactlyInstanceOf(ClosedByInterruptException.class);
            assertThat(ends[0].isOpen()).isFalse();
        }
        Blocked accepting = new Blocked(server::accept);
        accepting.thread.interrupt();
        assertThat(accepting.failure()).isExactlyInstanceOf(ClosedByInterruptException.class);
        assertThat(server.isOpen()).isFalse();
    }

    @Test
    void whoReadsHearsThatInputWasShutDown() throws Exception {
        SocketChannel[] ends = stacks.connect(server);
        Blocked reading = new Blocked(() -> ends[0].read(ByteBuffer.allocate(1)));
        ends[0].shutdownInput();
        assertThat(reading.task.get()).isEqualTo(-1);
        assertThat(ends[0].read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(ends[0].write(bytes("still"))).isEqualTo(5);
    }

    @Test
    void whoeverWaitsHearsThatTheStackWasClosed() throws Exception {
        SocketChannel[] ends = stacks.connect(server);
        Blocked reading = new Blocked(() -> ends[0].read(ByteBuffer.allocate(1)));
        stacks.leftStack.close();
        assertThat(reading.failure()).isInstanceOf(IOException.class).hasMessage("the stack was closed");
        ends[0].configureBlocking(false);
        assertThatThrownBy(() -> ends[0].write(bytes("x"))).hasMessage("the stack was closed");
    }

    @Test
    void optionsThatThereAreCanBeReadAndSet() throws IOException {
        SocketChannel channel = stacks.left.openSocketChannel();
        assertThat(channel.supportedOptions()).contains(StandardSocketOptions.SO_LINGER,
                StandardSocketOptions.TCP_NODELAY, VirtualSocketOptions.TRAFFIC_CLASS);
        assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF)).isEqualTo(10_000);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 5);
        assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF)).isEqualTo(20_000);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, false);
        assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        assertThatThrownBy(() -> channel.setOption(StandardSocketOptions.IP_TOS, 1))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> channel.setOption(StandardSocketOptions.SO_SNDBUF, -1))
                .hasMessage("SO_SNDBUF is -1, legal is 0 and more");
        assertThatThrownBy(() -> channel.setOption(VirtualSocketOptions.TRAFFIC_CLASS, ChannelClass.CONTROL))
                .isInstanceOf(IllegalArgumentException.class);
        channel.setOption(VirtualSocketOptions.TRAFFIC_CLASS, ChannelClass.THROUGHPUT);
        channel.connect(port(80));
        assertThat(server.accept().getOption(VirtualSocketOptions.TRAFFIC_CLASS)).isEqualTo(ChannelClass.THROUGHPUT);
        assertThatThrownBy(() -> server.setOption(StandardSocketOptions.SO_LINGER, 1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatThereIsNotIsRefused() {
        assertThatThrownBy(stacks.left::openPipe).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(stacks.left::openDatagramChannel).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> stacks.left.openSocketChannel(StandardProtocolFamily.UNIX))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(stacks.left.openSocketChannel(StandardProtocolFamily.INET6).isOpen()).isTrue();
    }
}
