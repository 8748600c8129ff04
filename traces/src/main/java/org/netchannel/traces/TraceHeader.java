package org.netchannel.traces;

import java.util.HashSet;
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
    /** Keeps an immutable copy; checks that there are hosts, that they differ, and that they could open with this. */
    public TraceHeader {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty() || new HashSet<>(hosts).size() < hosts.size()) {
            throw new IllegalArgumentException("hosts are " + hosts + ", legal is at least one, and different names");
        }
        if (!config.problem().isEmpty()) {
            throw new IllegalArgumentException(config.problem());
        }
    }
}
