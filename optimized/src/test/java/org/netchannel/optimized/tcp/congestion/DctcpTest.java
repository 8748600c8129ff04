package org.netchannel.optimized.tcp.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** RFC 8257, section 3.3, worked by hand. */
class DctcpTest {
    private static final int SEGMENT = 1_000;
    private final Dctcp control = new Dctcp();
    private long acknowledged;

    /** A window of ten segments, so many of them marked. */
    private void window(int marked) {
        for (int i = 0; i < 10; i++) {
            acknowledged += SEGMENT;
            long next = i == 9 ? acknowledged + 10 * SEGMENT : acknowledged + (9 - i) * SEGMENT;
            control.onEcho(SEGMENT, i < marked, acknowledged, next);
        }
    }

    private void begin() {
        control.begin(SEGMENT, false);
        control.onEcho(0, false, 0, 10 * SEGMENT);
    }

    @Test
    void estimateIsAnAverageOfWindowsWithGainOneSixteenth() {
        begin();
        assertThat(control.alpha()).isEqualTo(1);
        window(0);
        assertThat(control.alpha()).isCloseTo(15 / 16.0, within(1e-9));
        window(5);
        assertThat(control.alpha()).isCloseTo(15 / 16.0 * 15 / 16 + 0.5 / 16, within(1e-9));
        for (int i = 0; i < 200; i++) {
            window(2);
        }
        assertThat(control.alpha()).isCloseTo(0.2, within(1e-4));
    }

    @Test
    void windowIsReducedByHalfTheMarkedShare() {
        begin();
        for (int i = 0; i < 200; i++) {
            window(2);
        }
        control.onCongestionEcho(10_000, 0);
        assertThat(control.window()).isBetween(8_998L, 9_000L);
        assertThat(control.slowStartThreshold()).isEqualTo(control.window());
    }

    @Test
    void everythingMarkedHalvesTheWindow() {
        begin();
        control.onCongestionEcho(10_000, 0);
        assertThat(control.window()).isEqualTo(5_000);
    }

    /** Section 3.5. */
    @Test
    void lossIsTreatedAsNewRenoDoes() {
        begin();
        for (int i = 0; i < 200; i++) {
            window(0);
        }
        control.onLoss(10_000, 0);
        assertThat(control.window()).isEqualTo(5_000);
    }
}
