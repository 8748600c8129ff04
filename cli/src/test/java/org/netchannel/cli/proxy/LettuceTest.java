package org.netchannel.cli.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lettuce.core.ConnectionBuilder;
import io.lettuce.core.ConnectionEvents;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.DriverDecorator;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.nio.VirtualSelectorProvider;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import reactor.core.publisher.Mono;

/**
 * Lettuce, as it is, against redis-server, as it is: the client's sockets are virtual ones, which the exit half of a
 * proxy turns into TCP connections.
 */
@Timeout(120)
class LettuceTest {
    @TempDir
    private Path folder;

    private Process redis;
    private Proxy exit;
    private NetStack stack;
    private NioEventLoopGroup eventLoops;
    private ClientResources resources;
    private RedisClient client;

    /** Everything of Lettuce is as it comes, but for the kind of channels that its bootstrap opens. */
    private static final class VirtualRedisClient extends RedisClient {
        private final NioEventLoopGroup eventLoops;
        private final SelectorProvider provider;

        private VirtualRedisClient(
                ClientResources resources, RedisURI uri, NioEventLoopGroup eventLoops, SelectorProvider provider) {
            super(resources, uri);
            this.eventLoops = eventLoops;
            this.provider = provider;
        }

        @Override
        @SuppressWarnings("unchecked") // an option comes out of the bootstrap with its own value
        protected void connectionBuilder(Mono<SocketAddress> address, ConnectionBuilder builder,
                ConnectionEvents events, RedisURI uri) {
            super.connectionBuilder(address, builder, events, uri);
            Bootstrap bootstrap = new Bootstrap().group(eventLoops)
                    .channelFactory(() -> new NioSocketChannel(provider));
            builder.bootstrap().config().options().forEach((option, value) ->
                    bootstrap.option((ChannelOption<Object>) option, value));
            builder.bootstrap(bootstrap);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        // Where everything has to be there, a missing program is a failure and not a reason to skip.
        assumeTrue(isInstalled() || System.getenv("CI") != null, "redis-server is not installed");
        int port = freePort();
        redis = new ProcessBuilder("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1",
                "--save", "", "--dir", folder.toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        awaitListening(new InetSocketAddress(loopback, port));
        exit = Proxy.exit(Transport.KERNEL,
                new InetSocketAddress(loopback, 0), new InetSocketAddress(loopback, port), 100,
                DriverDecorator.NONE);
        stack = new NetStack(Config.DEFAULTS, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        TcpLink.dial(stack, exit.address(), 1, 0);
        VirtualSelectorProvider provider = new VirtualSelectorProvider(stack, ChannelClass.LATENCY);
        eventLoops = new NioEventLoopGroup(1, new DefaultThreadFactory("netty", true), provider);
        resources = DefaultClientResources.create();
        client = new VirtualRedisClient(resources, uri(1), eventLoops, provider);
    }

    /** Of the address only the port counts: the virtual one that the proxy's exit accepts on. */
    private static RedisURI uri(int virtualPort) {
        return RedisURI.Builder.redis("127.0.0.1", virtualPort).withTimeout(Duration.ofSeconds(60)).build();
    }

    private static boolean isInstalled() {
        for (String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, "redis-server"))) {
                return true;
            }
        }
        return false;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void awaitListening(InetSocketAddress address) throws IOException {
        while (true) {
            try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                assertThat(redis.isAlive()).as(() -> "redis-server says " + log()).isTrue();
                Thread.onSpinWait();
            }
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @AfterEach
    void close() throws Exception {
        if (redis == null) {
            return;
        }
        if (client != null) {
            client.shutdown(0, 10, TimeUnit.SECONDS);
            resources.shutdown(0, 10, TimeUnit.SECONDS).sync();
            eventLoops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
            stack.close();
            exit.close();
        }
        redis.destroy();
        redis.waitFor();
    }

    @Test
    void commandsAreAnsweredOneByOneAndPipelined() throws Exception {
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            assertThat(connection.sync().set("name", "netchannel")).isEqualTo("OK");
            assertThat(connection.sync().get("name")).isEqualTo("netchannel");

            List<RedisFuture<Long>> counts = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                counts.add(connection.async().incr("count"));
            }
            for (int i = 0; i < counts.size(); i++) {
                assertThat(counts.get(i).get()).isEqualTo(i + 1);
            }
        }
        assertThat(exit.traffic().carried()).isEqualTo(1);
    }

    /** More than every buffer on the way holds. */
    @Test
    void largeValuesComeBackWhole() {
        String value = "0123456789abcdef".repeat(1 << 18);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            assertThat(connection.sync().set("large", value)).isEqualTo("OK");
            assertThat(connection.sync().get("large")).isEqualTo(value);
        }
    }

    @Test
    void whatIsPublishedReachesWhoSubscribed() throws Exception {
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        try (StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub();
                StatefulRedisConnection<String, String> publisher = client.connect()) {
            subscriber.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, String message) {
                    messages.add(channel + ": " + message);
                }
            });
            subscriber.sync().subscribe("news");
            assertThat(publisher.sync().publish("news", "arrived")).isEqualTo(1);
            assertThat(messages.take()).isEqualTo("news: arrived");
        }
    }

    /** NC-HS-4: refused as over TCP. */
    @Test
    void aPortWhereNobodyListensRefuses() {
        assertThatThrownBy(() -> client.connect(StringCodec.UTF8, uri(2)))
                .isInstanceOf(RedisConnectionException.class).rootCause().hasMessageContaining("NO_LISTENER");
    }
}
