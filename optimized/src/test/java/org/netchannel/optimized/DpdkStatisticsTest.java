package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.dpdk.host.DeviceCounter;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.ForwardingDevice;
import org.netchannel.optimized.dpdk.host.FrameDevice;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.host.Ipv4Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** What devices of DPDK, and what stands before them, have counted is told, once. */
@ExtendWith(WithDpdk.class)
class DpdkStatisticsTest {
    private final DpdkStatistics statistics = new DpdkStatistics();

    private long counter(String label) {
        Map<String, LongSupplier> published = new LinkedHashMap<>();
        statistics.publish(published::put);
        return published.get(label).getAsLong();
    }

    /** Whatever net_null delivers is nobody's, and so the first host's. */
    @Test
    void whatQueuesHandOverAndResetsAreCounted() throws DpdkException {
        try (PortHosts hosts = PortHosts.open("counted", Device.of("net_null0"), new PortSettings(2, 64, 1_500),
                Ipv4Interface.of("198.18.0.2/30"), DpdkHost.settings(1_500))) {
            hosts.hosts().forEach(statistics::add);
            int rounds = 0;
            while (counter("dpdk: frames dropped, other queues full") == 0) {
                assertThat(counter("dpdk: frames handed over to other queues")).isEqualTo(rounds * MbufBurst.USUAL);
                hosts.host(1).work();
                rounds++;
            }
            assertThat(counter("dpdk: frames handed over to other queues")
                    + counter("dpdk: frames dropped, other queues full")).isEqualTo(rounds * MbufBurst.USUAL);
            hosts.port().reset();
            assertThat(counter("dpdk: resets of devices")).as("by one of two hosts").isEqualTo(1);
            assertThat(counter("dpdk: frames refused by devices")).isZero();
        }
    }

    /** A device that says that it has refused frames, for none here does. */
    private static final class Refusing extends ForwardingDevice {
        private Refusing(FrameDevice device) {
            super(device);
        }

        @Override
        public long count(DeviceCounter what) {
            return what == DeviceCounter.REFUSED ? 3 : super.count(what);
        }
    }

    @Test
    void whatDevicesRefuseIsCountedTogether() throws DpdkException {
        try (RingHosts hosts = new RingHosts("counted", DpdkHost.settings(1_500), SegmentChecksum.DEVICE,
                Refusing::new)) {
            statistics.add(hosts.host(0));
            statistics.add(hosts.host(1));
            assertThat(counter("dpdk: frames refused by devices")).isEqualTo(6);
            assertThat(counter("dpdk: resets of devices")).isZero();
        }
    }
}
