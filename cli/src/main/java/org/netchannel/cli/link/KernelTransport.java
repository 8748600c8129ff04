package org.netchannel.cli.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.Threading;

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
    public Threading threading() {
        return Threading.of(NetStack.Mode.DEDICATED);
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
    public void close() {
        // The stack closes its connections.
    }
}
