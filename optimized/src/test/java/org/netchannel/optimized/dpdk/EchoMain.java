package org.netchannel.optimized.dpdk;

import java.util.List;

/** A process with a port of its own, which sends back what it receives until its standard input ends. */
final class EchoMain {
    static final int MEGABYTES = 64;
    private static final int MBUFS = 1_023;

    private EchoMain() {}

    /**
     * Runs it.
     *
     * @param arguments the device, and whether memory comes from hugepages
     */
    public static void main(String[] arguments) throws Exception {
        Thread.ofPlatform().daemon().start(EchoMain::endWithInput);
        Eal.start(new EalOptions(Boolean.parseBoolean(arguments[1]), MEGABYTES, List.of()));
        if (Shim.call("has_hugepages") != (Boolean.parseBoolean(arguments[1]) ? 1 : 0)) {
            throw new IllegalStateException("DPDK's memory is not what was asked for");
        }
        try (MbufPool pool = MbufPool.create("echo", MBUFS, 2_048);
                Port port = Port.open(Device.of(arguments[0]), new PortSettings(1, 256, 1_500), pool)) {
            System.out.println("ready");
            MbufBurst burst = new MbufBurst(MbufBurst.USUAL);
            while (!Thread.interrupted()) {
                port.receive(0, burst);
                port.send(0, burst);
                if (burst.count() == 0) {
                    Thread.yield();
                }
            }
        }
    }

    private static void endWithInput() {
        try {
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (java.io.IOException e) {
            System.err.println("standard input: " + e.getMessage());
        }
        Runtime.getRuntime().halt(0);
    }
}
