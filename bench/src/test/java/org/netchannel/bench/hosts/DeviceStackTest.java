package org.netchannel.bench.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.bench.stack.Ring;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.Dpdk;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.tcp.host.Ipv4Interface;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** A device can be had once at a time: what leaves it open shows when it is opened again. */
@Timeout(60)
class DeviceStackTest {
    private static final HostDevice DEVICE = new HostDevice(Device.of("net_null0"), new PortSettings(1, 128, 1_500),
            Ipv4Interface.of("10.78.76.1/24"), Optional.of(Ipv6Interface.of("fd00:78:76::1/64")), Ring.EAL,
            SegmentChecksum.SOFTWARE);

    @BeforeEach
    void requireDpdk() {
        assumeTrue(Dpdk.missing().isEmpty() || System.getenv("CI") != null, "DPDK is missing");
    }

    @Test
    void theDeviceIsClosedWhenThereIsNoStack() throws IOException {
        Config wrong = Config.DEFAULTS.with(Setting.MAX_PAYLOAD, 0);
        assertThatThrownBy(() -> DeviceStack.on(DEVICE.open(), wrong)).isInstanceOf(IllegalArgumentException.class);
        DEVICE.open().close();
    }

    /** The host that asks has an address of the version of IP with which it asks. */
    @Test
    void whoAsksOverIpv6IsToldAnIpv6Address() throws IOException {
        for (String[] askedAndTold : new String[][] {{"::1", "fd00:78:76::1"}, {"127.0.0.1", "10.78.76.1"}}) {
            Here here = new Here(InetAddress.ofLiteral(askedAndTold[0]), Optional.of(DEVICE));
            try (Listening listening = HostTransport.DPDK_INVOKER.listen(here)) {
                Place place = Place.parse(listening.place().line()).orElseThrow();
                assertThat(place.address()).isEqualTo(InetAddress.ofLiteral(askedAndTold[1]));
            }
        }
    }

    @Test
    void theDeviceIsClosedWhenNobodyCanBeDialed() throws IOException {
        InetSocketAddress there = new InetSocketAddress("10.78.77.1", 7_000);
        assertThatThrownBy(() -> DeviceStack.on(DEVICE).dial(there)).isInstanceOf(IOException.class)
                .hasMessageContaining("can't be reached");
        InetSocketAddress nowhere = new InetSocketAddress("10.78.76.2", 0);
        assertThatThrownBy(() -> DeviceStack.on(DEVICE).dial(nowhere)).isInstanceOf(IllegalArgumentException.class);
        InetSocketAddress beyond = new InetSocketAddress("fd00:78:77::1", 7_000);
        assertThatThrownBy(() -> DeviceStack.on(DEVICE).dial(beyond)).isInstanceOf(IOException.class)
                .hasMessageContaining("can't be reached from 10.78.76.1/24 or fd00:78:76:0:0:0:0:1/64");
        DEVICE.open().close();
    }
}
