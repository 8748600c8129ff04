package org.netchannel.optimized.tcp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.dpdk.OwnNamespace;
import org.netchannel.optimized.dpdk.WithDpdk;

/**
 * Much data to and from the kernel at once, over devices of DPDK, with faults of ours: {@link DeviceTransferMain}.
 * net_tap splits segments of MTU 1,486, and is given those of 1,500 one by one.
 * {@code -Dtcp.transfer.mebibytes=1024} says how much each way.
 */
@ExtendWith(WithDpdk.class)
class DeviceTransferTest {
    private static final long BYTES = Long.getLong("tcp.transfer.mebibytes", 32) << 20;
    private static final int SECONDS_PER_GIBIBYTE = 1_200;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"tap, 1500", "tap, 1486", "veth, 1500"})
    void everyByteArrivesBothWaysAtOnce(String device, String mtu) throws IOException, InterruptedException {
        assumeTrue(!device.equals("veth") || System.getenv("CI") != null || OwnNamespace.isThere("ethtool"),
                "no ethtool");
        int seconds = 120 + (int) (SECONDS_PER_GIBIBYTE * BYTES >> 30);
        OwnNamespace.run(DeviceTransferMain.class, directory, seconds, "carried", device, mtu,
                Long.toString(BYTES));
    }
}
