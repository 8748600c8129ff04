package org.netchannel.bench.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.netchannel.optimized.MemoryLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.TcpLink;

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
