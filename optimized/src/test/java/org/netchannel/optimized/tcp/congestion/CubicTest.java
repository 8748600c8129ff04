package org.netchannel.optimized.tcp.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** RFC 9438, worked by hand. */
class CubicTest {
    private static final int SEGMENT = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private final Cubic control = new Cubic();
    private long now;

    /** A window of that many segments, reached by slow start. */
    private void grow(int segments) {
        control.begin(SEGMENT, false);
        while (control.window() < segments * (long) SEGMENT) {
            control.onAcknowledged(SEGMENT, true, 0, now);
        }
    }

    /** One round trip in which the whole window is acknowledged. */
    private void round(long roundTripNs) {
        now += roundTripNs;
        for (long left = control.window() / SEGMENT; left > 0; left--) {
            control.onAcknowledged(SEGMENT, true, roundTripNs, now);
        }
    }

    /** Section 4.6. */
    @Test
    void lossReducesTheWindowToSeventyPercent() {
        grow(100);
        control.onLoss(100_000, now);
        assertThat(control.window()).isEqualTo(70_000);
        assertThat(control.slowStartThreshold()).isEqualTo(70_000);
    }

    @Test
    void applicationThatHadNoMoreToSendIsReducedByWhatWasInFlight() {
        grow(100);
        control.onLoss(50_000, now);
        assertThat(control.window()).isEqualTo(35_000);
    }

    /** Section 4.2: K = cbrt((W_max - cwnd_epoch) / C) = cbrt(300 / 0.4) = 9.086 s for 1,000 segments. */
    @Test
    void windowIsBackAtItsPlateauAfterKSecondsAndFlatThere() {
        grow(1_000);
        control.onLoss(1_000_000, now);
        double k = Math.cbrt(300 / 0.4);
        assertThat(k).isCloseTo(9.086, within(0.001));
        long roundTrip = 100 * MILLISECOND;
        long start = now;
        long halfway = 0;
        while (now - start < k * 1e9) {
            round(roundTrip);
            if (halfway == 0 && now - start > k / 2 * 1e9) {
                halfway = control.window();
            }
        }
        assertThat(control.window() / 1e6).isCloseTo(1, within(0.01));
        // W_cubic(K/2) = 1000 - 300/8: concave, most of the way is over long before.
        assertThat(halfway / 1e3).isCloseTo(1_000 - 300 / 8.0, within(15.0));
        long before = control.window();
        for (int i = 0; i < 5; i++) {
            round(roundTrip);
        }
        assertThat(control.window() - before).isLessThan(3 * SEGMENT);
        for (int i = 0; i < 40; i++) {
            round(roundTrip);
        }
        // Convex: C * 4.5^3 = 36 segments over the plateau.
        assertThat((control.window() - 1_000_000) / 1e3).isCloseTo(36, within(12.0));
    }

    /** Section 4.7: lost again below the plateau, the next plateau is lower than the window was. */
    @Test
    void flowThatLosesBeforeItsPlateauLowersIt() {
        grow(1_000);
        control.onLoss(1_000_000, now);
        control.onLoss(700_000, now);
        assertThat(control.window()).isEqualTo(490_000);
        // The plateau is 700 * 1.7 / 2 = 595, and K = cbrt(105 / 0.4) = 6.4 s.
        long start = now;
        while (now - start < 6.4e9) {
            round(100 * MILLISECOND);
        }
        assertThat(control.window() / 1e3).isCloseTo(595, within(6.0));
    }

    /** Section 4.3: with a short round trip NewReno's growth is faster, and CUBIC grows alike. */
    @Test
    void inTheRenoFriendlyRegionItGrowsLikeRenoOnAverage() {
        grow(40);
        control.onLoss(40_000, now);
        assertThat(control.window()).isEqualTo(28_000);
        for (int i = 0; i < 20; i++) {
            round(MILLISECOND);
        }
        // 3 * (1 - 0.7) / (1 + 0.7) = 0.529 segments a round trip.
        assertThat(control.window() / 1e3).isCloseTo(28 + 20 * 0.529, within(1.0));
    }

    /** Section 4.8. */
    @Test
    void afterATimeoutItSlowStartsToTheThresholdAndGrowsOnFromThere() {
        grow(100);
        control.onTimeout(100_000, true, now);
        assertThat(control.window()).isEqualTo(SEGMENT);
        assertThat(control.slowStartThreshold()).isEqualTo(70_000);
        while (control.window() < 70_000) {
            control.onAcknowledged(SEGMENT, true, MILLISECOND, now);
        }
        round(100 * MILLISECOND);
        assertThat(control.window()).isBetween(70_000L, 71_000L);
    }

    @Test
    void windowStaysBetweenItsBoundsWhateverHappens() {
        java.util.SplittableRandom random = new java.util.SplittableRandom(7);
        control.begin(SEGMENT, false);
        for (int i = 0; i < 200_000; i++) {
            now += random.nextLong(10_000 * MILLISECOND);
            switch (random.nextInt(50)) {
                case 0 -> control.onLoss(random.nextLong(1L << 31), now);
                case 1 -> control.onTimeout(random.nextLong(1L << 31), random.nextBoolean(), now);
                case 2 -> control.onIdle();
                default -> control.onAcknowledged(random.nextLong(1, 1L << 20), true, random.nextLong(1L << 30), now);
            }
            assertThat(control.window()).isBetween((long) SEGMENT, LossWindow.LARGEST);
        }
    }
}
