package org.netchannel.optimized.dpdk.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.tcp.host.Ipv4Interface;

/** Devices by configuration, checked when they are opened. */
@ExtendWith(WithDpdk.class)
class PortHostsTest {
    private static final Ipv4Interface SELF = Ipv4Interface.of("198.18.0.2/30");

    private static PortHosts open(String device, int queues, int mtu, int tcpMtu) throws DpdkException {
        return PortHosts.open("porthost", Device.of(device), new PortSettings(queues, 64, mtu), SELF,
                DpdkHost.settings(tcpMtu));
    }

    @Test
    void aDeviceHasAHost() throws DpdkException {
        try (PortHosts hosts = open("net_null0", 1, 1_500, 1_500)) {
            assertThat(hosts.queues()).isEqualTo(1);
            assertThat(hosts.address()).isEqualTo(SELF);
            assertThat(hosts.port().isUp()).isTrue();
            hosts.host(0).work();
            assertThat(hosts.host(0).problem()).isNull();
            assertThat(hosts.pool().room()).isEqualTo(2_304);
        }
    }

    @Test
    void mbufsTakeFramesOfTheMtu() throws DpdkException {
        try (PortHosts hosts = open("net_null0", 1, 9_000, 1_500)) {
            assertThat(hosts.pool().room()).isBetween(9_014, 9_100);
        }
    }

    /** net_null has a key and a redirection table, as devices have that spread connections. */
    @Test
    void aDeviceSaysHowItSpreadsConnections() throws DpdkException {
        try (PortHosts hosts = open("net_null0", 2, 1_500, 1_500)) {
            assertThat(hosts.hosts()).hasSize(hosts.queues()).hasSize(2);
            assertThat(hosts.port().rssKey()).isEqualTo(QueueOwners.USUAL_KEY);
            assertThat(hosts.port().rssTable()).hasSize(128);
            assertThat(hosts.count(DeviceCounter.HANDED_OVER)).isZero();
        }
    }

    /** The same names and the same device can be had again at once. */
    @Test
    void whatCannotBeOpenedLeavesNothingBehind() throws DpdkException {
        assertThatExceptionOfType(DpdkException.class)
                .isThrownBy(() -> open("net_af_packet7,iface=nowhere", 1, 1_500, 1_500))
                .withMessageContaining("net_af_packet7,iface=nowhere");
        assertThatIllegalArgumentException().isThrownBy(() -> open("net_null0", 1, 1_500, 1_501))
                .withMessage("MTU of TCP is 1501, legal is that of the link, 1500");
        open("net_null0", 1, 1_500, 1_500).close();
    }
}
