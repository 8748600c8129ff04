package org.netchannel.optimized.dpdk.host;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.RingLink;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** Hosts on both ends of a link of net_ring with several queues, which delivers frames on queues of its own choice. */
public final class WildHosts {
    /** On which queue a frame arrives. */
    public enum Choice {
        /** Any. */
        RANDOM,
        /** Always the same one. */
        FIRST,
        /** One that it does not belong to. */
        WRONG,
        /** That from which it was sent, as the device would do it. */
        SAME
    }

    private static final int MBUFS = 8_191;
    private static final int NETWORK = 0x0a4e_4300;
    private static final long LINK = 0x0200_0000_0000L;

    private final List<MbufPool> pools = new ArrayList<>();
    private final List<QueueHosts> ends = new ArrayList<>();
    private final RingLink link;

    public WildHosts(int queues, int mtu, Choice choice) throws DpdkException {
        for (int end = 0; end < 2; end++) {
            pools.add(MbufPool.create("wild.p" + end, MBUFS, 2_304));
        }
        link = RingLink.create("wild", new PortSettings(queues, 256, 1_500), pools.getFirst());
        for (int end = 0; end < 2; end++) {
            Object[] locks = Stream.generate(Object::new).limit(queues).toArray();
            List<FrameDevice> devices = new ArrayList<>();
            for (int queue = 0; queue < queues; queue++) {
                devices.add(choice == Choice.SAME ? FrameDevice.of(link.port(end), queue)
                        : new WildQueue(link.port(end), queue, locks, choice));
            }
            Interface self = new Interface(LINK + address(end), address(end), 24, 0);
            ends.add(new QueueHosts("wild" + end, devices, QueueOwners.of(queues), pools.get(end), self,
                    DpdkHost.settings(mtu), SegmentChecksum.SOFTWARE));
        }
    }

    /** Sends into any queue, which one thread at a time may do. */
    private static final class WildQueue implements FrameDevice {
        private final Port port;
        private final int queue;
        private final Object[] locks;
        private final Choice choice;
        private final QueueOwners owners;
        private final SplittableRandom random;
        private final MbufBurst single = new MbufBurst(1);

        private WildQueue(Port port, int queue, Object[] locks, Choice choice) {
            this.port = port;
            this.queue = queue;
            this.locks = locks;
            this.choice = choice;
            owners = QueueOwners.of(locks.length);
            random = new SplittableRandom(queue);
        }

        private int target(long mbuf) {
            return switch (choice) {
                case RANDOM -> random.nextInt(locks.length);
                case FIRST -> 0;
                case WRONG -> Math.floorMod(
                        owners.of(Mbuf.memory(), Mbuf.data(mbuf), Mbuf.length(mbuf)) + 1, locks.length);
                case SAME -> queue;
            };
        }

        @Override
        public int receive(MbufBurst burst) {
            return port.receive(queue, burst);
        }

        @Override
        public int send(MbufBurst burst) {
            int all = burst.count();
            int sent = 0;
            while (sent < all) {
                int target = target(burst.get(sent));
                single.add(burst.get(sent));
                synchronized (locks[target]) {
                    if (port.send(target, single) == 0) {
                        break;
                    }
                }
                sent++;
            }
            single.clear();
            burst.drop(sent);
            return sent;
        }

        @Override
        public boolean isUp() {
            return port.isUp();
        }

        @Override
        public boolean readsAllMemory() {
            return true;
        }

        @Override
        public boolean handsOverMbufs() {
            return true;
        }
    }

    public List<DpdkHost> hosts(int end) {
        return ends.get(end).all();
    }

    public Port port(int end) {
        return link.port(end);
    }

    public static int address(int end) {
        return NETWORK + 1 + end;
    }

    public long handedOver() {
        return ends.get(0).count(DeviceCounter.HANDED_OVER) + ends.get(1).count(DeviceCounter.HANDED_OVER);
    }

    /** Ends everything; tells how many mbufs have not come back. */
    public int close() {
        ends.forEach(QueueHosts::close);
        link.close();
        ends.forEach(QueueHosts::reclaim);
        // Each may have had what is the other's.
        ends.forEach(end -> end.all().forEach(DpdkHost::giveBack));
        int missing = pools.stream().mapToInt(pool -> pool.count() - pool.available()).sum();
        pools.forEach(MbufPool::close);
        return missing;
    }
}
