package org.netchannel.optimized;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint.State;

/** Two stacks in one process that one thread steps. */
final class Stepped implements AutoCloseable {
    final NetStack left;
    final NetStack right;

    Stepped(Config config, int channels) {
        this(config, channels, 64 << 20);
    }

    Stepped(Config config, int channels, long memoryBytes) {
        left = new NetStack(config, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, memoryBytes);
        right = new NetStack(config, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, memoryBytes);
        MemoryLink.connect(left, right, channels, 0);
    }

    void step() {
        left.doWork();
        right.doWork();
    }

    void until(BooleanSupplier reached) {
        Until.reached(reached, this::step);
    }

    /** A connection from left to right, open on both sides: the end that asked, and the one that was asked. */
    VirtualSocket[] connect(VirtualServerSocket server) throws IOException {
        VirtualSocket asking = left.startConnecting(server.port(), ChannelClass.LATENCY);
        until(() -> asking.state() == State.ESTABLISHED);
        return new VirtualSocket[] {asking, server.tryAccept().orElseThrow()};
    }

    @Override
    public void close() {
        left.close();
        right.close();
    }
}
