package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.optimized.DpdkLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.dpdk.Dpdk;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.dpdk.host.LossyDevice;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** The same as {@link ThreadedTracesTest} over devices of DPDK, also when they lose frames. */
@Timeout(300)
class DpdkTracesTest {
    private static final int PORT = 7_000;

    private final RecordedStacks stacks = new RecordedStacks(Conversation.CONFIG);

    @BeforeAll
    static void start() throws DpdkException {
        if (System.getenv("CI") != null) {
            assertThat(Dpdk.missing()).isEmpty();
        }
        assumeTrue(Dpdk.missing().isEmpty(), () -> Dpdk.missing().orElseThrow());
        Eal.start(EalOptions.withoutHugepages(256));
    }

    /** Where nobody looks at checksums received segments are merged. */
    @ParameterizedTest
    @CsvSource({"65535, 0, true", "1500, 0.02, true", "3000, 0.005, true", "3000, 0.02, false", "9000, 0, false"})
    void theSpecificationAcceptsWhatThreadsDid(int mtu, double loss, boolean checksums) throws Exception {
        List<LossyDevice> devices = new ArrayList<>();
        SegmentChecksum checksum = checksums ? SegmentChecksum.SOFTWARE : SegmentChecksum.DEVICE;
        try (RingHosts hosts = new RingHosts("traces", DpdkHost.settings(mtu), checksum,
                        device -> lossy(devices, device, loss));
                Conversation conversation = new Conversation();
                NetStack a = stacks.open("A");
                NetStack b = stacks.open("B")) {
            DpdkLink.open(b, hosts.host(1)).listen(PORT);
            DpdkLink.open(a, hosts.host(0)).dial(hosts.address(1), PORT, 2, 2);
            conversation.run(a, b);
        }
        assertThat(devices).allMatch(device -> device.lost() > 0 == loss > 0);
        assertThat(stacks.accepted()).contains("NC-HOL-4", "NC-HOL-6", "NC-FAIL-1", "NC-CH-5");
    }

    private static FrameDevice lossy(List<LossyDevice> devices, FrameDevice device, double loss) {
        devices.add(new LossyDevice(device, devices.size(), loss));
        return devices.getLast();
    }
}
