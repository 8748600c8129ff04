package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 6298, worked by hand. */
class RoundTripTest {
    private static final long MILLISECOND = 1_000_000;
    private final RoundTrip roundTrip = new RoundTrip(Settings.DEFAULTS.with(Setting.LEAST_TIMEOUT, MILLISECOND));

    @Test
    void beforeAnythingIsMeasuredItIsOneSecond() {
        assertThat(roundTrip.timeout()).isEqualTo(1_000 * MILLISECOND);
    }

    /** Rule 2.2: SRTT = R, RTTVAR = R / 2, RTO = SRTT + 4 RTTVAR = 3 R. */
    @Test
    void afterTheFirstMeasurementItIsThreeTimesThat() {
        roundTrip.measured(100 * MILLISECOND);
        assertThat(roundTrip.smoothed()).isEqualTo(100 * MILLISECOND);
        assertThat(roundTrip.variation()).isEqualTo(50 * MILLISECOND);
        assertThat(roundTrip.timeout()).isEqualTo(300 * MILLISECOND);
    }

    /**
     * Rule 2.3: RTTVAR = 3/4 50 + 1/4 |100 - 180| = 57.5, SRTT = 7/8 100 + 1/8 180 = 110, RTO = 340; and then with 110:
     * RTTVAR = 43.125, SRTT = 110, RTO = 282.5.
     */
    @Test
    void laterMeasurementsAreSmoothed() {
        roundTrip.measured(100 * MILLISECOND);
        roundTrip.measured(180 * MILLISECOND);
        assertThat(roundTrip.variation()).isEqualTo(57_500_000);
        assertThat(roundTrip.smoothed()).isEqualTo(110 * MILLISECOND);
        assertThat(roundTrip.timeout()).isEqualTo(340 * MILLISECOND);
        roundTrip.measured(110 * MILLISECOND);
        assertThat(roundTrip.timeout()).isEqualTo(282_500_000);
    }

    /** Rules 2.4 and 2.5. */
    @Test
    void itStaysBetweenItsBounds() {
        roundTrip.measured(10);
        assertThat(roundTrip.timeout()).isEqualTo(MILLISECOND);
        for (int i = 0; i < 50; i++) {
            roundTrip.measured(100_000 * MILLISECOND);
        }
        assertThat(roundTrip.timeout()).isEqualTo(60_000 * MILLISECOND);
    }

    /** Rules 5.5 and section 5: doubled until something is measured. */
    @Test
    void eachBackoffDoublesItUpToTheMost() {
        roundTrip.measured(100 * MILLISECOND);
        roundTrip.backOff();
        assertThat(roundTrip.timeout()).isEqualTo(600 * MILLISECOND);
        roundTrip.backOff();
        assertThat(roundTrip.timeout()).isEqualTo(1_200 * MILLISECOND);
        for (int i = 0; i < 100; i++) {
            roundTrip.backOff();
        }
        assertThat(roundTrip.timeout()).isEqualTo(60_000 * MILLISECOND);
        roundTrip.measured(100 * MILLISECOND);
        assertThat(roundTrip.timeout()).isEqualTo(250 * MILLISECOND);
    }

    /** Rule 5.7. */
    @Test
    void afterAHandshakeThatTimedOutItIsThreeSeconds() {
        roundTrip.backOff();
        roundTrip.handshakeLost();
        assertThat(roundTrip.timeout()).isEqualTo(3_000 * MILLISECOND);
    }
}
