package org.netchannel.bench.speed;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.netchannel.bench.stack.Bytes;
import org.netchannel.bench.stack.Stepping;
import org.netchannel.optimized.MemoryLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/**
 * Many connections are open and some of them carry a message each, over and over. One thread does all work of both
 * stacks and applications, so that time is processor time, and what it allocates is all there is.
 */
record ConnectionsContender(int open, int active) implements Contender {
    private static final int SIZE = 1_024;
    private static final int FIRST_PASSES = 2_000;
    private static final int PORT = 80;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Override
    public String name() {
        return String.format("%,d-open", open);
    }

    @Override
    public Map<Quantity, Double> sample(Duration time) throws IOException {
        try (NetStack left = stack(); NetStack right = stack()) {
            MemoryLink.connect(left, right, 0, 1);
            long before = heldBytes();
            Connections connections = new Connections(left, right, open);
            double held = heldBytes() - before;
            Map<Quantity, Double> quantities = new EnumMap<>(Quantity.class);
            quantities.put(Quantity.BYTES_PER_CONNECTION, held / open / 2);
            for (int i = 0; i < FIRST_PASSES; i++) {
                connections.pass(active);
            }
            measure(connections, time, quantities);
            return quantities;
        }
    }

    private void measure(Connections connections, Duration time, Map<Quantity, Double> quantities) throws IOException {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long began = System.nanoTime();
        long packets = 0;
        long took;
        do {
            connections.pass(active);
            packets += active;
            took = System.nanoTime() - began;
        } while (took < time.toNanos());
        allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        quantities.put(Quantity.NANOSECONDS_PER_PACKET, (double) took / packets);
        quantities.put(Quantity.ALLOCATED_BYTES_PER_PACKET, (double) allocated / packets);
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
    }

    /** What is on the heap after a collection. Segments are not: they are taken when bytes come. */
    private static long heldBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Both ends of all connections. */
    private static final class Connections {
        private final NetStack left;
        private final NetStack right;
        private final List<VirtualSocket> senders = new ArrayList<>();
        private final List<VirtualSocket> receivers = new ArrayList<>();
        private final ByteBuffer source = Bytes.pattern(SIZE);
        private final ByteBuffer target = ByteBuffer.allocateDirect(SIZE);

        Connections(NetStack left, NetStack right, int count) throws IOException {
            this.left = left;
            this.right = right;
            VirtualServerSocket server = right.listen(PORT, 1);
            for (int i = 0; i < count; i++) {
                senders.add(left.startConnecting(PORT, ChannelClass.THROUGHPUT));
                receivers.add(Stepping.accept(left, right, server));
            }
            left.doWork();
        }

        /** A message on each active connection: one packet. They are spread over all that are open. */
        void pass(int active) throws IOException {
            int step = senders.size() / active;
            for (int i = 0; i < active; i++) {
                send(senders.get(i * step));
                receive(receivers.get(i * step));
            }
        }

        private void send(VirtualSocket socket) throws IOException {
            source.clear();
            while (source.hasRemaining()) {
                if (socket.trySend(source) == 0) {
                    right.doWork();
                }
                left.doWork();
            }
        }

        private void receive(VirtualSocket socket) throws IOException {
            target.clear();
            while (target.hasRemaining()) {
                right.doWork();
                if (socket.tryReceive(target) < 0) {
                    throw new IOException("the other end was closed");
                }
            }
            Bytes.requireSame(source.flip(), target.flip());
        }
    }
}
