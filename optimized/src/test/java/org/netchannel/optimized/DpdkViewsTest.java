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

/** What an application is shown over net_ring lies where it was received. One thread steps both stacks. */
@ExtendWith(WithDpdk.class)
@Timeout(60)
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

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
    }

    private void step() {
        left.doWork();
        right.doWork();
    }

    /** Sends so many bytes, of which each is one more than the one before, and looks at all of them at once. */
    private void show(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(count);
        for (int i = 0; i < count; i++) {
            bytes.put(i, (byte) i);
        }
        for (int shown = 0; shown < count; ) {
            sender.trySend(bytes);
            step();
            SegmentView view = new SegmentView();
            for (int came = receiver.tryReceive(view); came > 0; came = receiver.tryReceive(view)) {
                assertShows(view, shown);
                shown += came;
                views.add(view);
                view = new SegmentView();
            }
        }
    }

    private static void assertShows(SegmentView view, int from) {
        ByteBuffer shown = view.bytes();
        for (int i = 0; i < shown.remaining(); i++) {
            assertThat(shown.get(shown.position() + i)).isEqualTo((byte) (from + i));
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
        assertThat(right.segments().bytesInUse()).isBetween((long) LARGEST, 2L * LARGEST);
    }
}
