package org.netchannel.optimized.dpdk.host;

/** What is counted between a host and its device. */
public enum DeviceCounter {
    /** Frames dropped because the device can't do with them what it was asked for. */
    REFUSED,
    /** Times that the device was reset. */
    RESETS,
    /** Frames that came on another queue than that of their connection, and that the host of that one got. */
    HANDED_OVER,
    /** Frames that it did not get, because it does not keep up: they were dropped. */
    NOT_TAKEN
}
