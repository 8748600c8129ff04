package org.netchannel.traces;

import java.util.List;

/**
 * The first line of a trace (endpoint.md, "Traces").
 *
 * @param implementation who made the trace
 * @param hosts the names of the hosts
 * @param config the settings both hosts were opened with
 * @param seed what the run was made from
 */
public record TraceHeader(String implementation, List<String> hosts, Config config, long seed) {
    /** Keeps an immutable copy. */
    public TraceHeader {
        hosts = List.copyOf(hosts);
    }
}
