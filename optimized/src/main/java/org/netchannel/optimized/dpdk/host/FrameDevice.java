package org.netchannel.optimized.dpdk.host;

import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.Offloads;
import org.netchannel.optimized.dpdk.Port;

/** Where a host's frames go and come from: a queue of a port, or something in front of one. One thread calls. */
public interface FrameDevice {
    /**
     * Takes frames that have arrived. Allocates nothing.
     *
     * @param burst gets the frames at its end
     * @return how many have arrived, also of those that were not for the caller; 0 when there was nothing to do
     */
    int receive(MbufBurst burst);

    /**
     * Hands frames over. What is not taken stays in the burst. Allocates nothing.
     *
     * @param burst the frames, in the order in which they go
     * @return how many were taken
     */
    int send(MbufBurst burst);

    /**
     * Whether the device works.
     *
     * @return false while its link is down, and when it is gone
     */
    boolean isUp();

    /**
     * Whether it can send from any memory of the process.
     *
     * @return false for hardware and for what shares memory with another process: they send from
     *     {@link org.netchannel.optimized.dpdk.EalMemory} only
     */
    boolean readsAllMemory();

    /**
     * Has the device give back what it has sent, where it does that only when it is asked to. Allocates nothing.
     *
     * @return whether it is such a device; false unless said otherwise
     */
    default boolean collect() {
        return false;
    }

    /**
     * Whether what is received is in the mbufs that the sender put it into: they may be of any size.
     *
     * @return false unless said otherwise: it is in mbufs of the host's pool
     */
    default boolean handsOverMbufs() {
        return false;
    }

    /**
     * What it does instead of the host.
     *
     * @return nothing unless said otherwise; always the same
     */
    default Offloads offloads() {
        return Offloads.NONE;
    }

    /**
     * What is wrong with the device, beyond that its link is down.
     *
     * @return one line; null when nothing else is known
     */
    default String problem() {
        return null;
    }

    /**
     * What was counted so far. Any thread.
     *
     * @param what which count
     * @return since it was opened; each event is told by one device of a port only
     */
    default long count(DeviceCounter what) {
        return 0;
    }

    /** It will not be used before {@link #isUp} is asked again. */
    default void leave() {}

    /**
     * The device of one queue of a port. When the port wants to be reset, the first {@link #isUp} after that makes the
     * device keep away from its queue until all devices of the port do; the last one resets it. Meanwhile it is down.
     *
     * @param port is not closed with it
     * @param queue 0 to queues - 1
     * @return what uses this queue
     * @throws DpdkException when the port is closed
     */
    static FrameDevice of(Port port, int queue) throws DpdkException {
        return new PortDevice(port, queue);
    }
}
