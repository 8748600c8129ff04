package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.dpdk.host.FrameDevice;

/** Ports are reset when the device, or somebody else, wants it; nobody uses a queue meanwhile. */
@ExtendWith(WithDpdk.class)
@SuppressWarnings("restricted")
class PortResetTest {
    private static final PortSettings SETTINGS = new PortSettings(1, 64, 1_500);
    /** RTE_ETH_EVENT_INTR_RESET. */
    private static final int RESET_EVENT = 3;

    private final MbufBurst burst = new MbufBurst(MbufBurst.USUAL);

    private static MethodHandle dpdk(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(Dpdk.library().findOrThrow(name), type);
    }

    private static MemorySegment device(String name) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            return (MemorySegment) dpdk("rte_eth_dev_get_by_name", FunctionDescriptor.of(ADDRESS, ADDRESS))
                    .invokeExact(arena.allocateFrom(name));
        }
    }

    /** As the driver of the device does when the hardware has told it. */
    private static void tell(String name, int event) throws Throwable {
        int result = (int) dpdk("rte_eth_dev_callback_process",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS))
                .invokeExact(device(name), event, MemorySegment.NULL);
        assertThat(result).isZero();
    }

    @Test
    void aDeviceThatAsksForAResetIsReset() throws Throwable {
        try (MbufPool pool = MbufPool.create("reset-test", 1_023, 2_048)) {
            try (Port port = Port.open(Device.of("net_null5"), SETTINGS, pool)) {
                FrameDevice device = FrameDevice.of(port, 0);
                assertThat(device.isUp()).isTrue();
                tell("net_null5", RESET_EVENT + 1);
                assertThat(port.wantsReset()).isFalse();
                tell("net_null5", RESET_EVENT);
                assertThat(port.wantsReset()).isTrue();
                assertThat(device.isUp()).isTrue();
                assertThat(port.wantsReset()).isFalse();
                assertThat(port.resets()).isEqualTo(1);
                assertThat(device.receive(burst)).isEqualTo(MbufBurst.USUAL);
                burst.free();
            }
            assertThat(pool.available()).isEqualTo(pool.count());
        }
    }

    private static byte[] otherKey() {
        byte[] key = new byte[40];
        new Random(1).nextBytes(key);
        return key;
    }

    private static int setKey(int port, byte[] key) {
        try (Arena arena = Arena.ofConfined()) {
            return Shim.call("rss_set_key", port, arena.allocateFrom(JAVA_BYTE, key).address(), key.length);
        }
    }

    /** Hosts have computed from the first one whose a connection is. */
    @Test
    void aDeviceThatHasAnotherKeyAfterAResetGetsTheFirstOneBack() throws Throwable {
        try (MbufPool pool = MbufPool.create("reset-test", 1_023, 2_048);
                Port port = Port.open(Device.of("net_null8"), new PortSettings(2, 64, 1_500), pool)) {
            byte[] first = port.rssKey();
            assertThat(setKey(portOf("net_null8"), otherKey())).isZero();
            assertThat(port.rssKey()).isEqualTo(otherKey()).isNotEqualTo(first);
            port.reset();
            assertThat(port.rssKey()).isEqualTo(first);
        }
    }

    /** Of a driver that takes its key when it is configured. */
    @Test
    void aDeviceIsConfiguredWithTheKeyThatItIsToHave() throws DpdkException {
        try (MbufPool pool = MbufPool.create("reset-test", 1_023, 2_048); Arena arena = Arena.ofConfined()) {
            int member = Device.of("net_null9").attach();
            String name = Dpdk.version().compareTo("DPDK 23.11") < 0 ? "slave" : "member";
            int port = new Device("vdev", "net_bonding0", "mode=0," + name + "=net_null9").attach();
            // It takes its member, then it knows how long its key is.
            assertThat(configure(port, pool, MemorySegment.NULL)).isZero();
            assertThat(configure(port, pool, MemorySegment.NULL)).isZero();
            MemorySegment key = arena.allocateFrom(JAVA_BYTE, otherKey());
            assertThat(configure(port, pool, key)).isZero();
            MemorySegment now = arena.allocate(255);
            assertThat(Shim.call("rss_key", port, now.address(), 255)).isEqualTo(40);
            assertThat(now.asSlice(0, 40).mismatch(key)).isEqualTo(-1);
            assertThat(Shim.call("detach", port)).isZero();
            assertThat(Shim.call("detach", member)).isZero();
        }
    }

    private static int configure(int port, MbufPool pool, MemorySegment key) {
        return Shim.call("port_configure", port, 2, 64, 1_500, 0L, 0L, pool.address(), key.address(),
                (int) key.byteSize());
    }

    @Test
    void aPortIsResetWhenAllItsQueuesAreLeftAlone() throws DpdkException {
        try (MbufPool pool = MbufPool.create("reset-test", 1_023, 2_048);
                RingLink link = RingLink.create("reset", new PortSettings(3, 64, 1_500), pool)) {
            Port port = link.port(0);
            FrameDevice first = FrameDevice.of(port, 0);
            FrameDevice second = FrameDevice.of(port, 1);
            FrameDevice third = FrameDevice.of(port, 2);
            assertThat(pool.allocate(burst, 2)).isTrue();
            assertThat(link.port(1).send(0, burst)).isEqualTo(2);
            port.requestReset();
            for (int i = 0; i < 2; i++) {
                assertThat(first.isUp()).isFalse();
                assertThat(first.receive(burst)).isZero();
                assertThat(first.problem()).endsWith(" is to be reset, and other queues of it are still in use");
                assertThat(second.isUp()).isFalse();
            }
            assertThat(port.resets()).isZero();
            third.leave();
            assertThat(second.isUp()).isTrue();
            assertThat(port.resets()).isEqualTo(1);
            assertThat(first.receive(burst)).isZero();
            assertThat(first.isUp()).isTrue();
            assertThat(first.problem()).isNull();
            assertThat(port.resets()).isEqualTo(1);
            assertThat(first.receive(burst)).isEqualTo(2);
            burst.free();
            assertThat(third.isUp()).isTrue();
            port.requestReset();
            assertThat(first.isUp()).isFalse();
            assertThat(second.isUp()).isFalse();
            assertThat(third.isUp()).isTrue();
            assertThat(port.resets()).isEqualTo(2);
        }
    }

    @Test
    void aResetThatTheDeviceRefusesIsNamedAndTriedAgain() throws Throwable {
        try (MbufPool pool = MbufPool.create("reset-test", 1_023, 2_048);
                Port port = Port.open(Device.of("net_null6"), SETTINGS, pool)) {
            FrameDevice device = FrameDevice.of(port, 0);
            assertThat(device.isUp()).isTrue();
            // Somebody has pulled it out.
            int number = portOf("net_null6");
            Shim.call("port_stop", number);
            assertThat(Shim.call("detach", number)).isZero();
            assertThatThrownBy(port::reset)
                    .isInstanceOf(DpdkException.class)
                    .hasMessageContaining("a reset of net_null6");
            assertThat(port.wantsReset()).isTrue();
            assertThat(device.isUp()).isFalse();
            assertThat(device.problem()).contains("a reset of net_null6");
            assertThat(device.send(burst)).isZero();
        }
    }

    private static int portOf(String name) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment number = arena.allocate(JAVA_SHORT);
            int result = (int) dpdk("rte_eth_dev_get_port_by_name", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS))
                    .invokeExact(arena.allocateFrom(name), number);
            assertThat(result).isZero();
            return number.get(JAVA_SHORT, 0);
        }
    }

    @Test
    void aClosedPortIsNotReset() throws DpdkException {
        try (MbufPool pool = MbufPool.create("reset-test", 63, 2_048)) {
            Port port = Port.open(Device.of("net_null7"), SETTINGS, pool);
            port.close();
            port.requestReset();
            assertThat(port.wantsReset()).isFalse();
            assertThatThrownBy(port::reset).isInstanceOf(IllegalStateException.class).hasMessage("net_null7 is closed");
        }
    }
}
