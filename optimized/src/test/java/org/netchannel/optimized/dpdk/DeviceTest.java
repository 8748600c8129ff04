package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithDpdk.class)
@SuppressWarnings("restricted")
class DeviceTest {
    private static final PortSettings SETTINGS = new PortSettings(1, 64, 1_500);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"net_memif0,role=server,id=1", "net_tap12,iface=nc0", "0000:03:00.0", "net_null0"})
    void devicesAreNamedAsDpdkNamesThem(String typed) {
        assertThat(Device.of(typed)).hasToString(typed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eth0", "net_ring0", "net_tap", "net_tap0 ,iface=a", "0000:03:00.8", "net_tap0,\n"})
    void whatIsNoDeviceIsNamedWithWhatIsLegal(String typed) {
        assertThatThrownBy(() -> Device.of(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + typed + "' is no device; legal: " + Device.LEGAL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "net_memif0,role=client,zero-copy=yes true", "net_memif0,zero-copy=yes,id=1 true",
        "net_memif0,zero-copy=no false", "net_memif0,socket=a-zero-copy=yes false", "net_null0,zero-copy=yes false"
    })
    void onlyAClientOfMemifThatIsAskedToIsZeroCopy(String typed, boolean zeroCopy) {
        assertThat(Device.of(typed).isZeroCopy()).isEqualTo(zeroCopy);
    }

    /** Its driver refuses most of it by itself, and would show a peer something else where it does not. */
    @Test
    void memoryThatIsNotOfHugepagesIsNotShownToAPeer() throws DpdkException {
        try (MbufPool pool = MbufPool.create("device-test", 255, 2_048);
                Port port = Port.open(Device.of("net_null1,size=100"), SETTINGS, pool);
                DpdkLog log = new DpdkLog()) {
            DpdkException refused = new DpdkException("zero-copy", Shim.call("begin_zero_copy", port.number()));
            assertThat(refused.explained(log)).hasMessageContaining("ENOTSUP")
                    .hasMessageContaining("zero-copy takes memory from hugepages of one size");
            assertThat(Shim.call("is_zero_copy", port.number())).isZero();
        }
    }

    @Test
    void deviceThatIsNotThereIsRefused() throws DpdkException {
        try (MbufPool pool = MbufPool.create("device-test", 63, 2_048)) {
            assertThatThrownBy(() -> Port.open(Device.of("net_af_packet7,iface=no-such-one"), SETTINGS, pool))
                    .isInstanceOf(DpdkException.class)
                    .hasMessageContaining("net_af_packet7,iface=no-such-one")
                    .hasMessageContaining("it said: ")
                    .hasMessageContaining("No such device");
        }
    }

    @Test
    void whatADeviceCantDoIsRefusedAndTheDeviceGivenBack() throws DpdkException {
        try (MbufPool pool = MbufPool.create("device-test", 255, 2_048)) {
            Device device = Device.of("net_null1,size=100");
            Device small = Device.of("net_memif9,socket-abstract=no,socket=" + directory.resolve("memif"));
            assertThatThrownBy(() -> Port.open(small, new PortSettings(300, 64, 1_500), pool))
                    .isInstanceOf(DpdkException.class)
                    .hasMessageContaining("the device has not so many queues");
            try (Port port = Port.open(device, SETTINGS, pool)) {
                MbufBurst in = new MbufBurst(8);
                assertThat(port.receive(0, in)).isEqualTo(8);
                assertThat(Mbuf.packetLength(in.get(7))).isEqualTo(100);
                in.free();
                assertThat(port.mtu()).isEqualTo(1_500);
                assertThat(port.mac()).isNotZero();
            }
        }
    }

    /** As one of a card whose ports have other names. */
    @Test
    void aDeviceWithoutAPortOfItsNameIsGivenBack() throws Throwable {
        assertThatThrownBy(new Device("vdev", "crypto_null0", "")::attach)
                .hasMessage("the device crypto_null0: there is no such device (ENODEV)");
        MethodHandle remove = Linker.nativeLinker().downcallHandle(
                Dpdk.library().findOrThrow("rte_eal_hotplug_remove"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            int removed = (int) remove.invokeExact(arena.allocateFrom("vdev"), arena.allocateFrom("crypto_null0"));
            assertThat(removed).as("it is there no longer").isNegative();
        }
    }

    @Test
    void aDeviceThatRefusesToBeGivenBackIsNamed() throws DpdkException {
        try (MbufPool pool = MbufPool.create("device-test", 255, 2_048)) {
            int number = Device.of("net_null11").attach();
            Port port = Port.start(number, "net_null11", SETTINGS, pool, () -> -16);
            assertThatThrownBy(port::close)
                    .isInstanceOf(UncheckedIOException.class)
                    .rootCause()
                    .isInstanceOf(DpdkException.class)
                    .hasMessage("giving back net_null11: it is in use (EBUSY)");
            port.close();
            assertThat(Shim.call("detach", number)).isZero();
            assertThatThrownBy(() -> Port.start(number, "net_null11", SETTINGS, pool, () -> -16))
                    .hasMessageContaining("net_null11 with ")
                    .hasSuppressedException(new DpdkException("giving back net_null11", -16));
        }
    }

    @Test
    void poolLargerThanMemoryIsRefused() {
        assertThatThrownBy(() -> MbufPool.create("too-large", 1 << 22, 60_000))
                .isInstanceOf(DpdkException.class)
                .hasMessageContaining("memory is exhausted");
    }

    @Test
    void settingsBeyondTheirBoundsAreAMistake() {
        assertThatThrownBy(() -> new PortSettings(0, 64, 1_500)).hasMessage("0 queues; legal: 1 to 1024");
        assertThatThrownBy(() -> new PortSettings(1, 32_769, 1_500)).hasMessageContaining("descriptors");
        assertThatThrownBy(() -> new PortSettings(1, 64, 67)).hasMessageContaining("bytes of MTU");
        assertThatThrownBy(() -> EalOptions.withoutHugepages(0)).hasMessageContaining("megabytes");
    }
}
