package org.netchannel.optimized.dpdk.host;

import java.util.Arrays;
import java.util.List;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufRing;

/**
 * A queue of a device that has several: what comes for the host of another queue is handed over to it, and what others
 * hand over is taken. Nothing else depends on where a device delivers a frame. One thread calls.
 */
final class QueueDevice extends ForwardingDevice {
    private final int queue;
    private final QueueOwners owners;
    /** For the host of each queue: what the others have received for it. */
    private final List<MbufRing> inboxes;
    private final MbufBurst arrived = new MbufBurst(MbufBurst.USUAL);
    /** What goes to the host of each queue. */
    private final MbufBurst[] others;
    private boolean inboxFirst;
    /** Both are written by one thread and read by any. */
    private volatile long handedOver;
    private volatile long notTaken;

    /**
     * Of no frames yet.
     *
     * @param inboxes one for each queue
     */
    QueueDevice(FrameDevice device, int queue, QueueOwners owners, List<MbufRing> inboxes) {
        super(device);
        this.queue = queue;
        this.owners = owners;
        this.inboxes = List.copyOf(inboxes);
        others = new MbufBurst[inboxes.size()];
        Arrays.setAll(others, i -> new MbufBurst(MbufBurst.USUAL));
    }

    /** From the device and from the others by turns, so that neither waits for long. */
    @Override
    public int receive(MbufBurst burst) {
        if (burst.space() < MbufBurst.USUAL) {
            return 0;
        }
        inboxFirst = !inboxFirst;
        int before = burst.count();
        int came = inboxFirst ? inboxes.get(queue).take(burst) : fromDevice(burst);
        if (burst.count() > before) {
            return came;
        }
        return came + (inboxFirst ? fromDevice(burst) : inboxes.get(queue).take(burst));
    }

    private int fromDevice(MbufBurst burst) {
        int came = device.receive(arrived);
        for (int i = 0; i < arrived.count(); i++) {
            sort(arrived.get(i), burst);
        }
        arrived.clear();
        for (int other = 0; other < others.length; other++) {
            if (others[other].count() > 0) {
                handOver(others[other], inboxes.get(other));
            }
        }
        return came;
    }

    private void sort(long mbuf, MbufBurst ours) {
        int owner = owners.of(Mbuf.memory(), Mbuf.data(mbuf), Mbuf.length(mbuf));
        boolean forEverybody = owner == QueueOwners.EVERYBODY;
        if (forEverybody && Mbuf.segments(mbuf) > 1) {
            // Such messages are short. A chain can't be shared: whoever gets it takes it apart.
            owner = 0;
        } else if (forEverybody) {
            Mbuf.refer(mbuf, others.length - 1);
            for (int other = 0; other < others.length; other++) {
                (other == queue ? ours : others[other]).add(mbuf);
            }
            return;
        }
        (owner == queue ? ours : others[owner]).add(mbuf);
    }

    private void handOver(MbufBurst frames, MbufRing inbox) {
        handedOver = handedOver + inbox.put(frames);
        if (frames.count() > 0) {
            notTaken = notTaken + frames.count();
            frames.free();
        }
    }

    @Override
    public long count(DeviceCounter what) {
        return switch (what) {
            case HANDED_OVER -> handedOver;
            case NOT_TAKEN -> notTaken;
            case REFUSED, RESETS -> device.count(what);
        };
    }

    @Override
    public String toString() {
        return "queue " + queue + " of " + device;
    }
}
