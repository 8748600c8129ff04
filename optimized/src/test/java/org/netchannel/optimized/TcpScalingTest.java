package org.netchannel.optimized;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Over TCP connections of the kernel's. */
class TcpScalingTest extends ScalingContract {
    @Override
    void dial(NetStack dialing, NetStack listening, ChannelRange range) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        TcpLink.dial(dialing, TcpLink.listen(listening, any), range, range);
    }
}
