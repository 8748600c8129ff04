package org.netchannel.optimized;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.FutureTask;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.OwnNamespace;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/**
 * A process in a network namespace of its own with two stacks: one on a device of DPDK, the other one on the kernel's
 * TCP, which is at the other end of the device.
 */
final class DpdkKernelMain {
    private static final String KERNEL = "198.18.0.1";
    private static final int OURS = 198 << 24 | 18 << 16 | 2;
    private static final int PORT = 7_000;
    /** It counts the Ethernet header. */
    private static final int MTU_THAT_TAP_SPLITS = 1_486;

    private DpdkKernelMain() {}

    /**
     * Runs it; says {@code carried} when every byte has arrived both ways.
     *
     * @param arguments {@code tap} or {@code veth}, and {@code true} when the stack on the kernel dials
     */
    public static void main(String[] arguments) throws Exception {
        boolean veth = arguments[0].equals("veth");
        Eal.start(EalOptions.withoutHugepages(64));
        if (veth) {
            OwnNamespace.makeVeth();
        }
        String device = veth ? "net_af_packet1,iface=nc-dpdk" : "net_tap6,iface=nc-kernel";
        try (MbufPool pool = MbufPool.create("kernel", 4_095, 2_304);
                Port port = Port.open(Device.of(device), new PortSettings(1, 256, 1_500), pool)) {
            OwnNamespace.bringKernelUp();
            DpdkHost host = new DpdkHost("kernel", FrameDevice.of(port, 0), pool,
                    new Interface(0x0200_0000_0009L, OURS, 30, 0),
                    DpdkHost.settings(veth ? 1_500 : MTU_THAT_TAP_SPLITS),
                    SegmentChecksum.SOFTWARE);
            carry(host, Boolean.parseBoolean(arguments[1]));
            if (!veth && host.ip().counters().get(Counter.LARGE_SEGMENTS) == 0) {
                throw new AssertionError("net_tap splits, and nothing was large");
            }
            System.out.println("carried");
        }
    }

    private static void carry(DpdkHost host, boolean kernelDials) throws Exception {
        try (NetStack ours = stack(); NetStack kernels = stack()) {
            DpdkLink link = DpdkLink.open(ours, host);
            if (kernelDials) {
                link.listen(PORT);
                TcpLink.dial(kernels, new InetSocketAddress("198.18.0.2", PORT), 1, 2);
            } else {
                TcpLink.listen(kernels, new InetSocketAddress(KERNEL, PORT));
                link.dial(198 << 24 | 18 << 16 | 1, PORT, 1, 2);
            }
            VirtualServerSocket server = kernels.listen(80, 1);
            VirtualSocket a = ours.connect(80, ChannelClass.THROUGHPUT);
            VirtualSocket b = server.accept();
            FutureTask<Void> there = start(() -> Streams.sendAll(a, 1, 100_000));
            FutureTask<Void> back = start(() -> Streams.sendAll(b, 2, 100_000));
            FutureTask<Void> heard = start(() -> Streams.receiveAll(b, 1, 50_000));
            Streams.receiveAll(a, 2, 50_000);
            heard.get();
            there.get();
            back.get();
        }
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 32 << 20);
    }

    private static FutureTask<Void> start(java.util.concurrent.Callable<Void> task) {
        FutureTask<Void> future = new FutureTask<>(task);
        Thread.ofPlatform().daemon().start(future);
        return future;
    }
}
