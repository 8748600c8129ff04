package org.netchannel.optimized.tcp.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5681, worked by hand. */
class NewRenoTest {
    private static final int SEGMENT = 1_000;
    private final NewReno control = new NewReno();

    /** RFC 6928, section 2. */
    @ParameterizedTest
    @CsvSource({"536, 5360", "1460, 14600", "1461, 14600", "4380, 14600", "7300, 14600", "7301, 14602", "9000, 18000",
        "65495, 130990"})
    void initialWindowIsTheOneOfRfc6928(int segment, long window) {
        control.begin(segment, false);
        assertThat(control.window()).isEqualTo(window);
        assertThat(control.slowStartThreshold()).isEqualTo(CongestionControl.NO_THRESHOLD);
    }

    @Test
    void afterAHandshakeThatLostSomethingTheWindowIsOneSegment() {
        control.begin(SEGMENT, true);
        assertThat(control.window()).isEqualTo(SEGMENT);
    }

    @Test
    void slowStartGrowsByWhatIsAcknowledgedAndAtMostASegment() {
        control.begin(SEGMENT, false);
        control.onAcknowledged(300, true, 0, 0);
        assertThat(control.window()).isEqualTo(10_300);
        control.onAcknowledged(2_000, true, 0, 0);
        assertThat(control.window()).isEqualTo(11_300);
    }

    @Test
    void windowThatIsNotUsedDoesNotGrow() {
        control.begin(SEGMENT, false);
        control.onAcknowledged(1_000, false, 0, 0);
        assertThat(control.window()).isEqualTo(10_000);
    }

    @Test
    void lossHalvesWhatIsInFlightAndThenTheWindowGrowsByOneSegmentAWindow() {
        control.begin(SEGMENT, false);
        control.onLoss(10_000, 0);
        assertThat(control.window()).isEqualTo(5_000);
        assertThat(control.slowStartThreshold()).isEqualTo(5_000);
        for (int i = 0; i < 4; i++) {
            control.onAcknowledged(1_000, true, 0, 0);
            assertThat(control.window()).isEqualTo(5_000);
        }
        control.onAcknowledged(1_000, true, 0, 0);
        assertThat(control.window()).isEqualTo(6_000);
        for (int i = 0; i < 6; i++) {
            assertThat(control.window()).isEqualTo(6_000);
            control.onAcknowledged(1_000, true, 0, 0);
        }
        assertThat(control.window()).isEqualTo(7_000);
    }

    @Test
    void thresholdIsNeverLessThanTwoSegments() {
        control.begin(SEGMENT, false);
        control.onLoss(3_000, 0);
        assertThat(control.window()).isEqualTo(2_000);
    }

    @Test
    void timeoutLeavesOneSegmentAndASecondOneLeavesTheThreshold() {
        control.begin(SEGMENT, false);
        control.onTimeout(8_000, true, 0);
        assertThat(control.window()).isEqualTo(1_000);
        assertThat(control.slowStartThreshold()).isEqualTo(4_000);
        control.onTimeout(1_000, false, 0);
        assertThat(control.slowStartThreshold()).isEqualTo(4_000);
        for (int i = 0; i < 3; i++) {
            control.onAcknowledged(1_000, true, 0, 0);
        }
        assertThat(control.window()).as("slow start up to the threshold").isEqualTo(4_000);
        control.onAcknowledged(1_000, true, 0, 0);
        assertThat(control.window()).as("congestion avoidance").isEqualTo(4_000);
    }

    @Test
    void afterIdleTimeTheWindowIsAtMostTheInitialOne() {
        control.begin(SEGMENT, false);
        for (int i = 0; i < 20; i++) {
            control.onAcknowledged(1_000, true, 0, 0);
        }
        control.onIdle();
        assertThat(control.window()).isEqualTo(10_000);
        control.onLoss(6_000, 0);
        control.onIdle();
        assertThat(control.window()).isEqualTo(3_000);
    }
}
