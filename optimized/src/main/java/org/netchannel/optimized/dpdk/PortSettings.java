package org.netchannel.optimized.dpdk;

/**
 * How a port is set up.
 *
 * @param queues of each direction, 1 to 1,024; a device with more than one spreads TCP connections over them (RSS)
 * @param descriptors of each queue, rounded to what the device can do
 * @param mtu largest frame without its Ethernet header, in bytes
 */
public record PortSettings(int queues, int descriptors, int mtu) {
    private static final int MOST_QUEUES = 1_024;
    private static final int MOST_DESCRIPTORS = 32_768;
    private static final int LEAST_MTU = 68;
    private static final int LARGEST_MTU = 65_535;

    /** Checks the bounds that hold for every device. */
    public PortSettings {
        check(queues, 1, MOST_QUEUES, "queues");
        check(descriptors, 1, MOST_DESCRIPTORS, "descriptors");
        check(mtu, LEAST_MTU, LARGEST_MTU, "bytes of MTU");
    }

    private static void check(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(value + " " + what + "; legal: " + least + " to " + most);
        }
    }
}
