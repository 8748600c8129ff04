package org.netchannel.optimized.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** Netty's NIO transport with its HTTP codecs, unchanged but for the provider it is given. */
@Timeout(60)
class NettyHttpTest {
    private static final int MOST_BODY = 4 << 20;

    /** Small buffers, so that a large body has to wait for room again and again. */
    private final TwoProviders stacks = new TwoProviders(
            Config.DEFAULTS.with(Setting.SEND_BUFFER, 100_000).with(Setting.RECEIVE_BUFFER, 50_000));
    private final EventLoopGroup clients = group(stacks.left);
    private final EventLoopGroup servers = group(stacks.right);
    private Channel server;

    private static EventLoopGroup group(VirtualSelectorProvider provider) {
        return new NioEventLoopGroup(1, new DefaultThreadFactory("netty", true), provider);
    }

    @BeforeEach
    void serve() throws InterruptedException {
        server = new ServerBootstrap().group(servers)
                .channelFactory(() -> new NioServerSocketChannel(stacks.right))
                .childHandler(new ChannelInitializer<NioSocketChannel>() {
                    @Override
                    protected void initChannel(NioSocketChannel channel) {
                        channel.pipeline().addLast(
                                new HttpServerCodec(), new HttpObjectAggregator(MOST_BODY), new Echo());
                    }
                })
                .bind(TwoProviders.port(80)).sync().channel();
    }

    @AfterEach
    void close() throws InterruptedException {
        clients.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        servers.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        stacks.close();
    }

    /** Answers with method, path and body of the request; closes where HTTP says so. */
    private static final class Echo extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            ByteBuf head = Unpooled.copiedBuffer(request.method() + " " + request.uri() + "\n", StandardCharsets.UTF_8);
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK,
                    Unpooled.wrappedBuffer(head, request.content().retain()));
            HttpUtil.setContentLength(response, response.content().readableBytes());
            if (HttpUtil.isKeepAlive(request)) {
                context.writeAndFlush(response);
            } else {
                context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private Channel connect(BlockingQueue<String> answers) throws InterruptedException {
        return new Bootstrap().group(clients)
                .channelFactory(() -> new NioSocketChannel(stacks.left))
                .handler(new ChannelInitializer<NioSocketChannel>() {
                    @Override
                    protected void initChannel(NioSocketChannel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(MOST_BODY),
                                new SimpleChannelInboundHandler<FullHttpResponse>() {
                                    @Override
                                    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse got) {
                                        answers.add(got.status().code() + " "
                                                + got.content().toString(StandardCharsets.UTF_8));
                                    }
                                });
                    }
                })
                .connect(TwoProviders.port(80)).sync().channel();
    }

    private static FullHttpRequest request(HttpMethod method, String path, String body) {
        ByteBuf content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, content);
        HttpUtil.setContentLength(request, content.readableBytes());
        request.headers().set(HttpHeaderNames.HOST, "peer");
        return request;
    }

    @Test
    void requestsAreAnsweredOnConnectionsThatStayOpen() throws InterruptedException {
        List<Channel> connections = new ArrayList<>();
        List<BlockingQueue<String>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(new LinkedBlockingQueue<>());
            connections.add(connect(answers.get(i)));
        }
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < connections.size(); i++) {
                connections.get(i).writeAndFlush(request(HttpMethod.GET, "/" + i + "/" + round, ""));
            }
            for (int i = 0; i < connections.size(); i++) {
                assertThat(answers.get(i).take()).isEqualTo("200 GET /" + i + "/" + round + "\n");
            }
        }
        for (Channel connection : connections) {
            connection.close().sync();
        }
        assertThat(server.isActive()).isTrue();
    }

    /** Forty times the send buffer each way: both ends wait for room, and are told when there is some. */
    @Test
    void largeBodiesPassInBothDirections() throws InterruptedException {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        Channel connection = connect(answers);
        String body = "netchannel".repeat(400_000);
        connection.writeAndFlush(request(HttpMethod.POST, "/large", body));
        String answer = answers.take();
        assertThat(answer.length()).isEqualTo("200 POST /large\n".length() + body.length());
        assertThat(answer.endsWith(body)).isTrue();
        connection.close().sync();
    }

    @Test
    void aServerThatClosesIsHeard() throws InterruptedException {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        Channel connection = connect(answers);
        FullHttpRequest last = request(HttpMethod.GET, "/last", "");
        HttpUtil.setKeepAlive(last, false);
        connection.writeAndFlush(last);
        connection.closeFuture().sync();
        assertThat(answers).containsExactly("200 GET /last\n");
    }

    /** NC-HS-4. */
    @Test
    void aConnectionThatIsRefusedFailsAsOverTcp() throws InterruptedException {
        server.close().sync();
        Throwable cause = new Bootstrap().group(clients).channelFactory(() -> new NioSocketChannel(stacks.left))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {}
                })
                .connect(TwoProviders.port(80)).await().cause();
        assertThat(cause).isInstanceOf(java.net.ConnectException.class).hasMessageContaining("NO_LISTENER");
    }
}
