package org.netchannel.conformance.optimized;

import java.nio.file.Path;
import org.netchannel.optimized.DpdkLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.dpdk.host.LossyDevice;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** One end of a link of net_memif between two processes, which loses a share of the frames that arrive. */
final class MemifEnd implements AutoCloseable {
    static final int PORT = 7_000;
    private static final int NETWORK = 0x0a4e_4300;
    private static final int FRAME = 9_216;

    private final MbufPool pool;
    private final Port port;
    private final LossyDevice device;
    private final DpdkHost host;

    /** End 1 has to be there before end 2, in a folder that both know. */
    MemifEnd(int end, Path folder, int mtu, double loss) throws DpdkException {
        pool = MbufPool.create("traces", 4_095, FRAME);
        port = Port.open(
                Device.of("net_memif" + end + ",socket-abstract=no,socket=" + folder.resolve("memif")
                        + ",bsize=" + FRAME + ",role=" + (end == 1 ? "server" : "client")),
                new PortSettings(1, 256, 1_500), pool);
        device = new LossyDevice(FrameDevice.of(port, 0), end, loss);
        host = new DpdkHost("traces", device, pool, new Interface(0x0200_0000_0000L + end, NETWORK + end, 24, 0),
                DpdkHost.settings(mtu), SegmentChecksum.SOFTWARE);
    }

    void listen(NetStack stack) {
        DpdkLink.open(stack, host).listen(PORT);
    }

    void dialTheOtherEnd(NetStack stack, int channels) {
        DpdkLink.open(stack, host).dial(NETWORK + 2, PORT, channels, channels);
    }

    /** For when nobody receives any more. */
    long lost() {
        return device.lost();
    }

    @Override
    public void close() {
        port.close();
        pool.close();
    }
}
