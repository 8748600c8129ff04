package org.netchannel.bench.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.netchannel.optimized.MemoryLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.Threading;
import org.netchannel.traces.Config;

/** Makes channels between two stacks of one process. */
public interface Connector {
    /** In memory. */
    Connector MEMORY = (left, right, latency, throughput) -> {
        MemoryLink.connect(left, right, latency, throughput);
        return () -> { };
    };

    /** Over TCP connections of the kernel's, by way of loopback. */
    Connector TCP = (left, right, latency, throughput) -> {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        TcpLink.dial(left, TcpLink.listen(right, any), latency, throughput);
        return () -> { };
    };

    /**
     * Makes a stack whose memory suits the channels.
     *
     * @param config its settings
     * @param threading who does its work
     * @return without channels
     * @throws IOException when what has the memory does not start
     */
    default NetStack newStack(Config config, Threading threading) throws IOException {
        return new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, StackLink.MEMORY_BYTES);
    }

    /**
     * Makes them.
     *
     * @param left dials
     * @param right accepts
     * @param latency how many data channels of that class
     * @param throughput how many of that one
     * @return to be run when both stacks were closed
     * @throws IOException when they can't be made
     */
    Runnable connect(NetStack left, NetStack right, int latency, int throughput) throws IOException;
}
