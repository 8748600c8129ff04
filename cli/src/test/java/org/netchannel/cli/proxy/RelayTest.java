package org.netchannel.cli.proxy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.cli.link.Handlers;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

@Timeout(60)
class RelayTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final long MEMORY_BYTES = 64L << 20;
    private static final int PORT = 1;
    /** Threads are interrupted in any order: enough that the one that reads TCP is the first of some. */
    private static final int RELAYS = 16;

    /** An interrupt closes the connection that its thread reads, before anybody can say how. */
    @Test
    void oneThatIsInterruptedResetsItsClient() throws Exception {
        Handlers handlers = new Handlers(Transport.KERNEL);
        List<Socket> clients = new ArrayList<>();
        try (NetStack peer = Transport.KERNEL.start(Config.DEFAULTS, MEMORY_BYTES);
                NetStack stack = Transport.KERNEL.start(Config.DEFAULTS, MEMORY_BYTES);
                ServerSocketChannel door = ServerSocketChannel.open().bind(ANY)) {
            VirtualServerSocket listener = peer.listen(PORT, RELAYS);
            Transport.KERNEL.dial(stack, Transport.KERNEL.listen(peer, ANY), 0, 1);
            for (int i = 0; i < RELAYS; i++) {
                Socket client = new Socket(ANY.getAddress(), ((InetSocketAddress) door.getLocalAddress()).getPort());
                clients.add(client);
                SocketChannel tcp = door.accept();
                VirtualSocket virtual = stack.connect(PORT, ChannelClass.THROUGHPUT);
                handlers.start(() -> relay(new Relay(tcp, virtual, new Traffic()), handlers));
                client.getOutputStream().write(i);
                // What has arrived was read by a thread that reads on.
                listener.accept().receive(ByteBuffer.allocate(1));
            }
            handlers.close();
            for (Socket client : clients) {
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
                client.close();
            }
        }
    }

    private static void relay(Relay relay, Handlers handlers) {
        try {
            relay.run(handlers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
