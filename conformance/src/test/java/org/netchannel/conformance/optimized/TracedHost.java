package org.netchannel.conformance.optimized;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.Threading;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.RecordingEndpoint;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceWriter;

/** A stack that writes a trace of its own, beside one in another process. */
final class TracedHost implements AutoCloseable {
    private final TraceWriter trace;
    private final NetStack stack;

    TracedHost(String name, Path folder) throws IOException {
        trace = TraceWriter.create(
                file(name, folder), new TraceHeader("optimized 1", List.of(name), Conversation.CONFIG, 0));
        stack = new NetStack(Conversation.CONFIG, Threading.of(NetStack.Mode.DEDICATED),
                SchedulingPolicies.ROUND_ROBIN, 64 << 20,
                told -> new RecordingEndpoint(told, name, PayloadPattern::matches, trace::write));
    }

    static Path file(String name, Path folder) {
        return folder.resolve(name + ".ndjson");
    }

    NetStack stack() {
        return stack;
    }

    /** The trace is there when the stack is no more. */
    @Override
    public void close() throws IOException {
        stack.close();
        trace.close();
    }
}
