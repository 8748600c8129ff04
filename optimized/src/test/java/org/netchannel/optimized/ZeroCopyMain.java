package org.netchannel.optimized;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalMemory;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.optimized.tcp.host.Ipv4Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** A process with a net_memif whose server reads this process's memory. Says what it has done, and is told to go on. */
final class ZeroCopyMain {
    /** Of hugepages. */
    static final int MEGABYTES = 112;
    static final int SERVER = 0x0a4e_4f01;
    static final int PORT = 80;
    static final int LINK_PORT = 7_000;
    /** Few descriptors, so that the queue is full again and again, and two of them for a frame. */
    static final String RING = ",rsize=6,bsize=9216";
    static final PortSettings SETTINGS = new PortSettings(1, 64, 9_000);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Device device;

    private ZeroCopyMain(Device device) {
        this.device = device;
    }

    /**
     * Runs it: exchanges twice, opening the device anew, sends to a server that goes, and exchanges with another one.
     *
     * @param arguments the device
     */
    public static void main(String[] arguments) throws Exception {
        Eal.start(new EalOptions(true, MEGABYTES, List.of()));
        ZeroCopyMain main = new ZeroCopyMain(Device.of(arguments[0]));
        main.exchange();
        main.exchange();
        main.loseTheServer();
        main.exchange();
        Runtime.getRuntime().halt(0);
    }

    /** Opens hosts on a device, nobody else computing checksums: what is read at the wrong time is not dropped. */
    static PortHosts open(Device device, int address) throws DpdkException {
        return PortHosts.open("zero", device, SETTINGS, new Ipv4Interface(address, 24, 0),
                DpdkHost.settings(SETTINGS.mtu()), SegmentChecksum.DEVICE);
    }

    private void exchange() throws Exception {
        try (PortHosts hosts = open(device, SERVER + 1); NetStack stack = stack()) {
            VirtualSocket socket = connect(hosts, stack);
            Future<?> sending = start(() -> Streams.sendAll(socket, 1, 200_000));
            Streams.receiveAll(socket, 1, 200_000);
            sending.get();
        }
        System.out.println("exchanged");
    }

    private void loseTheServer() throws Exception {
        try (PortHosts hosts = open(device, SERVER + 1); NetStack stack = stack()) {
            VirtualSocket socket = connect(hosts, stack);
            Future<?> sending = start(() -> Streams.sendAll(socket, 1, 200_000));
            System.out.println("sending");
            while (hosts.host(0).problem() == null) {
                Thread.onSpinWait();
            }
            sending.cancel(true);
            requireNoReset(hosts);
        }
        System.out.println("alone");
        System.in.read();
    }

    private static void requireNoReset(PortHosts hosts) {
        try {
            hosts.port().reset();
        } catch (DpdkException e) {
            return;
        }
        throw new IllegalStateException("a reset loses what the driver has");
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, Threading.of(NetStack.Mode.DEDICATED), SchedulingPolicies.ROUND_ROBIN,
                16 << 20, EalMemory.INSTANCE, null);
    }

    private static VirtualSocket connect(PortHosts hosts, NetStack stack) throws IOException {
        if (hosts.host(0).readsAllMemory() || hosts.port().connectsWhenStarted()) {
            throw new IllegalStateException("the server would not see all memory, or could come again");
        }
        DpdkLinks.open(stack, hosts.hosts()).dial(SERVER, LINK_PORT, 0, 2);
        return stack.connect(PORT, ChannelClass.THROUGHPUT);
    }

    private Future<?> start(Callable<Void> work) {
        return threads.submit(work);
    }
}
