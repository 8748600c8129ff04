package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two processes, each with DPDK of its own, over shared memory. */
@ExtendWith(WithDpdk.class)
class MemifTest {
    private static final int FRAMES = 2_000;
    private static final int LONGEST = 1_514;
    private static final long STILL_NS = 100_000_000;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void framesComeBackFromAnotherProcessIntactInTheirOrder() throws IOException {
        exchange(1, false);
    }

    /** Each process has its hugepages, and nothing in files that another one would find. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void processesWithHugepagesRunSideBySide() throws Exception {
        assumeTrue(EalOptions.withHugepagesWhereFree(EchoMain.MEGABYTES, 2 * EchoMain.MEGABYTES).hugepages(),
                () -> "two processes need " + 2 * EchoMain.MEGABYTES + " MB of hugepages that are free");
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            List<Future<?>> exchanges = new ArrayList<>();
            for (int link : new int[] {3, 5}) {
                exchanges.add(both.submit(() -> {
                    exchange(link, true);
                    return null;
                }));
            }
            for (Future<?> exchange : exchanges) {
                exchange.get();
            }
        }
    }

    /** DPDK's driver unmaps what frames are in on a thread of its own: under a burst, were nobody to stop it. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPeerThatIsKilledTakesNoMemoryFromBurstsThatHaveBegun() throws IOException {
        whenThePeerIsKilled(7, (port, pool) -> {
            int before = Shim.call("departures");
            Shim.callVoid("enter", port.number(), 0);
            return () -> {
                while (port.isUp()) {
                    Thread.onSpinWait();
                }
                long began = System.nanoTime();
                while (System.nanoTime() - began < STILL_NS) {
                    assertThat(Shim.call("departures")).isEqualTo(before);
                }
                Shim.callVoid("leave", port.number(), 0);
                while (Shim.call("departures") == before) {
                    Thread.onSpinWait();
                }
            };
        });
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPeerThatIsKilledUnderBurstsIsGone() throws IOException {
        whenThePeerIsKilled(9, (port, pool) -> {
            int before = Shim.call("departures");
            return () -> {
                MbufBurst out = new MbufBurst(MbufBurst.USUAL);
                MbufBurst in = new MbufBurst(MbufBurst.USUAL);
                while (Shim.call("departures") == before) {
                    fill(out, pool);
                    port.send(0, out);
                    port.receive(0, in);
                    in.free();
                }
                out.free();
            };
        });
    }

    /** Two threads would give back the same memory: DPDK's, which is held here in the middle of it, and the closer. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPortThatIsClosedWhileItsPeerLeavesIsTakenApartOnce() throws IOException {
        for (int round = 0; round < 5; round++) {
            whenThePeerIsKilled(11 + 2 * round, (port, pool) -> {
                Shim.callVoid("enter", port.number(), 0);
                return () -> closeWhileThePeerLeaves(port);
            });
        }
    }

    private static void closeWhileThePeerLeaves(Port port) {
        while (port.isUp()) {
            Thread.onSpinWait();
        }
        FutureTask<Void> closing = new FutureTask<>(port::close, null);
        Thread.ofPlatform().start(closing);
        long began = System.nanoTime();
        while (System.nanoTime() - began < STILL_NS) {
            assertThat(closing.isDone()).as("closed in a burst").isFalse();
        }
        Shim.callVoid("leave", port.number(), 0);
        assertThat(closing).succeedsWithin(Duration.ofMinutes(1));
    }

    /** What is done before a peer is killed, and answers what is done after that. */
    private interface BeforeAndAfter {
        Runnable before(Port port, MbufPool pool);
    }

    private void whenThePeerIsKilled(int link, BeforeAndAfter work) throws IOException {
        String device = device(link);
        try (MbufPool pool = MbufPool.create("memif-leave" + link, 1_023, 2_048);
                Port port = Port.open(Device.of("net_memif" + link + device + "server"),
                        new PortSettings(1, 256, 1_500), pool)) {
            Process other = start("net_memif" + (link + 1) + device + "client", false);
            try (BufferedReader said = other.inputReader()) {
                assertThat(said.readLine()).isEqualTo("ready");
                while (!port.isUp()) {
                    Thread.onSpinWait();
                }
                Runnable after = work.before(port, pool);
                other.destroyForcibly();
                after.run();
            } finally {
                other.destroyForcibly();
            }
        }
    }

    private static void fill(MbufBurst out, MbufPool pool) {
        if (out.count() == 0 && pool.allocate(out, MbufBurst.USUAL)) {
            for (int i = 0; i < out.count(); i++) {
                Mbuf.setLength(out.get(i), LONGEST);
            }
        }
    }

    private String device(int link) {
        return ",socket-abstract=no,id=" + link + ",socket=" + directory.resolve("memif" + link) + ",role=";
    }

    private void exchange(int link, boolean hugepages) throws IOException {
        String device = device(link);
        try (MbufPool pool = MbufPool.create("memif-test" + link, 1_023, 2_048);
                Port port = Port.open(
                        Device.of("net_memif" + link + device + "server"), new PortSettings(1, 256, 1_500), pool)) {
            Process other = start("net_memif" + (link + 1) + device + "client", hugepages);
            try (BufferedReader said = other.inputReader()) {
                assertThat(said.readLine()).isEqualTo("ready");
                while (!port.isUp()) {
                    Thread.onSpinWait();
                }
                sendAndReceive(pool, port);
                // A device whose peer has gone has no rings, and counts none.
                assertThat(port.statistics().received()).isEqualTo(FRAMES);
            } finally {
                other.destroyForcibly();
            }
        }
    }

    private static Process start(String device, boolean hugepages) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"),
                        EchoMain.class.getName(), device, Boolean.toString(hugepages))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void sendAndReceive(MbufPool pool, Port port) {
        Random sent = new Random(7);
        Random expected = new Random(7);
        MbufBurst out = new MbufBurst(1);
        MbufBurst in = new MbufBurst(MbufBurst.USUAL);
        int received = 0;
        int made = 0;
        while (received < FRAMES) {
            // Few enough on their way that no queue is full, so that none is lost.
            if (out.count() == 0 && made < FRAMES && made - received < 64 && pool.allocate(out, 1)) {
                byte[] frame = frame(sent);
                Mbuf.fill(out.get(0), MemorySegment.ofArray(frame), 0, frame.length);
                made++;
            }
            port.send(0, out);
            port.receive(0, in);
            for (int i = 0; i < in.count(); i++, received++) {
                byte[] came = new byte[Mbuf.packetLength(in.get(i))];
                Mbuf.copyOut(in.get(i), MemorySegment.ofArray(came), 0);
                assertThat(came).as("frame %d", received).isEqualTo(frame(expected));
            }
            in.free();
        }
        assertThat(pool.available()).isLessThanOrEqualTo(pool.count());
    }

    private static byte[] frame(Random random) {
        byte[] frame = new byte[60 + random.nextInt(LONGEST - 59)];
        random.nextBytes(frame);
        return frame;
    }
}
