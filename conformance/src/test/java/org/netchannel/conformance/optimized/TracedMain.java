package org.netchannel.conformance.optimized;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;

/**
 * The process of host B: the side of a {@link Conversation} that accepts, over the kernel's TCP or net_memif. It says
 * when it listens and when it is done, and goes on until it is told to end, or its standard input ends.
 */
final class TracedMain {
    private TracedMain() {}

    /**
     * Runs it.
     *
     * @param arguments a folder, and for net_memif the MTU and the share of frames to be lost
     */
    public static void main(String[] arguments) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread.ofPlatform().daemon().start(() -> awaitEnd(end));
        Path folder = Path.of(arguments[0]);
        try (Conversation conversation = new Conversation()) {
            if (arguments.length == 1) {
                overTcp(folder, conversation, end);
            } else {
                overMemif(folder, Integer.parseInt(arguments[1]), Double.parseDouble(arguments[2]), conversation, end);
            }
        }
    }

    private static void overTcp(Path folder, Conversation conversation, CountDownLatch end) throws Exception {
        try (TracedHost host = new TracedHost("B", folder)) {
            VirtualServerSocket server = host.stack().listen(Conversation.PORT, Conversation.CONNECTIONS);
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            System.out.println(TcpLink.listen(host.stack(), any).getPort());
            conversation.answer(host.stack(), server);
            System.out.println("done");
            end.await();
        }
    }

    private static void overMemif(
            Path folder, int mtu, double loss, Conversation conversation, CountDownLatch end) throws Exception {
        Eal.start(EalOptions.withoutHugepages(128));
        try (MemifEnd memif = new MemifEnd(2, folder, mtu, loss); TracedHost host = new TracedHost("B", folder)) {
            VirtualServerSocket server = host.stack().listen(Conversation.PORT, Conversation.CONNECTIONS);
            memif.listen(host.stack());
            System.out.println(MemifEnd.PORT);
            conversation.answer(host.stack(), server);
            System.out.println("done");
            end.await();
        }
    }

    private static void awaitEnd(CountDownLatch end) {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            if (input.readLine() != null) {
                end.countDown();
                return;
            }
        } catch (IOException e) {
            System.err.println("standard input: " + e.getMessage());
        }
        Runtime.getRuntime().halt(1);
    }
}
