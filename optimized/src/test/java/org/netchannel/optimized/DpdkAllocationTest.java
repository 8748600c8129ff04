package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.dpdk.host.WildHosts;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** Packets over devices of DPDK cost no allocation. One thread steps both stacks, so that every byte is its own. */
@ExtendWith(WithDpdk.class)
@Timeout(120)
class DpdkAllocationTest {
    private static final int WARM_UP = 10_000;
    private static final int MESSAGES = 10_000;
    private static final int WINDOWS = 10;
    /** A byte a message: pools may grow once more. The smallest object a message would be sixteen times as much. */
    private static final long ALLOWED_BYTES = MESSAGES;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private NetStack left;
    private NetStack right;
    private VirtualSocket sender;
    private VirtualSocket receiver;
    private long received;

    private static NetStack stack(int agents, int bytes, int payload, boolean inDpdkMemory) {
        Config config = Config.DEFAULTS.with(Setting.SEND_BUFFER, 16L * bytes).with(Setting.MAX_PAYLOAD, payload);
        Threading threading = Threading.of(NetStack.Mode.INVOKER).withChannelAgents(agents);
        return inDpdkMemory
                ? new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, 32 << 20, EalMemory.INSTANCE, null)
                : new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, 32 << 20);
    }

    private void step() {
        left.doWork();
        right.doWork();
    }

    private void connect() throws IOException {
        VirtualServerSocket server = right.listen(80, 1);
        sender = left.startConnecting(80, ChannelClass.LATENCY);
        while (receiver == null) {
            step();
            receiver = server.tryAccept().orElse(null);
        }
        step();
    }

    private long allocated(ByteBuffer out, ByteBuffer in, int messages) throws IOException {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < messages; i++) {
            sender.trySend(out.clear());
            step();
            receiver.tryReceive(in.clear());
            received += in.position();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @CsvSource({"1500, 100, 65496, false, true", "1500, 65496, 65496, false, true", "9000, 8192, 8192, false, true",
        "9000, 65408, 65408, false, true", "65535, 65536, 32768, false, true", "65535, 65408, 65408, true, true",
        "65535, 65408, 65408, true, false"})
    void aPacketSentAndReceivedAllocatesNothing(
            int mtu, int bytes, int payload, boolean inDpdkMemory, boolean fromDirectBuffers) throws IOException {
        try (RingHosts hosts = new RingHosts("alloc", DpdkHost.settings(mtu), SegmentChecksum.DEVICE,
                        device -> device);
                NetStack a = stack(1, bytes, payload, inDpdkMemory);
                NetStack b = stack(1, bytes, payload, inDpdkMemory)) {
            left = a;
            right = b;
            DpdkLink.open(right, hosts.host(1)).listen(7_000);
            DpdkLink.open(left, hosts.host(0)).dial(hosts.address(1), 7_000, 2, 0);
            assertNothingIsAllocated(
                    fromDirectBuffers ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes));
        }
    }

    @Test
    void aFrameHandedOverToAnotherQueueAllocatesNothing() throws IOException {
        WildHosts hosts = new WildHosts(2, 1_500, WildHosts.Choice.WRONG);
        try (NetStack a = stack(2, 1_000, 65_496, false);
                NetStack b = stack(2, 1_000, 65_496, false)) {
            left = a;
            right = b;
            DpdkLinks.open(right, hosts.hosts(1)).listen(7_000);
            DpdkLinks.open(left, hosts.hosts(0)).dial(WildHosts.address(1), 7_000, 2, 0);
            assertNothingIsAllocated(ByteBuffer.allocateDirect(1_000));
            assertThat(hosts.handedOver()).isGreaterThan(MESSAGES / 2);
        } finally {
            assertThat(hosts.close()).isZero();
        }
    }

    private void assertNothingIsAllocated(ByteBuffer out) throws IOException {
        connect();
        int bytes = out.capacity();
        ByteBuffer in = ByteBuffer.allocateDirect(bytes);
        allocated(out, in, WARM_UP);
        // What happens once, or because a busy machine comes late, is not in all of them.
        long least = Long.MAX_VALUE;
        for (int window = 0; window < WINDOWS && least >= ALLOWED_BYTES; window++) {
            least = Math.min(least, allocated(out, in, MESSAGES));
        }
        assertThat(received).isGreaterThan(MESSAGES / 2L * bytes);
        assertThat(least).as("bytes allocated for %d messages", MESSAGES).isLessThan(ALLOWED_BYTES);
    }
}
