package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.tcp.congestion.CongestionAlgorithm;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** Segments cost no allocation. One thread steps both hosts, so that every byte allocated is theirs. */
class SegmentAllocationTest {
    private static final long ALLOWED_BYTES = 4_096;
    private static final long TURN_NS = 10_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private FrameRing left;
    private FrameRing right;
    private TcpConnection client;
    private TcpConnection server;
    private long now;
    private MemorySegment source;
    private MemorySegment target;

    private void connect(Settings settings, SegmentChecksum checksum, boolean ipv6, Arena arena, boolean splits) {
        left = new FrameRing(1, settings, checksum, arena, splits);
        right = new FrameRing(2, settings, checksum, arena, splits);
        left.peer = right;
        right.peer = left;
        source = arena.allocate(1 << 16);
        target = arena.allocate(1 << 16);
        TcpListener listener = right.host.listen(80, 1);
        client = ipv6 ? left.host.connect(FrameRing.address(2), 80) : left.host.connect(0x0a00_0002, 80);
        while (server == null) {
            turn();
            server = listener.accept();
        }
    }

    private void turn() {
        now += TURN_NS;
        left.turn(now);
        right.turn(now);
    }

    private void move(long segments) {
        long until = left.segments + segments;
        while (left.segments < until) {
            client.send(source, 0, (int) source.byteSize());
            turn();
            while (server.receive(target, 0, (int) target.byteSize()) > 0) {
                // Until nothing is left.
            }
        }
    }

    private long allocated(long segments) {
        long before = threads.getCurrentThreadAllocatedBytes();
        move(segments);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @CsvSource({"1500, CUBIC, false, false", "9000, DCTCP, false, false", "1500, NEW_RENO, false, false",
        "1500, NEW_RENO, true, false", "65000, CUBIC, true, false", "1500, CUBIC, false, true"})
    void segmentThatIsSentAndReceivedAllocatesNothing(int mtu, CongestionAlgorithm algorithm, boolean offload,
            boolean ipv6) {
        move(mtu, algorithm, offload, ipv6, false);
    }

    @Test
    void pieceOfALargeSegmentAllocatesNothing() {
        move(1_500, CongestionAlgorithm.CUBIC, true, false, true);
        assertThat(left.host.counters().get(Counter.LARGE_SEGMENTS)).isPositive();
    }

    private void move(int mtu, CongestionAlgorithm algorithm, boolean offload, boolean ipv6, boolean splits) {
        try (Arena arena = Arena.ofConfined()) {
            connect(Settings.DEFAULTS.with(Setting.MTU, mtu).with(algorithm).with(Setting.SEND_BUFFER, 1 << 19),
                    offload ? SegmentChecksum.DEVICE : SegmentChecksum.SOFTWARE, ipv6, arena, splits);
            move(100_000);
            long least = Math.min(allocated(20_000), Math.min(allocated(20_000), allocated(20_000)));
            assertThat(least).as("bytes allocated for 20,000 segments").isLessThan(ALLOWED_BYTES);
            assertThat(left.host.counters().get(Counter.RETRANSMISSIONS)).isZero();
            if (Boolean.getBoolean("tcp.speed")) {
                measure(mtu, offload);
            }
        }
    }

    /** For who wants to know: -Dtcp.speed=true. One thread does the work of both hosts and of the device. */
    private void measure(int mtu, boolean offload) {
        long segments = 1_000_000;
        long began = threads.getCurrentThreadCpuTime();
        move(segments);
        double seconds = (threads.getCurrentThreadCpuTime() - began) / 1e9;
        System.out.printf("MTU %d, checksums by %s: %.2f million segments, %.1f Gbit a second of one core%n", mtu,
                offload ? "a device" : "software", segments / seconds / 1e6,
                segments * (mtu - 52.0) * 8 / seconds / 1e9);
    }
}
