package org.netchannel.optimized.dpdk;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Frames to and from the kernel, in a network namespace that ends with the test. */
@ExtendWith(WithDpdk.class)
class TapTest {
    @TempDir
    private Path directory;

    @Test
    void kernelAnswersAnArpRequestAlsoAfterAReset() throws IOException, InterruptedException {
        OwnNamespace.run(ArpMain.class, directory, "answered after a reset");
    }
}
