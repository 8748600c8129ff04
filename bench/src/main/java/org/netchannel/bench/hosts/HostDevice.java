package org.netchannel.bench.hosts;

import java.net.InetAddress;
import java.util.Optional;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.optimized.tcp.host.Ipv4Interface;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/**
 * A network device for a host. For measurements it is opened each time and closed again, so that in between another
 * program has it.
 *
 * @param device which one
 * @param settings how it is opened
 * @param self the host's IPv4 address there
 * @param ipv6 its IPv6 address, where it has one
 * @param eal how DPDK is started, by the first that needs it
 * @param checksum who computes checksums
 */
public record HostDevice(
        Device device, PortSettings settings, Ipv4Interface self, Optional<Ipv6Interface> ipv6, EalOptions eal,
        SegmentChecksum checksum) {
    /** From this MTU on packets are made so large that each fills a frame: the largest ones would take two. */
    private static final int LARGE = 32_768;
    /** Headers of IP, of TCP and of a packet, and what is left over. */
    private static final int HEADERS = 128;

    /**
     * Opens it.
     *
     * @return hosts that nobody drives yet, to be closed
     * @throws DpdkException when DPDK is missing, or refuses
     */
    public PortHosts open() throws DpdkException {
        Eal.start(eal);
        PortHosts hosts =
                PortHosts.open("host", device, settings, self, DpdkHost.settings(settings.mtu()), checksum);
        ipv6.ifPresent(hosts::with);
        return hosts;
    }

    /**
     * Whether an address is on the device's network.
     *
     * @param peer any
     * @return false also for one behind a router
     */
    public boolean isOnLink(InetAddress peer) {
        Ipv6Address address = Ipv6Address.of(peer);
        return address.isIpv4()
                ? (address.ipv4() ^ self.address()) >>> Integer.SIZE - self.prefixLength() == 0
                : ipv6.filter(here -> here.isOnLink(address)).isPresent();
    }

    /** The largest frame, without its check sequence, in bytes. */
    int frameBytes() {
        return settings.mtu() + 14;
    }

    /** For stacks whose packets fill such frames. */
    Config config() {
        return settings.mtu() < LARGE
                ? Config.DEFAULTS
                : Config.DEFAULTS.with(Setting.MAX_PAYLOAD, settings.mtu() - HEADERS);
    }
}
