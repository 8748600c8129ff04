package org.netchannel.optimized.dpdk.host;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.MbufRing;
import org.netchannel.optimized.tcp.Settings;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/**
 * A host for each queue of a device, all with the same address. A connection is that host's whose queue it
 * {@linkplain QueueOwners belongs} to; the first host answers who asks for the address. A single host has the device's
 * queue for itself, with nothing in front of it.
 */
final class QueueHosts {
    /** How many frames may wait to be taken by the host of another queue. */
    private static final int INBOX = 1_024;

    private final List<MbufRing> inboxes = new ArrayList<>();
    private final List<QueueDevice> devices = new ArrayList<>();
    private final List<DpdkHost> hosts = new ArrayList<>();

    /**
     * Makes them.
     *
     * @param name unique in the process, at most 8 letters
     * @param queues of the device, at least one
     * @param owners says which connection belongs to which of them
     * @param pool of all hosts, each of which holds its part
     * @param self of all hosts
     * @param tcp of all hosts
     * @param checksum of all hosts
     * @throws DpdkException when memory is missing; nothing is left then
     */
    QueueHosts(String name, List<FrameDevice> queues, QueueOwners owners, MbufPool pool, Interface self, Settings tcp,
            SegmentChecksum checksum) throws DpdkException {
        boolean made = false;
        try {
            for (int queue = 0; queues.size() > 1 && queue < queues.size(); queue++) {
                inboxes.add(MbufRing.create(name + ".in" + queue, INBOX));
            }
            for (int queue = 0; queue < inboxes.size(); queue++) {
                devices.add(new QueueDevice(queues.get(queue), queue, owners, inboxes));
            }
            List<? extends FrameDevice> used = devices.isEmpty() ? queues : devices;
            for (int queue = 0; queue < used.size(); queue++) {
                hosts.add(new DpdkHost(name + "." + queue, used.get(queue), pool, pool.count() / used.size(), self, tcp,
                        checksum));
                share(queue, owners);
            }
            made = true;
        } finally {
            if (!made) {
                close();
                reclaim();
            }
        }
    }

    private void share(int queue, QueueOwners owners) {
        if (!devices.isEmpty()) {
            hosts.get(queue).ip().tcp().connectOnly(flow -> owners.of(flow) == queue);
        }
        if (queue > 0) {
            hosts.get(queue).ip().leaveAnswersToOthers();
        }
    }

    List<DpdkHost> all() {
        return List.copyOf(hosts);
    }

    /** Of all hosts together. */
    long count(DeviceCounter what) {
        return hosts.stream().mapToLong(host -> host.count(what)).sum();
    }

    /** Before the device is closed: what the hosts have of it goes back. */
    void close() {
        hosts.forEach(DpdkHost::close);
    }

    /** After that: what the device has not given back is lost with it. */
    void forfeit() {
        hosts.forEach(DpdkHost::forfeit);
    }

    /** After that: also what was received and not read. */
    void reclaim() {
        inboxes.forEach(MbufRing::close);
        hosts.forEach(DpdkHost::reclaim);
        hosts.forEach(DpdkHost::giveBack);
    }
}
