package org.netchannel.cli.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.TcpLink;
import org.netchannel.traces.Config;

/** TCP of the kernel's; it knows what it reaches. */
record KernelTransport() implements Transport {
    @Override
    public InetAddress home() {
        return InetAddress.ofLiteral("127.0.0.1");
    }

    @Override
    public boolean reaches(InetAddress peer) {
        return true;
    }

    @Override
    public NetStack start(Config config, long memoryBytes) {
        return new NetStack(config, NetStack.Mode.DEDICATED, SchedulingPolicies.SHORTEST_QUEUE, memoryBytes);
    }

    @Override
    public InetSocketAddress listen(NetStack stack, InetSocketAddress address) throws IOException {
        return TcpLink.listen(stack, address);
    }

    @Override
    public void dial(NetStack stack, InetSocketAddress peer, int latency, int throughput) {
        TcpLink.dial(stack, peer, latency, throughput);
    }

    @Override
    public void keepMemory() {
        // The garbage collector knows who reads.
    }

    @Override
    public void close() {
        // The stack closes its connections.
    }
}
