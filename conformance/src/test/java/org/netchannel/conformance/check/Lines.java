package org.netchannel.conformance.check;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceEvent.Range;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/** A trace written by hand. */
final class Lines implements Iterable<TraceLine> {
    static final TraceHeader HEADER = new TraceHeader("by hand", List.of("left", "right"), Config.DEFAULTS, 1);

    private final List<TraceLine> lines = new ArrayList<>();

    Lines add(String host, TraceEvent event) {
        lines.add(new TraceLine(lines.size() + 1L, host, 0, event));
        return this;
    }

    Lines send(long offset, int taken) {
        return add("left", new TraceEvent.Send(1, new Range(offset, taken), Outcome.ok(taken)));
    }

    Lines receive(long offset, int length) {
        return add("right", new TraceEvent.Receive(
                1, 1 << 20, Outcome.ok(new TraceEvent.Received(new Range(offset, length), true, false))));
    }

    Lines listen(int backlog) {
        return add("right", new TraceEvent.Listen(1, backlog, Outcome.done()));
    }

    Lines unlisten() {
        return add("right", new TraceEvent.Unlisten(1, Outcome.done()));
    }

    Lines accept(int port) {
        return add("right", new TraceEvent.Accept(port, Outcome.ok(Optional.of(new Connected(1, 7)))));
    }

    Lines shutdown(int socket) {
        return add("left", new TraceEvent.Shutdown(socket, Outcome.done()));
    }

    Lines abort(int socket) {
        return add("left", new TraceEvent.Abort(socket, Outcome.done()));
    }

    @Override
    public Iterator<TraceLine> iterator() {
        return lines.iterator();
    }
}
