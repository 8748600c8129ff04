package org.netchannel.optimized.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For tests that need DPDK: they are left out where it is missing, but not where CI says that it is there. */
public final class WithDpdk implements BeforeAllCallback {
    private static final int MEGABYTES = 256;

    @Override
    public void beforeAll(ExtensionContext context) throws DpdkException {
        if (System.getenv("CI") != null) {
            assertThat(Dpdk.missing()).isEmpty();
        }
        assumeTrue(Dpdk.missing().isEmpty(), () -> Dpdk.missing().orElseThrow());
        Eal.start(EalOptions.withoutHugepages(MEGABYTES));
    }
}
