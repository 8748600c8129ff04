package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.ForwardingDevice;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.TcpListener;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/**
 * A process in a network namespace of its own: a host on net_tap, which makes and checks checksums, and the kernel at
 * the other end of that.
 */
final class TapOffloadMain {
    private static final String OURS = "198.18.0.2";
    private static final int OUR_ADDRESS = 198 << 24 | 18 << 16 | 2;
    private static final int LENT_BYTES = 65_536;
    /** It counts the Ethernet header. */
    private static final int LARGEST_SPLIT = 1_486;
    /** Now and then what is lent has a header in front, which is copied. */
    private static final int FRONT_BYTES = 40;
    private static final int COPIED_BYTES = 20_003;
    private static final long PATIENCE_NS = 60_000_000_000L;

    /** Counts what the device says, and keeps the last segment that had payload. */
    private static final class Watched extends ForwardingDevice {
        private final long[] verdicts = new long[ReceivedChecksums.values().length];
        private byte[] last;

        private Watched(FrameDevice device) {
            super(device);
        }

        @Override
        public int receive(MbufBurst burst) {
            int before = burst.count();
            int came = device.receive(burst);
            for (int i = before; i < burst.count(); i++) {
                long mbuf = burst.get(i);
                ReceivedChecksums verdict = ReceivedChecksums.of(mbuf);
                verdicts[verdict.ordinal()]++;
                boolean ipv4 = EthernetHeader.type(Mbuf.memory(), Mbuf.data(mbuf)) == EthernetHeader.IPV4;
                if (last == null && ipv4 && Mbuf.packetLength(mbuf) > 200 && verdict == ReceivedChecksums.GOOD) {
                    last = new byte[Mbuf.packetLength(mbuf)];
                    Mbuf.copyOut(mbuf, MemorySegment.ofArray(last), 0);
                }
            }
            return came;
        }

        private long count(ReceivedChecksums verdict) {
            return verdicts[verdict.ordinal()];
        }
    }

    private final byte[] pattern = new byte[(1 << 20) - 3];
    private final MemorySegment memory = MemorySegment.ofArray(pattern);
    private final long bytes;
    private final Watched device;
    private final DpdkHost host;
    private final PlainFramePool buffers = new PlainFramePool(Arena.ofAuto(), 64, LENT_BYTES);
    private final byte[] part = new byte[COPIED_BYTES];
    private TcpConnection connection;
    private long sent;
    private long received;

    private TapOffloadMain(Port port, MbufPool pool, int mtu, long bytes) throws DpdkException {
        new Random(1).nextBytes(pattern);
        this.bytes = bytes;
        device = new Watched(FrameDevice.of(port, 0));
        host = new DpdkHost("offload", device, pool, new Interface(0x0200_0000_0009L, OUR_ADDRESS, 30, 0),
                DpdkHost.settings(mtu), SegmentChecksum.SOFTWARE);
    }

    /**
     * Runs it; says {@code carried} when every byte has arrived both ways and nothing else was wrong.
     *
     * @param arguments MTU of TCP, and how many bytes go each way
     */
    public static void main(String[] arguments) throws Exception {
        int mtu = Integer.parseInt(arguments[0]);
        Eal.start(EalOptions.withoutHugepages(128));
        try (MbufPool pool = MbufPool.create("offload", 4_095, 2_304);
                Port port = Port.open(Device.of("net_tap5,iface=nc-kernel"), new PortSettings(1, 256, 1_500), pool)) {
            assertThat(port.offloads()).isEqualTo(new Offloads(true, true, LARGEST_SPLIT));
            OwnNamespace.bringKernelUp();
            TapOffloadMain main = new TapOffloadMain(port, pool, mtu, Long.parseLong(arguments[1]));
            long before = kernelErrors();
            main.carry();
            assertThat(kernelErrors()).as("segments that the kernel found damaged").isEqualTo(before);
            assertThat(main.count(Counter.LARGE_SEGMENTS))
                    .as("split by the device where the pieces are not too large for it, else here").isGreaterThan(300);
            main.checkWrongSums(pool);
            assertThat(port.refused()).isZero();
            main.host.close();
            System.out.println("carried");
        }
    }

    /** Both directions at once; what is sent is copied now and then, and else lent. */
    private void carry() throws Exception {
        TcpListener listener = host.ip().listen(80, 10);
        FutureTask<Socket> dialed = start(() -> new Socket(OURS, 80));
        until("a connection", () -> (connection = listener.accept()) != null);
        until("the kernel's side of it", dialed::isDone);
        try (Socket socket = dialed.get()) {
            FutureTask<Void> writing = start(() -> write(socket));
            FutureTask<Void> reading = start(() -> read(socket));
            until("every byte", () -> {
                send();
                receive();
                return reading.isDone() && received == bytes;
            });
            writing.get();
            reading.get();
        }
        assertThat(count(Counter.CORRUPT_SEGMENT) + count(Counter.CORRUPT_PACKET)).isZero();
        assertThat(device.count(ReceivedChecksums.GOOD)).isGreaterThan(bytes / 65_536);
    }

    private void send() {
        boolean more = true;
        while (more && sent < bytes) {
            int at = (int) (sent % pattern.length);
            int whole = (int) Math.min(pattern.length - at, bytes - sent);
            int taken = whole >= LENT_BYTES && sent % 3 > 0 ? lend(at)
                    : connection.send(memory, at, Math.min(whole, COPIED_BYTES));
            sent += taken;
            more = taken > 0;
        }
    }

    private int lend(int at) {
        FrameBuffer buffer = buffers.claim();
        if (buffer == null) {
            return 0;
        }
        MemorySegment.copy(memory, at, buffer.memory(), 0, LENT_BYTES);
        boolean taken = sent % 2 == 0 ? connection.send(buffer, 0, LENT_BYTES)
                : connection.send(memory, at, FRONT_BYTES, buffer, FRONT_BYTES, LENT_BYTES - FRONT_BYTES);
        if (taken) {
            return LENT_BYTES;
        }
        buffer.release();
        return 0;
    }

    private void receive() {
        int count = connection.receive(MemorySegment.ofArray(part), 0, COPIED_BYTES);
        while (count > 0) {
            check(part, count, received);
            received += count;
            count = connection.receive(MemorySegment.ofArray(part), 0, COPIED_BYTES);
        }
    }

    private void check(byte[] came, int count, long offset) {
        int at = (int) (offset % pattern.length);
        int first = Math.min(count, pattern.length - at);
        assertThat(Arrays.equals(came, 0, first, pattern, at, at + first)
                && Arrays.equals(came, first, count, pattern, 0, count - first))
                .as("bytes from %d on", offset).isTrue();
    }

    private Void write(Socket socket) throws IOException {
        for (long at = 0; at < bytes; at += pattern.length) {
            socket.getOutputStream().write(pattern, 0, (int) Math.min(pattern.length, bytes - at));
        }
        return null;
    }

    private Void read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] came = new byte[LENT_BYTES];
        for (long at = 0; at < bytes;) {
            int count = in.read(came, 0, (int) Math.min(came.length, bytes - at));
            assertThat(count).as("bytes after %d", at).isPositive();
            check(came, count, at);
            at += count;
        }
        return null;
    }

    /** Somebody else puts frames on the kernel's end: one as it once came, and two with a wrong sum. */
    private void checkWrongSums(MbufPool pool) throws Exception {
        try (Port forger = Port.open(Device.of("net_af_packet5,iface=nc-kernel"), new PortSettings(1, 64, 1_500),
                pool)) {
            long old = outdated();
            forge(forger, pool, -1);
            until("the frame as it came", () -> outdated() > old);
            forge(forger, pool, EthernetHeader.BYTES + 8);
            until("a wrong IPv4 header", () -> count(Counter.CORRUPT_PACKET) == 1);
            forge(forger, pool, device.last.length - 1);
            until("a wrong segment", () -> count(Counter.CORRUPT_SEGMENT) == 1);
        }
        assertThat(device.count(ReceivedChecksums.BAD_PACKET)).isEqualTo(1);
        assertThat(device.count(ReceivedChecksums.BAD_SEGMENT)).isEqualTo(1);
    }

    /** Segments with right sums that came again. */
    private long outdated() {
        return count(Counter.DUPLICATE_DATA) + count(Counter.UNACCEPTABLE_SEGMENT) + count(Counter.OLD_TIMESTAMP)
                + count(Counter.NO_CONNECTION);
    }

    private void forge(Port forger, MbufPool pool, int damageAt) {
        byte[] frame = device.last.clone();
        if (damageAt >= 0) {
            frame[damageAt] ^= 1;
        }
        MbufBurst burst = new MbufBurst(1);
        assertThat(pool.allocate(burst, 1)).isTrue();
        Mbuf.fill(burst.get(0), MemorySegment.ofArray(frame), 0, frame.length);
        assertThat(forger.send(0, burst)).isEqualTo(1);
    }

    private long count(Counter counter) {
        return host.ip().counters().get(counter);
    }

    private void until(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + PATIENCE_NS;
        while (!reached.getAsBoolean()) {
            if (host.work() == 0) {
                Thread.yield();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no " + what + ": sent " + sent + ", received " + received
                        + ", retransmissions " + count(Counter.RETRANSMISSIONS) + ", verdicts "
                        + Arrays.toString(device.verdicts));
            }
        }
    }

    /** What TCP and IP of this namespace have found damaged. */
    private static long kernelErrors() throws IOException {
        return field("/proc/self/net/snmp", "Tcp:", "InCsumErrors")
                + field("/proc/self/net/snmp", "Ip:", "InHdrErrors");
    }

    private static long field(String file, String protocol, String name) throws IOException {
        List<String> lines = Files.readAllLines(Path.of(file)).stream().filter(it -> it.startsWith(protocol)).toList();
        List<String> names = List.of(lines.get(0).split(" "));
        return Long.parseLong(lines.get(1).split(" ")[names.indexOf(name)]);
    }

    private static <T> FutureTask<T> start(java.util.concurrent.Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread.ofPlatform().daemon().start(future);
        return future;
    }
}
