package org.netchannel.optimized.dpdk;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device that makes and checks checksums, with the kernel as a witness: {@link TapOffloadMain}. */
@ExtendWith(WithDpdk.class)
class TapOffloadTest {
    private static final long BYTES = 40L << 20;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1_500, 1_486})
    void everyByteArrivesBothWaysAndTheKernelFindsNothingDamaged(int mtu) throws IOException, InterruptedException {
        OwnNamespace.run(TapOffloadMain.class, directory, "carried", Integer.toString(mtu), Long.toString(BYTES));
    }
}
