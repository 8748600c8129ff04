package org.netchannel.optimized.dpdk;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A process in a network namespace of its own: its kernel has to answer on an interface that DPDK made. */
final class ArpMain {
    static final String INTERFACE = "nc-arp";

    private static final int MEGABYTES = 64;
    private static final long AGAIN_NS = 200_000_000;
    private static final byte[] OURS = {2, 0, 0, 0, 0, 9};
    private static final byte[] EVERYBODY = {-1, -1, -1, -1, -1, -1};
    private static final int ETHERNET_ARP = 0x0806;
    private static final long ARP_REQUEST_FOR_IP = 0x0001_0800_0604_0001L;
    private static final int REPLY = 2;
    private static final int ARP_LENGTH = 42;
    private static final int KERNEL_ADDRESS = 198 << 24 | 18 << 16 | 1;
    private static final int OUR_ADDRESS = 198 << 24 | 18 << 16 | 2;

    private ArpMain() {}

    /**
     * Runs it; says when the kernel has answered, and when it has after a reset.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws Exception {
        Eal.start(EalOptions.withoutHugepages(MEGABYTES));
        try (MbufPool pool = MbufPool.create("arp", 1_023, 2_048);
                Port port = Port.open(
                        Device.of("net_tap5,iface=" + INTERFACE), new PortSettings(1, 64, 1_500), pool)) {
            ip("addr", "add", "198.18.0.1/30", "dev", INTERFACE);
            ip("link", "set", INTERFACE, "up");
            ask(pool, port);
            System.out.println("answered");
            port.reset();
            ask(pool, port);
            System.out.println("answered after a reset");
        }
    }

    private static void ask(MbufPool pool, Port port) {
        MbufBurst out = new MbufBurst(1);
        MbufBurst in = new MbufBurst(MbufBurst.USUAL);
        boolean answered = false;
        long askedNs = System.nanoTime() - AGAIN_NS;
        while (!answered) {
            if (System.nanoTime() - askedNs >= AGAIN_NS && pool.allocate(out, 1)) {
                askedNs = System.nanoTime();
                Mbuf.fill(out.get(0), MemorySegment.ofArray(request()), 0, ARP_LENGTH);
                port.send(0, out);
                out.free();
            }
            port.receive(0, in);
            answered = hasReply(in);
            in.free();
        }
    }

    private static byte[] request() {
        return ByteBuffer.allocate(ARP_LENGTH)
                .put(EVERYBODY).put(OURS).putShort((short) ETHERNET_ARP)
                .putLong(ARP_REQUEST_FOR_IP)
                .put(OURS).putInt(OUR_ADDRESS)
                .putShort((short) 0).putInt(0).putInt(KERNEL_ADDRESS)
                .array();
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "ip";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
    }

    /** The kernel sends other frames, too, when an interface comes up. */
    private static boolean hasReply(MbufBurst in) {
        for (int i = 0; i < in.count(); i++) {
            ByteBuffer frame = ByteBuffer.allocate(Mbuf.packetLength(in.get(i)));
            Mbuf.copyOut(in.get(i), MemorySegment.ofBuffer(frame), 0);
            if (frame.capacity() >= ARP_LENGTH && frame.getShort(12) == ETHERNET_ARP && frame.getShort(20) == REPLY
                    && frame.getInt(28) == KERNEL_ADDRESS && frame.getInt(38) == OUR_ADDRESS) {
                return true;
            }
        }
        return false;
    }
}
