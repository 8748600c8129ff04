package org.netchannel.optimized.dpdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * No PCI device, and memory from hugepages when the system has enough of them free: the fewer pages there are, the
     * faster memory is found.
     *
     * @param megabytes of memory
     * @param free how many megabytes of hugepages have to be free: for several processes what all take
     * @return the options
     */
    public static EalOptions withHugepagesWhereFree(int megabytes, int free) {
        return new EalOptions(freeHugepages(Path.of("/proc/meminfo")) >= free, megabytes, List.of());
    }

    /** Megabytes of hugepages of the usual size that nobody has or was promised; 0 where the file does not say so. */
    static long freeHugepages(Path memoryInformation) {
        try {
            List<String> lines = Files.readAllLines(memoryInformation);
            long pages = number(lines, "HugePages_Free") - number(lines, "HugePages_Rsvd");
            return pages * number(lines, "Hugepagesize") >> 10;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long number(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.matches(name + ":\\s+\\d{1,12}( kB)?"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
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
