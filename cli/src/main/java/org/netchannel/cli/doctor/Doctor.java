package org.netchannel.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at a machine. One thread uses it; it changes nothing. */
public final class Doctor {
    private static final int JDK = 25;
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_NET_RAW = 13;
    private static final int CAP_SYS_ADMIN = 21;
    private static final String NETWORK_CLASS = "0x02";
    private static final List<String> FOR_DPDK =
            List.of("vfio-pci", "igb_uio", "uio_pci_generic", "mlx5_core", "mlx4_core");

    private final Machine machine;
    private final Optional<String> dpdkMissing;
    private final String dpdkVersion;

    /**
     * A doctor of one machine.
     *
     * @param root where /proc, /sys and /dev are
     * @param dpdkMissing why DPDK can't be used; empty when it can
     * @param dpdkVersion the version of its libraries, when it can
     */
    public Doctor(Path root, Optional<String> dpdkMissing, String dpdkVersion) {
        machine = new Machine(root);
        this.dpdkMissing = dpdkMissing;
        this.dpdkVersion = dpdkVersion;
    }

    /**
     * Looks at everything.
     *
     * @return what was found, in the order in which it should be put right
     */
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.add(jdk(Runtime.version().feature()));
        checks.add(dpdkMissing
                .map(why -> Check.missing("DPDK", why, "./netchannel setup dpdk"))
                .orElseGet(() -> Check.ok("DPDK", dpdkVersion)));
        checks.add(hugepages());
        checks.add(devices());
        checks.add(capability("kernel links", CAP_NET_ADMIN, "net_tap can't make an interface"));
        checks.add(capability("raw sockets", CAP_NET_RAW, "net_af_packet can't open an interface"));
        checks.add(tunnel());
        checks.add(capability("namespaces", CAP_SYS_ADMIN, "two hosts can't be made on this machine"));
        checks.add(isolation());
        return checks;
    }

    static Check jdk(int feature) {
        return feature >= JDK
                ? Check.ok("JDK", Integer.toString(feature))
                : Check.missing("JDK", Integer.toString(feature), "install a JDK " + JDK + " or later");
    }

    private Check hugepages() {
        long total = machine.number("proc/meminfo", "HugePages_Total");
        long free = machine.number("proc/meminfo", "HugePages_Free");
        String size = machine.value("proc/meminfo", "Hugepagesize").orElse("unknown");
        if (total == 0) {
            return Check.note("hugepages", "none", "as root: echo 512 >/proc/sys/vm/nr_hugepages; without them devices "
                    + "in memory and towards the kernel work, physical ones do not");
        }
        String found = free + " of " + total + " free, " + size + " each";
        return free == 0
                ? Check.note("hugepages", found, "end who has them, or raise /proc/sys/vm/nr_hugepages")
                : Check.ok("hugepages", found);
    }

    private Check devices() {
        List<String> ready = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Path device : machine.entries("sys/bus/pci/devices")) {
            String address = device.getFileName().toString();
            if (machine.text("sys/bus/pci/devices/" + address + "/class").orElse("").startsWith(NETWORK_CLASS)) {
                String driver = Machine.target(device.resolve("driver")).orElse("no driver");
                (FOR_DPDK.contains(driver) ? ready : others).add(address + " (" + driver + ")");
            }
        }
        if (ready.isEmpty() && others.isEmpty()) {
            return Check.note("devices", "no network device on the PCI bus", "use net_ring, net_memif, net_tap or "
                    + "net_af_packet");
        }
        if (ready.isEmpty()) {
            return Check.note("devices", String.join(", ", others), "to give one that the kernel can spare to DPDK: "
                    + "modprobe vfio-pci; dpdk-devbind.py -b vfio-pci ADDRESS");
        }
        return Check.ok("devices", String.join(", ", ready));
    }

    private Check capability(String name, int bit, String without) {
        return machine.hasCapability(bit)
                ? Check.ok(name, "permitted")
                : Check.note(name, "not permitted: " + without, "run as root, or give the capability to java");
    }

    private Check tunnel() {
        if (machine.isWritable("dev/net/tun")) {
            return Check.ok("/dev/net/tun", "can be opened");
        }
        return Files.exists(machine.root().resolve("dev/net/tun"))
                ? Check.note("/dev/net/tun", "can't be opened", "run as root, for net_tap")
                : Check.note("/dev/net/tun", "not there", "as root: modprobe tun, for net_tap");
    }

    private Check isolation() {
        String isolated = machine.text("sys/devices/system/cpu/isolated").orElse("");
        return isolated.isEmpty()
                ? Check.note("processors", "none is isolated", "for steady latency boot with isolcpus=LIST "
                        + "nohz_full=LIST rcu_nocbs=LIST, and run the stack's threads there")
                : Check.ok("processors", isolated + " isolated");
    }
}
