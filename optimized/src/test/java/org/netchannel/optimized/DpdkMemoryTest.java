package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.ForwardingDevice;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** Hardware sends from DPDK's memory and nowhere else: a device that looks at where everything lies. */
@ExtendWith(WithDpdk.class)
@Timeout(120)
class DpdkMemoryTest {
    private static final int PORT = 7_000;
    private static final SegmentAllocator ANYWHERE = (bytes, alignment) -> Arena.ofAuto().allocate(bytes, 1);

    private final AtomicLong inside = new AtomicLong();
    private final AtomicLong outside = new AtomicLong();

    /** Counts what it is to send by where that lies. */
    private final class Hardware extends ForwardingDevice {
        private final long[] mapped;

        private Hardware(FrameDevice device, long[] mapped) {
            super(device);
            this.mapped = mapped;
        }

        @Override
        public int send(MbufBurst burst) {
            for (int i = 0; i < burst.count(); i++) {
                for (long part = burst.get(i); part != 0; part = Mbuf.next(part)) {
                    boolean within = mapped[0] <= Mbuf.data(part) && Mbuf.data(part) + Mbuf.length(part) <= mapped[1];
                    (within ? inside : outside).incrementAndGet();
                }
            }
            return device.send(burst);
        }

        @Override
        public boolean readsAllMemory() {
            return false;
        }
    }

    /** First byte, and one past the last, of the mapping that DPDK takes its memory from. */
    private static long[] mapped() throws IOException {
        long address = EalMemory.INSTANCE.allocate(64, 64).address();
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .map(line -> Arrays.stream(line.split(" ")[0].split("-"))
                        .mapToLong(number -> Long.parseUnsignedLong(number, 16)).toArray())
                .filter(range -> range[0] <= address && address < range[1])
                .findFirst().orElseThrow();
    }

    private static NetStack stack(SegmentAllocator memory) {
        return new NetStack(Config.DEFAULTS, Threading.of(NetStack.Mode.DEDICATED), SchedulingPolicies.ROUND_ROBIN,
                16 << 20, memory, null);
    }

    /** Long writes are lent, short ones are copied by TCP and lent in turn; the shortest are copied into mbufs. */
    @ParameterizedTest
    @ValueSource(ints = {100, 4_096, 300_000})
    void hardwareSendsFromItsMemoryOnly(int most) throws Exception {
        long[] mapped = mapped();
        try (RingHosts hosts = new RingHosts("memory", DpdkHost.settings(9_000), SegmentChecksum.SOFTWARE,
                        device -> new Hardware(device, mapped));
                NetStack left = stack(EalMemory.INSTANCE);
                NetStack right = stack(EalMemory.INSTANCE);
                ExecutorService applications = Executors.newCachedThreadPool()) {
            DpdkLink.open(right, hosts.host(1)).listen(PORT);
            DpdkLink.open(left, hosts.host(0)).dial(hosts.address(1), PORT, 0, 2);
            VirtualServerSocket server = right.listen(80, 10);
            VirtualSocket a = left.connect(80, ChannelClass.THROUGHPUT);
            VirtualSocket b = server.accept();
            Future<?> sent = applications.submit(() -> {
                Streams.sendAll(a, 1, most);
                return null;
            });
            Streams.receiveAll(b, 1, 70_000);
            sent.get();
        }
        assertThat(inside.get()).isPositive();
        assertThat(outside.get()).isZero();
    }

    @Test
    void stackWithMemoryThatHardwareDoesNotReachIsRefused() throws Exception {
        long[] mapped = mapped();
        try (RingHosts hosts = new RingHosts("memory", DpdkHost.settings(9_000), SegmentChecksum.SOFTWARE,
                        device -> new Hardware(device, mapped));
                NetStack stack = stack(ANYWHERE)) {
            assertThatThrownBy(() -> DpdkLink.open(stack, hosts.host(0)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("EalMemory");
        }
    }
}
