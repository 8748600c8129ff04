package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.optimized.driver.DelayingDriver;
import org.netchannel.optimized.driver.FailingDriver;
import org.netchannel.optimized.driver.ObservedDriver;
import org.netchannel.optimized.driver.PacketLog;
import org.netchannel.traces.ChannelClass;

/** NC-CH-1, and what else {@link ChannelDriver} promises: every driver and every decorator keeps it. */
@Timeout(60)
class ChannelDriverContractTest {
    private static final int[] LENGTHS = {0, 1, 24, 0, 4_096, Wire.MAX_PAYLOAD, 0, 300};
    private static final LongSupplier CLOCK = System::nanoTime;

    /** What is tested. */
    enum Kind {
        MEMORY(false, driver -> driver),
        TCP(true, driver -> driver),
        FAILING_LATER(true, driver -> FailingDriver.afterPackets(driver, Long.MAX_VALUE)),
        DELAYING(true, driver -> new DelayingDriver(driver, 100_000, CLOCK)),
        DELAYING_IN_MEMORY(false, driver -> new DelayingDriver(driver, 100_000, CLOCK)),
        OBSERVED(true, driver -> new ObservedDriver(driver, new PacketLog(3, ChannelClass.LATENCY, line -> { }))),
        ALL(false, driver -> new ObservedDriver(new DelayingDriver(
                FailingDriver.atTime(driver, CLOCK.getAsLong() + 3_600_000_000_000L, CLOCK), 10_000, CLOCK),
                new PacketLog(3, ChannelClass.LATENCY, line -> { })));

        private final boolean tcp;
        private final UnaryOperator<ChannelDriver> around;

        Kind(boolean tcp, UnaryOperator<ChannelDriver> around) {
            this.tcp = tcp;
            this.around = around;
        }

        DriverEnds open() {
            return tcp ? DriverEnds.tcp(around) : DriverEnds.memory(around);
        }
    }

    private static int length(int number) {
        return LENGTHS[number % LENGTHS.length];
    }

    @ParameterizedTest
    @EnumSource
    void packetsArriveInOrderOnceBothWays(Kind kind) {
        try (DriverEnds ends = kind.open()) {
            int[] put = new int[2];
            int[] taken = new int[2];
            DriverEnds.until(() -> {
                put[0] += put[0] < 500 && ends.offer(ends.left, put[0], length(put[0])) ? 1 : 0;
                put[1] += put[1] < 500 && ends.offer(ends.right, put[1], length(put[1])) ? 1 : 0;
                ends.left.flush();
                ends.right.flush();
                taken[0] += ends.take(ends.right, taken[0], length(taken[0])) ? 1 : 0;
                taken[1] += ends.take(ends.left, taken[1], length(taken[1])) ? 1 : 0;
                return taken[0] == 500 && taken[1] == 500;
            });
            assertThat(ends.left.isFlushed() && ends.right.isFlushed()).isTrue();
            assertThat(ends.left.hasFailed() || ends.right.hasFailed()).isFalse();
            assertThat(ends.pool.bytesInUse()).isZero();
        }
    }

    /** What is under way is bounded, and all of it arrives when somebody reads. */
    @ParameterizedTest
    @EnumSource
    void aReaderThatDoesNotReadSlowsTheWriterDown(Kind kind) {
        try (DriverEnds ends = kind.open()) {
            int put = 0;
            for (int refused = 0; refused < 1_000 && put < 100_000; ) {
                ends.right.fetch();
                if (ends.offer(ends.left, put, 4_096)) {
                    put++;
                } else {
                    refused++;
                }
            }
            assertThat(put).isBetween(1, 100_000 - 1);
            int[] taken = new int[1];
            int all = put;
            DriverEnds.until(() -> {
                ends.left.flush();
                taken[0] += ends.take(ends.right, taken[0], 4_096) ? 1 : 0;
                return taken[0] == all;
            });
            assertThat(ends.pool.bytesInUse()).isZero();
        }
    }

    /** What arrived before the end is read first; then the failure shows, and stays. */
    @ParameterizedTest
    @EnumSource
    void anEndThatIsClosedIsSeenAfterWhatItHadSent(Kind kind) {
        try (DriverEnds ends = kind.open()) {
            for (int i = 0; i < 10; i++) {
                int number = i;
                DriverEnds.until(() -> ends.offer(ends.left, number, length(number)));
            }
            DriverEnds.until(() -> {
                ends.left.flush();
                return ends.left.isFlushed();
            });
            ends.left.close();
            ends.left.close();
            for (int i = 0; i < 10; i++) {
                int number = i;
                DriverEnds.until(() -> ends.take(ends.right, number, length(number)));
            }
            DriverEnds.until(() -> {
                ends.right.fetch();
                return ends.right.hasFailed();
            });
            assertThat(ends.right.hasNews()).isTrue();
            assertThat(ends.right.hasFailed()).isTrue();
        }
    }

    /** Whatever is inside when both ends close, on either side. */
    @ParameterizedTest
    @EnumSource
    void memoryIsGivenBackWhenBothEndsAreClosed(Kind kind) {
        DriverEnds ends = kind.open();
        for (int i = 0; i < 20; i++) {
            ends.offer(ends.left, i, 5_000);
            ends.right.fetch();
        }
        DriverEnds.until(() -> ends.take(ends.right, 0, 5_000));
        ends.right.hasNews();
        ends.close();
        ends.close();
        assertThat(ends.pool.bytesInUse()).isZero();
        assertThat(ends.left.hasRoom() && !ends.left.isFlushed()).isFalse();
    }
}
