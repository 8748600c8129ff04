package org.netchannel.conformance.transfer;

import java.util.Map;

/**
 * What one process of a transfer is to do; the first line it reads, as JSON.
 *
 * @param host its name in the trace
 * @param implementation which endpoint, see {@link Implementations}
 * @param dials whether it dials the link and opens the connection; the other accepts both
 * @param port the TCP port to dial, 0 where it accepts
 * @param file the file it sends and expects
 * @param trace where its trace goes
 * @param config the endpoint's settings
 * @param seed the endpoint's seed
 * @param incarnation the host incarnation, in nanoseconds since 1970
 * @param latencyChannels data channels of class LATENCY
 * @param throughputChannels data channels of class THROUGHPUT
 * @param killAfterBytes after how many bytes it breaks a data channel, or -1 for never
 * @param stallNanos without progress for so long it gives up
 */
record HostPlan(
        String host,
        String implementation,
        boolean dials,
        int port,
        String file,
        String trace,
        Map<String, Long> config,
        long seed,
        long incarnation,
        int latencyChannels,
        int throughputChannels,
        long killAfterBytes,
        long stallNanos) {}
