package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A client of net_memif whose server reads its memory, and whose queue is full. */
@ExtendWith(WithDpdk.class)
class FullQueueTest {
    private static final int MOST = FullQueueMain.QUEUE / 2;

    private final MbufBurst in = new MbufBurst(FullQueueMain.FRAMES);
    private int received;
    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatAFullQueueRefusesIsTheCallersAndWhatItTookComesBackOnce() throws IOException {
        assumeTrue(EalOptions.withHugepagesWhereFree(FullQueueMain.MEGABYTES, FullQueueMain.MEGABYTES).hugepages(),
                () -> "needs " + FullQueueMain.MEGABYTES + " MB of hugepages that are free");
        String device = ",id=70,socket-abstract=no,socket=" + directory.resolve("memif") + ",role=";
        try (MbufPool pool = MbufPool.create("full-queue", 255, 2_048);
                Port port = Port.open(
                        Device.of("net_memif70" + device + "server"), new PortSettings(1, 64, 1_500), pool)) {
            Process client = start("net_memif71" + device + "client,zero-copy=yes,rsize=6");
            try (BufferedReader said = client.inputReader()) {
                assertThat(said.readLine()).isEqualTo("" + MOST);
                receive(port, MOST);
                client.outputWriter().append('\n').flush();
                int refused = FullQueueMain.FRAMES - MOST;
                assertThat(said.readLine()).as("frames that are whole").isEqualTo("" + refused);
                assertThat(said.readLine()).as("mbufs").isEqualTo("" + 2 * refused);
                assertThat(said.readLine()).isEqualTo("" + refused);
                receive(port, refused);
                client.outputWriter().append('\n').flush();
                assertThat(said.readLine()).as("mbufs").isEqualTo("0");
            } finally {
                client.destroyForcibly();
            }
        }
    }

    private void receive(Port port, int count) {
        for (int end = received + count; received < end; ) {
            port.receive(0, in);
            for (int i = 0; i < in.count(); i++, received++) {
                byte[] came = new byte[Mbuf.packetLength(in.get(i))];
                Mbuf.copyOut(in.get(i), MemorySegment.ofArray(came), 0);
                assertThat(came).as("frame %d", received).isEqualTo(FullQueueMain.bytes(received));
            }
            in.free();
        }
    }

    private static Process start(String device) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                        FullQueueMain.class.getName(), device)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
