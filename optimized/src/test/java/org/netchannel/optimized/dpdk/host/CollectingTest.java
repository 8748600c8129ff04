package org.netchannel.optimized.dpdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.Until;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** A device that gives back what it has sent only when it is asked to. */
@ExtendWith(WithDpdk.class)
@Timeout(60)
class CollectingTest {
    private static final int BYTES = 8_000;

    /** Keeps frames, so that their memory stays lent, until it is told to give back what it is asked for. */
    private static final class Keeping extends ForwardingDevice {
        private final MbufBurst kept = new MbufBurst(MbufBurst.USUAL);
        private boolean keeps;
        private boolean givesBack;
        private long asked;

        private Keeping(FrameDevice device) {
            super(device);
        }

        @Override
        public int send(MbufBurst burst) {
            if (!keeps) {
                return device.send(burst);
            }
            int taken = Math.min(burst.count(), kept.space());
            for (int i = 0; i < taken; i++) {
                kept.add(burst.get(i));
            }
            burst.drop(taken);
            return taken;
        }

        @Override
        public boolean collect() {
            asked++;
            if (givesBack) {
                kept.free();
            }
            return true;
        }
    }

    private final PlainFramePool buffers = new PlainFramePool(Arena.ofAuto(), 1, BYTES);
    private RingHosts hosts;
    private Keeping device;
    private TcpConnection client;

    @BeforeEach
    void connect() throws DpdkException {
        hosts = new RingHosts("collecting", DpdkHost.settings(9_000), SegmentChecksum.SOFTWARE, wire -> {
            Keeping made = new Keeping(wire);
            device = device == null ? made : device;
            return made;
        });
        hosts.host(1).ip().listen(80, 10);
        client = hosts.host(0).ip().connect(hosts.address(1), 80);
        until(() -> client.state() == State.ESTABLISHED);
    }

    @AfterEach
    void everythingComesBack() {
        device.kept.free();
        hosts.close();
        assertThat(buffers.freeBuffers()).isEqualTo(1);
    }

    private void until(BooleanSupplier reached) {
        Until.reached(reached, () -> {
            hosts.host(0).work();
            hosts.host(1).work();
        });
    }

    /** One frame, which shows the bytes where they are; the device has it from then on. */
    private void lend() {
        assertThat(device.asked).isZero();
        device.keeps = true;
        assertThat(client.send(buffers.claim(), 0, BYTES)).isTrue();
        until(() -> device.kept.count() > 0);
    }

    @Test
    void whatIsLentIsAskedForWhileNothingElseIsSent() {
        lend();
        until(() -> device.asked > 2);
        device.givesBack = true;
        until(() -> device.kept.count() == 0);
    }

    @Test
    void aHostThatIsClosedWaitsForWhatItHasLent() {
        lend();
        device.givesBack = true;
        hosts.host(0).close();
        assertThat(device.kept.count()).isZero();
        assertThat(buffers.freeBuffers()).isEqualTo(1);
    }

    @Test
    void aHostThatIsClosedDoesNotWaitForEver() {
        lend();
        hosts.host(0).close();
        assertThat(device.kept.count()).isPositive();
        assertThat(device.asked).isGreaterThan(2);
    }

    @Test
    void whatNeverComesBackIsForfeitedWithItsDevice() {
        lend();
        hosts.host(0).close();
        assertThat(buffers.freeBuffers()).isZero();
        hosts.host(0).forfeit();
        assertThat(buffers.freeBuffers()).isEqualTo(1);
        device.kept.clear();
    }
}
