package org.netchannel.conformance.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/**
 * Replays a trace on endpoints: every call is taken from a line, and every answer is compared with the line's. Payload
 * follows the pattern; where a line says that bytes were wrong, wrong ones are given. One thread calls.
 */
public final class TraceReplayer {
    private final Supplier<Endpoint> endpoints;

    /**
     * Makes a replayer.
     *
     * @param endpoints makes an endpoint for each host of a trace
     */
    public TraceReplayer(Supplier<Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    /**
     * The first answer that differs.
     *
     * @param expected the line of the trace
     * @param answered the same call with the answer that it got now
     */
    public record Difference(TraceLine expected, TraceLine answered) {}

    /**
     * Replays a trace up to the first answer that differs. Messages for people are not compared.
     *
     * @param header the trace's first line
     * @param lines the lines after it, read once and in order; their hosts are those of the header
     * @return the difference, or empty when every answer is the same
     */
    public Optional<Difference> replay(TraceHeader header, Iterable<TraceLine> lines) {
        Map<Long, String> connecting = new HashMap<>();
        Map<String, ReplayedHost> hosts = new HashMap<>();
        for (String name : header.hosts()) {
            hosts.put(name, new ReplayedHost(endpoints.get(), name, connecting));
        }
        for (TraceLine line : lines) {
            TraceLine answered = hosts.get(line.host()).call(line);
            if (answered.nanos() != line.nanos() || !comparable(answered.event()).equals(comparable(line.event()))) {
                return Optional.of(new Difference(line, answered));
            }
            if (line.event() instanceof TraceEvent.Connect connect
                    && connect.outcome() instanceof Outcome.Ok<Connected>(Connected connected)) {
                connecting.put(connected.connection(), line.host());
            }
        }
        return Optional.empty();
    }

    private static List<Object> comparable(TraceEvent event) {
        return event.outcome() instanceof Outcome.Failed<?>(var error, var reason, var message)
                ? List.of(error, reason) : List.of(event.outcome());
    }
}
