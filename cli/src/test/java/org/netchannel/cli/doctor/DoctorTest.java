package org.netchannel.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.cli.doctor.Check.State;

class DoctorTest {
    private static final String ALL_CAPABILITIES = "CapEff:\t000001ffffffffff\n";

    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void device(String address, String type, String driver) throws IOException {
        write("sys/bus/pci/devices/" + address + "/class", type + "\n");
        Path drivers = Files.createDirectories(root.resolve("sys/bus/pci/drivers").resolve(driver));
        Files.createSymbolicLink(root.resolve("sys/bus/pci/devices/" + address + "/driver"), drivers);
    }

    private Check check(String name) {
        return new Doctor(root, Optional.empty(), "DPDK 22.11.0").checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void machineWithNothingHasAdviceForEverything() {
        assertThat(new Doctor(root, Optional.of("no libdpdk"), "").checks())
                .filteredOn(check -> !check.name().equals("JDK"))
                .hasSize(8)
                .allMatch(check -> check.state() != State.OK && !check.advice().isEmpty());
    }

    @Test
    void onlyDpdkAndTheJdkAreNeeded() {
        assertThat(new Doctor(root, Optional.of("no libdpdk"), "").checks())
                .filteredOn(check -> check.state() == State.MISSING)
                .extracting(Check::name, Check::found)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("DPDK", "no libdpdk"));
        assertThat(check("DPDK")).isEqualTo(Check.ok("DPDK", "DPDK 22.11.0"));
        assertThat(Doctor.jdk(24).state()).isEqualTo(State.MISSING);
        assertThat(Doctor.jdk(25).state()).isEqualTo(State.OK);
    }

    @Test
    void hugepagesAreCounted() throws IOException {
        write("proc/meminfo", "MemTotal: 24 kB\nHugePages_Total:  512\nHugePages_Free: 100\nHugepagesize: 2048 kB\n");
        assertThat(check("hugepages")).isEqualTo(Check.ok("hugepages", "100 of 512 free, 2048 kB each"));
        write("proc/meminfo", "HugePages_Total: 512\nHugePages_Free: 0\nHugepagesize: 2048 kB\n");
        assertThat(check("hugepages").state()).isEqualTo(State.NOTE);
        write("proc/meminfo", "HugePages_Total: 99999999999999999999\n");
        assertThat(check("hugepages").found()).isEqualTo("none");
    }

    @Test
    void networkDevicesAreListedWithTheirDrivers() throws IOException {
        device("0000:00:01.0", "0x010802", "nvme");
        assertThat(check("devices").found()).isEqualTo("no network device on the PCI bus");
        device("0000:03:00.0", "0x020000", "ixgbe");
        assertThat(check("devices").found()).isEqualTo("0000:03:00.0 (ixgbe)");
        assertThat(check("devices").advice()).contains("vfio-pci");
        device("0000:03:00.1", "0x020000", "vfio-pci");
        assertThat(check("devices")).isEqualTo(Check.ok("devices", "0000:03:00.1 (vfio-pci)"));
    }

    @Test
    void capabilitiesAreThoseOfThisProcess() throws IOException {
        write("proc/self/status", ALL_CAPABILITIES);
        assertThat(check("kernel links").state()).isEqualTo(State.OK);
        assertThat(check("namespaces").state()).isEqualTo(State.OK);
        write("proc/self/status", "CapEff:\t0000000000001000\n");
        assertThat(check("kernel links").state()).isEqualTo(State.OK);
        assertThat(check("raw sockets").state()).isEqualTo(State.NOTE);
        write("proc/self/status", "CapEff:\tgarbage\n");
        assertThat(check("kernel links").state()).isEqualTo(State.NOTE);
    }

    @Test
    void isolatedProcessorsAreNamed() throws IOException {
        write("sys/devices/system/cpu/isolated", "\n");
        assertThat(check("processors").state()).isEqualTo(State.NOTE);
        write("sys/devices/system/cpu/isolated", "2-5\n");
        assertThat(check("processors")).isEqualTo(Check.ok("processors", "2-5 isolated"));
    }

    @Test
    void tunnelThatCanBeOpenedIsFine() throws IOException {
        assertThat(check("/dev/net/tun").advice()).contains("modprobe");
        write("dev/net/tun", "");
        assertThat(check("/dev/net/tun").state()).isEqualTo(State.OK);
    }
}
