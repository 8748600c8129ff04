package org.netchannel.optimized;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.Config;

/** A process with a stack on a device of DPDK, which sends back what comes until its standard input ends. */
final class StackMain {
    static final int ADDRESS = 0x0a4e_4301;

    private StackMain() {}

    /**
     * Runs it.
     *
     * @param arguments the device
     */
    public static void main(String[] arguments) throws Exception {
        Thread.ofPlatform().daemon().start(StackMain::endWithInput);
        Eal.start(EalOptions.withoutHugepages(128));
        MbufPool pool = MbufPool.create("stack", 4_095, 9_216);
        Port port = Port.open(Device.of(arguments[0]), new PortSettings(1, 256, 1_500), pool);
        DpdkHost host = new DpdkHost("stack", FrameDevice.of(port, 0), pool,
                new Interface(0x0200_0000_0000L | ADDRESS, ADDRESS, 24, 0), DpdkHost.settings(9_000),
                SegmentChecksum.SOFTWARE);
        try (NetStack stack = new NetStack(
                Config.DEFAULTS, NetStack.Mode.DEDICATED, SchedulingPolicies.ROUND_ROBIN, 32 << 20)) {
            VirtualServerSocket server = stack.listen(80, 10);
            DpdkLink.open(stack, host).listen(7_000);
            System.out.println("ready");
            while (!Thread.interrupted()) {
                VirtualSocket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> echo(socket));
            }
        }
    }

    /** Sends back what comes, until that ends. */
    static void echo(VirtualSocket socket) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100_000);
        try (socket) {
            while (socket.receive(buffer.clear()) >= 0) {
                socket.send(buffer.flip());
            }
            socket.shutdown();
        } catch (IOException e) {
            System.err.println("echo: " + e.getMessage());
        }
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("standard input: " + e.getMessage());
        }
        Runtime.getRuntime().halt(0);
    }
}
