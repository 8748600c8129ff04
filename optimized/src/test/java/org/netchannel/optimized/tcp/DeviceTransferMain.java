package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.optimized.tcp.KernelTests.read;
import static org.netchannel.optimized.tcp.KernelTests.start;
import static org.netchannel.optimized.tcp.KernelTests.write;

import java.net.Socket;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.OwnNamespace;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.FaultyDevice;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/**
 * A process in a network namespace of its own: a host on a device of DPDK, and the kernel at the other end of that.
 * Both send and receive at once, over and over, with other faults each time.
 */
final class DeviceTransferMain {
    private static final String OURS = "198.18.0.2";
    private static final int OUR_ADDRESS = 198 << 24 | 18 << 16 | 2;
    private static final int MBUFS = 8_191;
    private static final long SEED = 1;

    /** What happens to frames, in parts of a million. */
    private record Faults(int loss, int reordering, int duplication) {
        private boolean any() {
            return most() > 0;
        }

        private int most() {
            return Math.max(loss, Math.max(reordering, duplication));
        }
    }

    private static final Faults[] ALL = {
        new Faults(0, 0, 0), new Faults(1_000, 0, 0), new Faults(10_000, 0, 0), new Faults(0, 10_000, 0),
        new Faults(0, 0, 10_000), new Faults(1_000, 1_000, 1_000)
    };

    private final FaultyDevice device;
    private final DpdkHost host;
    private final TcpListener listener;
    private final int mtu;
    private final long bytes;
    private final long patienceNs;
    private TcpConnection accepted;

    private DeviceTransferMain(Port port, MbufPool pool, int mtu, long bytes) throws DpdkException {
        this.mtu = mtu;
        this.bytes = bytes;
        patienceNs = 60_000_000_000L + 1_000 * bytes;
        device = new FaultyDevice(FrameDevice.of(port, 0), pool, SEED);
        host = new DpdkHost("transfer", device, pool, new Interface(0x0200_0000_0009L, OUR_ADDRESS, 30, 0),
                DpdkHost.settings(mtu), SegmentChecksum.SOFTWARE);
        listener = host.ip().listen(80, 10);
    }

    /**
     * Runs it; says {@code carried} when every byte has arrived both ways each time, and every mbuf has come back.
     *
     * @param arguments {@code tap} or {@code veth}, MTU of TCP, and how many bytes go each way
     */
    public static void main(String[] arguments) throws Exception {
        boolean veth = arguments[0].equals("veth");
        Eal.start(EalOptions.withoutHugepages(128));
        if (veth) {
            OwnNamespace.makeVeth();
        }
        Device device = Device.of(veth ? "net_af_packet1,iface=nc-dpdk" : "net_tap6,iface=nc-kernel");
        try (MbufPool pool = MbufPool.create("transfer", MBUFS, 2_304)) {
            try (Port port = Port.open(device, new PortSettings(1, 256, 1_500), pool)) {
                OwnNamespace.bringKernelUp();
                int mtu = Integer.parseInt(arguments[1]);
                DeviceTransferMain main = new DeviceTransferMain(port, pool, mtu, Long.parseLong(arguments[2]));
                for (Faults faults : ALL) {
                    main.carry(faults);
                }
                main.host.close();
            }
            assertThat(pool.available()).as("mbufs that have come back").isEqualTo(MBUFS);
        }
        System.out.println("carried");
    }

    private void carry(Faults faults) throws Exception {
        long began = System.nanoTime();
        long retransmissions = host.ip().counters().get(Counter.RETRANSMISSIONS);
        FutureTask<Socket> dialed = start(() -> new Socket(OURS, 80));
        until("a connection", () -> (accepted = listener.accept()) != null);
        until("the kernel's side of it", dialed::isDone);
        device.set(faults.loss(), faults.reordering(), faults.duplication());
        Application application = new Application(accepted, 1, 2, bytes, 3);
        try (Socket socket = dialed.get()) {
            FutureTask<Long> writer = start(() -> write(socket, 2, bytes));
            FutureTask<Long> reader = start(() -> read(socket, 1));
            until("every byte", () -> {
                application.step();
                return writer.isDone() && reader.isDone() && application.isDone(bytes);
            });
            assertThat(writer.get()).isEqualTo(bytes);
            assertThat(reader.get()).isEqualTo(bytes);
        }
        until("the end", () -> accepted.state() == State.TIME_WAIT || accepted.state() == State.CLOSED);
        assertThat(accepted.failure()).isNull();
        assertThat(device.incoming() > 0).as("%s hit frames that came", faults).isEqualTo(faults.any());
        // What the device splits goes through here in a few large frames, beside acknowledgements.
        boolean few = device.offloads().largestSplit() >= mtu && faults.most() < 10_000;
        assertThat(few || device.outgoing() > 0).as("%s hit frames that went", faults).isEqualTo(few || faults.any());
        System.out.printf("%s: %d MiB each way in %.1f s; %d frames that came were hit and %d that went, "
                        + "%d retransmissions%n", faults, bytes >> 20, (System.nanoTime() - began) / 1e9,
                device.incoming(), device.outgoing(),
                host.ip().counters().get(Counter.RETRANSMISSIONS) - retransmissions);
        device.set(0, 0, 0);
    }

    private void until(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + patienceNs;
        while (!reached.getAsBoolean()) {
            if (host.work() == 0) {
                Thread.yield();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + what + "; seed " + SEED);
            }
        }
    }
}
