package org.netchannel.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.netchannel.bench.hosts.HostDevice;
import org.netchannel.cli.link.DeviceTransport;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.Threading;
import org.netchannel.optimized.dpdk.Device;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Eal;
import org.netchannel.optimized.dpdk.EalOptions;
import org.netchannel.optimized.dpdk.PortSettings;
import org.netchannel.optimized.dpdk.host.PortHosts;
import org.netchannel.optimized.tcp.host.Ipv4Interface;
import org.netchannel.optimized.tcp.host.Ipv6Interface;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import picocli.CommandLine.Option;

/** What commands with a stack have in common whose link may go over a device of DPDK. */
final class DeviceOptions {
    private static final int LEAST_MTU = 576;
    private static final int LARGEST_MTU = 65_535;
    private static final int DESCRIPTORS = 1_024;
    /**
     * What a device has to reach beside frames that does not read all memory: what a command's stack takes, and what
     * aligning it costs.
     */
    private static final int PAYLOAD_MEGABYTES = 384;
    /** The same of the host of a queue. */
    private static final int QUEUE_MEGABYTES = 10;

    @Option(names = "--device", paramLabel = "DEVICE",
            description = "The link goes over this device of DPDK instead of the kernel's TCP: net_tap0,iface=nc0, "
                    + "net_af_packet0,iface=veth0, net_memif0,role=client,socket=FILE, or 0000:03:00.0.")
    private String device;

    @Option(names = "--address", paramLabel = "ADDRESS/LENGTH",
            description = "Our IPv4 address on the device, and the length of its prefix, such as 10.0.0.2/24. Given "
                    + "twice, our IPv6 address as well, such as fd00::2/64.")
    private List<String> addresses = List.of();

    @Option(names = "--gateway", paramLabel = "ADDRESS",
            description = "The router on the device's link for peers that are not there; one for each --address.")
    private List<String> gateways = List.of();

    @Option(names = "--mtu", paramLabel = "BYTES",
            description = "The largest packet on the device's link. Default: 1500.")
    private String mtu;

    @Option(names = "--queues", paramLabel = "N",
            description = "How many queues of the device are used, each with a thread of its own. Default: 1.")
    private String queues;

    @Option(names = "--hugepages", paramLabel = "MB",
            description = "Take so much memory from hugepages. Default: none, ordinary memory.")
    private String hugepages;

    /**
     * What the link goes over; to be closed after the stack. EAL is started when that is a device.
     *
     * @throws DpdkException when there is no DPDK here, or it does not start
     */
    Transport open(Arguments arguments) throws DpdkException {
        if (device == null) {
            requireNothing(arguments);
            return Transport.KERNEL;
        }
        return new DeviceTransport(opened(arguments, chosen(arguments)));
    }

    /**
     * The device for measurements, which open it again and again; that it can be opened is tried once, but for
     * net_memif, whose other end may not be there yet.
     *
     * @return empty when there is none
     * @throws DpdkException when there is no DPDK here, or it does not start
     */
    Optional<HostDevice> forMeasurements(Arguments arguments) throws DpdkException {
        if (device == null) {
            requireNothing(arguments);
            return Optional.empty();
        }
        HostDevice chosen = chosen(arguments);
        if (!chosen.device().isMemif()) {
            opened(arguments, chosen).close();
        }
        return Optional.of(chosen);
    }

    private PortHosts opened(Arguments arguments, HostDevice chosen) throws DpdkException {
        Eal.start(chosen.eal());
        try {
            return chosen.open();
        } catch (DpdkException e) {
            throw arguments.illegal("--device", device + " (" + e.getMessage() + ")", "a device that can be opened");
        }
    }

    /** What the options say. */
    private HostDevice chosen(Arguments arguments) {
        Device chosen = legal(arguments, "--device", device, Device.LEGAL, () -> Device.of(device));
        Ipv4Interface self = self(arguments);
        Optional<Ipv6Interface> ipv6 = ipv6(arguments);
        int bytes = (int) number(arguments, "--mtu", mtu, 1_500, LEAST_MTU, LARGEST_MTU);
        int count = (int) number(arguments, "--queues", queues, 1, 1, Threading.MOST_CHANNEL_AGENTS);
        PortSettings settings = new PortSettings(count, DESCRIPTORS, bytes);
        int lent = chosen.isPhysical() || chosen.isZeroCopy() ? PAYLOAD_MEGABYTES + count * QUEUE_MEGABYTES : 0;
        int needed = PortHosts.megabytes(settings) + lent;
        int megabytes =
                (int) number(arguments, "--hugepages", hugepages, needed, needed, EalOptions.MOST_MEGABYTES);
        List<String> physical = chosen.isPhysical() ? List.of(chosen.toString()) : List.of();
        return new HostDevice(chosen, settings, self, ipv6,
                new EalOptions(hugepages != null, megabytes, physical), SegmentChecksum.SOFTWARE);
    }

    private Ipv4Interface self(Arguments arguments) {
        String address = one(arguments, "--address", addresses, false).orElseThrow(
                () -> arguments.missing("--address", "with --device: " + Ipv4Interface.LEGAL));
        Ipv4Interface self = legal(
                arguments, "--address", address, Ipv4Interface.LEGAL, () -> Ipv4Interface.of(address));
        return one(arguments, "--gateway", gateways, false)
                .map(gateway -> legal(arguments, "--gateway", gateway, Ipv4Interface.LEGAL_GATEWAY,
                        () -> self.withGateway(gateway)))
                .orElse(self);
    }

    private Optional<Ipv6Interface> ipv6(Arguments arguments) {
        Optional<Ipv6Interface> self = one(arguments, "--address", addresses, true).map(address -> legal(
                arguments, "--address", address, Ipv6Interface.LEGAL, () -> Ipv6Interface.of(address)));
        Optional<String> gateway = one(arguments, "--gateway", gateways, true);
        if (gateway.isPresent() && self.isEmpty()) {
            throw arguments.illegal("--gateway", gateway.get(), "an IPv6 address only with one behind --address");
        }
        return gateway.isEmpty() ? self : self.map(without -> legal(arguments, "--gateway", gateway.get(),
                Ipv6Interface.LEGAL_GATEWAY, () -> without.withGateway(gateway.get())));
    }

    /** The value for one version of IP: what has a colon is of IPv6. */
    private static Optional<String> one(Arguments arguments, String option, List<String> values, boolean ipv6) {
        List<String> ours = values.stream().filter(value -> value.indexOf(':') >= 0 == ipv6).toList();
        if (ours.size() > 1) {
            throw arguments.illegal(option, ours.get(1), "one of each version of IP");
        }
        return ours.stream().findFirst();
    }

    private static <T> T legal(Arguments arguments, String option, String text, String legal, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw arguments.illegal(option, text, legal);
        }
    }

    private static long number(Arguments arguments, String option, String text, long usual, long min, long max) {
        return text == null ? usual : arguments.number(option, text, min, max);
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? null : values.getFirst();
    }

    /** For a command that has no use for a device without another option. */
    void requireNone(Arguments arguments, String without) {
        if (device != null) {
            throw arguments.illegal("--device", device, "nothing but with " + without);
        }
        requireNothing(arguments);
    }

    private void requireNothing(Arguments arguments) {
        List<String> names = List.of("--address", "--gateway", "--mtu", "--queues", "--hugepages");
        List<String> values = Arrays.asList(first(addresses), first(gateways), mtu, queues, hugepages);
        for (int i = 0; i < names.size(); i++) {
            if (values.get(i) != null) {
                throw arguments.illegal(names.get(i), values.get(i), "nothing but with --device");
            }
        }
    }
}
