package org.netchannel.bench.speed;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Map;
import org.netchannel.bench.stack.Peer;
import org.netchannel.bench.stack.Ring;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.ReceivedView;
import org.netchannel.optimized.tcp.Setting;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.TcpListener;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** TCP in user space alone: one connection over net_ring, a thread at each end, segments of 1,460 bytes. */
record SegmentsContender(String name) implements Contender {
    private static final int SEGMENT = 1_460;
    private static final int PORT = 80;
    /** Small enough for the caches of a processor: nothing on net_ring is far away. */
    private static final int SEND_BUFFER = 1 << 18;
    private static final long FIRST_BYTES = 1L << 30;

    @Override
    public Map<Quantity, Double> sample(Duration time) throws IOException {
        Ring.start();
        try (Arena arena = Arena.ofShared();
                RingHosts hosts = new RingHosts("segments",
                        DpdkHost.settings(1_500).with(Setting.TIMESTAMPS, 0).with(Setting.SEND_BUFFER, SEND_BUFFER),
                        SegmentChecksum.DEVICE,
                        device -> device)) {
            TcpListener listener = hosts.host(1).ip().listen(PORT, 1);
            TcpConnection client = hosts.host(0).ip().connect(hosts.address(1), PORT);
            TcpConnection server = null;
            while (server == null || client.state() != State.ESTABLISHED) {
                hosts.host(0).work();
                hosts.host(1).work();
                server = server == null ? listener.accept() : server;
            }
            MemorySegment source = arena.allocate(64 * SEGMENT);
            DpdkHost left = hosts.host(0);
            try (Peer sender = new Peer(() -> {
                client.send(source, 0, (int) source.byteSize());
                pauseUnless(left.work() > 0);
            })) {
                double bytes = receive(hosts.host(1), server, time);
                sender.check();
                return Map.of(Quantity.SEGMENTS_PER_SECOND, bytes / SEGMENT);
            }
        }
    }

    private static double receive(DpdkHost host, TcpConnection server, Duration time) throws IOException {
        ReceivedView view = new ReceivedView();
        for (long bytes = 0; bytes < FIRST_BYTES; ) {
            bytes += take(host, server, view);
        }
        long began = System.nanoTime();
        long bytes = 0;
        long took;
        do {
            bytes += take(host, server, view);
            took = System.nanoTime() - began;
        } while (took < time.toNanos());
        return bytes * 1e9 / took;
    }

    /** On a machine with other things to do a thread that only spins would keep the other one from running. */
    private static void pauseUnless(boolean worked) {
        if (!worked) {
            Thread.yield();
        }
    }

    /** What is there, without a copy. */
    private static long take(DpdkHost host, TcpConnection server, ReceivedView view) throws IOException {
        pauseUnless(host.work() > 0);
        long bytes = 0;
        while (server.take(view)) {
            bytes += view.length();
            view.buffer().release();
        }
        if (server.failure() != null) {
            throw new IOException("the connection has failed: " + server.failure());
        }
        return bytes;
    }
}
