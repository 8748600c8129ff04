package org.netchannel.optimized.dpdk.host;

import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.Offloads;

/** Something in front of a device: what it does not change is the device's. The thread of the device calls. */
public abstract class ForwardingDevice implements FrameDevice {
    /** What is behind it. */
    protected final FrameDevice device;

    /**
     * Changes nothing.
     *
     * @param device what is behind it
     */
    protected ForwardingDevice(FrameDevice device) {
        this.device = device;
    }

    @Override
    public int receive(MbufBurst burst) {
        return device.receive(burst);
    }

    @Override
    public int send(MbufBurst burst) {
        return device.send(burst);
    }

    @Override
    public boolean isUp() {
        return device.isUp();
    }

    @Override
    public boolean readsAllMemory() {
        return device.readsAllMemory();
    }

    @Override
    public boolean collect() {
        return device.collect();
    }

    @Override
    public boolean handsOverMbufs() {
        return device.handsOverMbufs();
    }

    @Override
    public Offloads offloads() {
        return device.offloads();
    }

    @Override
    public String problem() {
        return device.problem();
    }

    @Override
    public long count(DeviceCounter what) {
        return device.count(what);
    }

    @Override
    public void leave() {
        device.leave();
    }

    @Override
    public String toString() {
        return device.toString();
    }
}
