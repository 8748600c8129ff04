package org.netchannel.optimized.dpdk;

import java.util.List;

/**
 * How DPDK's environment is started in this process.
 *
 * @param hugepages whether memory comes from hugepages; without them every machine will do
 * @param megabytes of memory, 1 to 65,536
 * @param devices PCI addresses that DPDK may take, with arguments of the driver behind a comma; none: it looks at no
 *     PCI device
 */
public record EalOptions(boolean hugepages, int megabytes, List<String> devices) {
    /** The most memory. */
    public static final int MOST_MEGABYTES = 65_536;

    /** Keeps a copy of the devices. */
    public EalOptions {
        devices = List.copyOf(devices);
        if (megabytes < 1 || megabytes > MOST_MEGABYTES) {
            throw new IllegalArgumentException(megabytes + " megabytes; legal: 1 to " + MOST_MEGABYTES);
        }
    }

    /**
     * Ordinary memory and no PCI device: for devices in memory and towards the kernel.
     *
     * @param megabytes of memory
     * @return the options
     */
    public static EalOptions withoutHugepages(int megabytes) {
        return new EalOptions(false, megabytes, List.of());
    }
}
