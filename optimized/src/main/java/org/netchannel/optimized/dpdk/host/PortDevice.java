package org.netchannel.optimized.dpdk.host;

import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.Offloads;
import org.netchannel.optimized.dpdk.Port;

/** A queue of a port, from which it keeps away when the port is to be reset. One thread calls. */
final class PortDevice implements FrameDevice {
    /** A link that comes up by a reset only is down for so long before there is one: connecting takes a while. */
    private static final long CONNECT_NS = 100_000_000;

    private final Port port;
    private final int queue;
    private final boolean readsAllMemory;
    private final boolean handsOverMbufs;
    private boolean joined = true;
    /** The queue is not used. */
    private boolean away;
    private DpdkException failure;
    /** When the link was last up, or a reset was asked for because it was not. */
    private long upNs = System.nanoTime();

    PortDevice(Port port, int queue) throws DpdkException {
        this.port = port;
        this.queue = queue;
        this.readsAllMemory = port.readsAllMemory();
        this.handsOverMbufs = port.handsOverMbufs();
        port.join(this);
    }

    @Override
    public int receive(MbufBurst burst) {
        return away ? 0 : port.receive(queue, burst);
    }

    @Override
    public int send(MbufBurst burst) {
        return away ? 0 : port.send(queue, burst);
    }

    @Override
    public boolean isUp() {
        if (!joined) {
            joined = true;
            port.join(this);
        }
        if (away || port.wantsReset()) {
            boolean mayGoOn = mayGoOn();
            if (away && mayGoOn) {
                // Another queue has reset it: a link that was down until then has time to come up.
                upNs = System.nanoTime();
            }
            away = !mayGoOn;
        }
        boolean up = !away && port.isUp();
        if (!away && port.connectsWhenStarted()) {
            connect(up);
        }
        return up;
    }

    private void connect(boolean up) {
        long now = System.nanoTime();
        if (up) {
            upNs = now;
        } else if (now - upNs > CONNECT_NS) {
            upNs = now;
            port.requestReset();
        }
    }

    private boolean mayGoOn() {
        failure = null;
        try {
            return port.keepAway(this);
        } catch (DpdkException e) {
            failure = e;
            return false;
        }
    }

    @Override
    public String problem() {
        if (failure != null) {
            return port.connectsWhenStarted()
                    ? "the link of " + port + " is down, and its server is not there" : failure.getMessage();
        }
        return away ? port + " is to be reset, and other queues of it are still in use" : null;
    }

    /** What is the port's is told by its first queue. */
    @Override
    public long count(DeviceCounter what) {
        if (queue > 0) {
            return 0;
        }
        return switch (what) {
            case REFUSED -> port.refused();
            case RESETS -> port.resets();
            case HANDED_OVER, NOT_TAKEN -> 0;
        };
    }

    @Override
    public void leave() {
        away = true;
        joined = false;
        port.leave(this);
    }

    @Override
    public boolean readsAllMemory() {
        return readsAllMemory;
    }

    @Override
    public boolean collect() {
        return !away && port.collect(queue);
    }

    @Override
    public boolean handsOverMbufs() {
        return handsOverMbufs;
    }

    @Override
    public Offloads offloads() {
        return port.offloads();
    }

    @Override
    public String toString() {
        return port.toString();
    }
}
