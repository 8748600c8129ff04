package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What a device counts.
 *
 * @param received frames received
 * @param sent frames sent
 * @param receivedBytes bytes of frames received
 * @param sentBytes bytes of frames sent
 * @param missed frames dropped because the queue was full
 * @param receiveErrors frames that were damaged
 * @param sendErrors frames that the device failed to send
 * @param withoutMbuf frames dropped because the pool was empty
 */
public record PortStatistics(
        long received,
        long sent,
        long receivedBytes,
        long sentBytes,
        long missed,
        long receiveErrors,
        long sendErrors,
        long withoutMbuf) {

    static PortStatistics of(int port) throws DpdkException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statistics = arena.allocate(Shim.call("statistics_size"), Long.BYTES);
            int result = Shim.call("statistics", port, statistics.address());
            if (result < 0) {
                throw new DpdkException("statistics of port " + port, result);
            }
            return new PortStatistics(field(statistics, "ipackets"), field(statistics, "opackets"),
                    field(statistics, "ibytes"), field(statistics, "obytes"), field(statistics, "imissed"),
                    field(statistics, "ierrors"), field(statistics, "oerrors"), field(statistics, "rx_nombuf"));
        }
    }

    private static long field(MemorySegment statistics, String name) {
        return statistics.get(JAVA_LONG_UNALIGNED, MbufLayout.offset("rte_eth_stats." + name, Long.BYTES));
    }
}
