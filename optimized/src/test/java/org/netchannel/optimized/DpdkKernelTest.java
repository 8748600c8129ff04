package org.netchannel.optimized;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.dpdk.OwnNamespace;
import org.netchannel.optimized.dpdk.WithDpdk;

/** A stack on a device of DPDK and one on the kernel's TCP understand each other, whoever dials. */
@ExtendWith(WithDpdk.class)
class DpdkKernelTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"tap, false", "tap, true", "veth, false", "veth, true"})
    void bytesArriveBothWays(String device, boolean kernelDials) throws IOException, InterruptedException {
        assumeTrue(!device.equals("veth") || System.getenv("CI") != null || OwnNamespace.isThere("ethtool"),
                "no ethtool");
        OwnNamespace.run(DpdkKernelMain.class, directory, "carried", device, Boolean.toString(kernelDials));
    }
}
