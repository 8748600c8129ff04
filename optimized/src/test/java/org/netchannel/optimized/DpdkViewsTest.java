package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** What an application is shown over net_ring lies where it was received. One thread steps both stacks. */
@ExtendWith(WithDpdk.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DpdkViewsTest {
    private static final int PORT = 7_000;
    private static final int LARGEST = 65_496;

    private final List<SegmentView> views = new ArrayList<>();
    private RingHosts hosts;
    private NetStack left;
    private NetStack right;
    private VirtualSocket sender;
    private VirtualSocket receiver;

    private void open(int mtu) throws IOException {
        hosts = new RingHosts("views", DpdkHost.settings(mtu), SegmentChecksum.SOFTWARE, device -> device);
        left = stack();
        right = stack();
        DpdkLink.open(right, hosts.host(1)).listen(PORT);
        DpdkLink.open(left, hosts.host(0)).dial(hosts.address(1), PORT, 1, 0);
        VirtualServerSocket server = right.listen(80, 1);
        sender = left.startConnecting(80, ChannelClass.LATENCY);
        while (receiver == null) {
            step();
            receiver = server.tryAccept().orElse(null);
        }
    }

    /** Nobody is stopped who is shown all of it. */
    private static NetStack stack() {
        Config config = Config.DEFAULTS.with(Setting.RECEIVE_BUFFER, 1L << 25);
        return new NetStack(config, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
    }

    private void step() {
        left.doWork();
        right.doWork();
    }

    /** Sends so many bytes and looks at all of them at once. */
    private void show(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(count);
        for (int i = 0; i < count; i++) {
            bytes.put(i, (byte) (31 * i + (i >>> 12)));
        }
        ByteBuffer expected = bytes.duplicate();
        for (int shown = 0; shown < count; ) {
            sender.trySend(bytes);
            step();
            SegmentView view = new SegmentView();
            for (int came = receiver.tryReceive(view); came > 0; came = receiver.tryReceive(view)) {
                assertThat(view.bytes()).isEqualTo(expected.slice(shown, came));
                shown += came;
                views.add(view);
                view = new SegmentView();
            }
        }
    }

    @AfterEach
    void close() throws DpdkException {
        views.forEach(SegmentView::release);
        left.close();
        right.close();
        hosts.close();
    }

    @Test
    void aPacketInSeveralLongFramesStaysInThem() throws IOException {
        open(9_000);

        show(LARGEST);

        assertThat(views).hasSize(8);
        assertThat(right.segments().bytesInUse()).as("bytes that were copied").isZero();
        assertThat(receivedMemory()).as("what an abort would give back").isZero();
    }

    private long receivedMemory() {
        return right.host().connection(receiver.connection()).receivedMemory();
    }

    /** Also where that begins in the middle of a packet. */
    @Test
    void whoKeepsFramesOfAQuarterOfTheMbufsIsGivenCopies() throws IOException {
        open(9_000);

        show(24 << 20);

        assertThat(hosts.host(1).held()).isBetween(hosts.host(1).mbufs() / 4, hosts.host(1).mbufs() / 2);
        assertThat(receivedMemory()).isPositive().isEqualTo(right.segments().bytesInUse());
    }

    @Test
    void aPacketInOneFrameStaysInIt() throws IOException {
        open(65_535);

        show(65_408);

        assertThat(views).hasSize(1);
        assertThat(right.segments().bytesInUse()).isZero();
    }

    @Test
    void shortFramesAreCopiedIntoOneSegment() throws IOException {
        open(1_500);

        show(LARGEST);

        assertThat(views).hasSize(1);
        assertThat(receivedMemory()).isBetween((long) LARGEST, 2L * LARGEST);
    }
}
