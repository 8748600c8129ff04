package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.ForwardingDevice;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.Setting;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** Sizes with which nothing could ever be sent or received are refused, and the next ones carry bytes. */
@ExtendWith(WithDpdk.class)
@Timeout(120)
class DpdkLimitsTest {
    private static final int PORT = 7_000;
    private static final int ROOM = 2_304;
    private static final int LARGEST_MTU = 2 * ROOM - 14;
    /** The largest packet with its header. */
    private static final int LEAST_SEND_BUFFER = 65_536;

    /** Puts what comes into as few mbufs of a pool as it fits into, as hardware does. */
    private static final class Filling extends ForwardingDevice {
        private final MbufPool pool;
        private final MbufBurst in = new MbufBurst(MbufBurst.USUAL);
        private final MbufBurst fresh = new MbufBurst(1);
        private final MemorySegment frame = Arena.ofAuto().allocate(1 << 16);
        private int mostMbufs;

        private Filling(FrameDevice device, MbufPool pool) {
            super(device);
            this.pool = pool;
        }

        @Override
        public int receive(MbufBurst burst) {
            int came = burst.space() < MbufBurst.USUAL ? 0 : device.receive(in);
            for (int i = 0; i < came; i++) {
                int length = Mbuf.packetLength(in.get(i));
                Mbuf.copyOut(in.get(i), frame, 0);
                long head = fresh(0, Math.min(length, ROOM));
                for (int at = ROOM; at < length; at += ROOM) {
                    assertThat(Mbuf.chain(head, fresh(at, Math.min(length - at, ROOM)))).isTrue();
                }
                mostMbufs = Math.max(mostMbufs, Mbuf.segments(head));
                burst.add(head);
            }
            in.free();
            return came;
        }

        @Override
        public boolean handsOverMbufs() {
            return false;
        }

        private long fresh(int at, int length) {
            assertThat(pool.allocate(fresh, 1)).isTrue();
            Mbuf.fill(fresh.get(0), frame, at, length);
            return fresh.removeLast();
        }
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
    }

    private static void carry(DpdkHost listening, DpdkHost dialing, int address) throws Exception {
        try (NetStack left = stack(); NetStack right = stack()) {
            DpdkLink.open(right, listening).listen(PORT);
            DpdkLink.open(left, dialing).dial(address, PORT, 0, 1);
            VirtualServerSocket server = right.listen(80, 1);
            VirtualSocket a = left.connect(80, ChannelClass.THROUGHPUT);
            FutureTask<Void> sent = new FutureTask<>(() -> Streams.sendAll(a, 1, 3_000_000));
            Thread.ofPlatform().daemon().start(sent);
            Streams.receiveAll(server.accept(), 1, 1_000_000);
            sent.get();
        }
    }

    @Test
    void sendBufferHasRoomForTheLargestPacket() throws Exception {
        try (RingHosts hosts = new RingHosts("limits", DpdkHost.settings(9_000).with(Setting.SEND_BUFFER,
                LEAST_SEND_BUFFER), SegmentChecksum.SOFTWARE, device -> device)) {
            carry(hosts.host(1), hosts.host(0), hosts.address(1));
        }
        try (RingHosts hosts = new RingHosts("limits", DpdkHost.settings(9_000).with(Setting.SEND_BUFFER,
                LEAST_SEND_BUFFER - 1), SegmentChecksum.SOFTWARE, device -> device); NetStack stack = stack()) {
            assertThatThrownBy(() -> DpdkLink.open(stack, hosts.host(0))).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("is 65535, legal for channels is at least 65536");
        }
    }

    @Test
    void frameOfTheMtuFitsIntoTwoMbufs() throws Exception {
        try (RingHosts hosts = new RingHosts("limits", DpdkHost.settings(LARGEST_MTU), SegmentChecksum.SOFTWARE,
                device -> device)) {
            Filling device = new Filling(FrameDevice.of(hosts.link().port(1), 0), hosts.pool(1));
            DpdkHost host = host(device, hosts, LARGEST_MTU);
            carry(host, hosts.host(0), hosts.address(1));
            assertThat(device.mostMbufs).isEqualTo(2);
            assertThatThrownBy(() -> host(device, hosts, LARGEST_MTU + 1)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("MTU is 4595, legal with mbufs of 2304 bytes is at most 4594");
        }
    }

    private static DpdkHost host(FrameDevice device, RingHosts hosts, int mtu) throws DpdkException {
        return new DpdkHost("limits", device, hosts.pool(1),
                new Interface(0x0200_0000_0000L + hosts.address(1), hosts.address(1), 24, 0), DpdkHost.settings(mtu),
                SegmentChecksum.SOFTWARE);
    }
}
