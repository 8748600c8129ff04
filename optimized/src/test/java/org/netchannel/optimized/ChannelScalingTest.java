package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.netchannel.optimized.ChannelScaling.ADD_AFTER;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.ChannelScaling.Decision;

class ChannelScalingTest {
    private static final int REMOVE_AFTER = 30;

    private final ChannelScaling scaling = new ChannelScaling(1, 4, REMOVE_AFTER);
    private int channels = 1;

    /** The decision of the last of some samples, all of which are the same, and none before it is any. */
    private Decision sample(int count, boolean isSlow, long bytesPerSecond) {
        for (int i = 1; i < count; i++) {
            assertThat(scaling.decide(channels, channels, isSlow, bytesPerSecond)).isEqualTo(Decision.STAY);
        }
        return scaling.decide(channels, channels, isSlow, bytesPerSecond);
    }

    private void add(long bytesPerSecond) {
        assertThat(sample(ADD_AFTER, true, bytesPerSecond)).isEqualTo(Decision.ADD);
        channels++;
    }

    @Test
    void aChannelIsAddedAfterEnoughSlowSamplesInARow() {
        assertThat(sample(ADD_AFTER - 1, true, 1_000)).isEqualTo(Decision.STAY);
        assertThat(sample(1, false, 1_000)).isEqualTo(Decision.STAY);
        assertThat(sample(ADD_AFTER, true, 1_000)).isEqualTo(Decision.ADD);
    }

    @Test
    void noChannelIsAddedWhereNothingMoves() {
        assertThat(sample(20 * ADD_AFTER, true, 0)).isEqualTo(Decision.STAY);
    }

    @Test
    void noChannelIsAddedAfterOneThatWasNoUse() {
        add(1_000);
        assertThat(sample(ADD_AFTER, true, 1_099)).isEqualTo(Decision.STAY);
        assertThat(sample(ADD_AFTER, true, 1_100)).isEqualTo(Decision.ADD);
    }

    @Test
    void thereAreNeverMoreThanTheMost() {
        add(1_000);
        add(2_000);
        add(3_000);
        assertThat(sample(20 * ADD_AFTER, true, 100_000)).isEqualTo(Decision.STAY);
    }

    @Test
    void thereAreNeverFewerThanTheLeast() {
        assertThat(sample(20 * REMOVE_AFTER, false, 0)).isEqualTo(Decision.STAY);
        add(1_000);
        assertThat(sample(REMOVE_AFTER, false, 0)).isEqualTo(Decision.REMOVE);
        channels--;
        assertThat(sample(20 * REMOVE_AFTER, false, 0)).isEqualTo(Decision.STAY);
    }

    /** From both sides: of the load, and of the time. */
    @Test
    void aChannelIsRemovedWhenHalfOfWhatCalledForItIsCarriedForLong() {
        add(1_000);
        assertThat(sample(20 * REMOVE_AFTER, false, 501)).isEqualTo(Decision.STAY);
        assertThat(sample(REMOVE_AFTER - 1, false, 500)).isEqualTo(Decision.STAY);
        assertThat(sample(1, false, 501)).isEqualTo(Decision.STAY);
        assertThat(sample(REMOVE_AFTER, false, 500)).isEqualTo(Decision.REMOVE);
    }

    @Test
    void whatCallsForAChannelIsRememberedForEachNumber() {
        add(1_000);
        add(3_000);
        assertThat(sample(REMOVE_AFTER, false, 1_500)).isEqualTo(Decision.REMOVE);
        channels--;
        assertThat(sample(20 * REMOVE_AFTER, false, 1_500)).isEqualTo(Decision.STAY);
        assertThat(sample(REMOVE_AFTER, false, 500)).isEqualTo(Decision.REMOVE);
    }

    @Test
    void nothingIsDecidedWhileChannelsComeAndGo() {
        add(1_000);
        for (int i = 0; i < 20 * REMOVE_AFTER; i++) {
            assertThat(scaling.decide(2, 1, true, 1_000)).isEqualTo(Decision.STAY);
            assertThat(scaling.decide(2, 3, false, 0)).isEqualTo(Decision.STAY);
        }
        assertThat(sample(ADD_AFTER - 1, true, 2_000)).isEqualTo(Decision.STAY);
        assertThat(scaling.decide(2, 1, true, 2_000)).isEqualTo(Decision.STAY);
        assertThat(sample(ADD_AFTER, true, 2_000)).isEqualTo(Decision.ADD);
    }

    /** No flapping: a load that stays the same, give or take a fifth, has channels come and none go. */
    @Property
    void aSteadyLoadNeverRemovesAChannel(@ForAll @LongRange(min = 1, max = 1_000_000) long offered,
            @ForAll @IntRange(min = 1_000, max = 1_000_000) int capacity, @ForAll long seed) {
        Random random = new Random(seed);
        ChannelScaling steady = new ChannelScaling(1, 4, REMOVE_AFTER);
        int now = 1;
        for (int i = 0; i < 3_000; i++) {
            long load = offered * (80 + random.nextInt(41)) / 100;
            long carried = Math.min(load, (long) now * capacity);
            Decision decision = steady.decide(now, now, carried < load, carried);
            assertThat(decision).as("sample %d of %d/s over %d channels", i, load, now).isNotEqualTo(Decision.REMOVE);
            now += decision == Decision.ADD ? 1 : 0;
        }
        assertThat((long) now * capacity).isGreaterThanOrEqualTo(Math.min(offered * 8 / 10, 4L * capacity));
    }

    /** A load that comes and goes has each channel come and go once in a period at most. */
    @Test
    void aLoadThatComesAndGoesAddsAndRemovesOnceEach() {
        for (int period = 0; period < 5; period++) {
            add(1_000);
            assertThat(sample(20 * REMOVE_AFTER, false, 1_800)).isEqualTo(Decision.STAY);
            assertThat(sample(REMOVE_AFTER, false, 0)).isEqualTo(Decision.REMOVE);
            channels--;
            assertThat(sample(20 * REMOVE_AFTER, false, 0)).isEqualTo(Decision.STAY);
        }
    }

    @Test
    void rangesAreHeldFromBothSides() {
        assertThat(ChannelRange.fixed(0).isFixed()).isTrue();
        assertThat(ChannelRange.between(1, 64).isFixed()).isFalse();
        assertThatThrownBy(() -> ChannelRange.between(0, 1)).hasMessageContaining("least is 0, legal is 1 to 1");
        assertThatThrownBy(() -> ChannelRange.between(-1, 1)).hasMessage("least is -1, legal is 0 to 64");
        assertThatThrownBy(() -> ChannelRange.between(3, 2)).hasMessage("most is 2, legal is 3 to 64");
        assertThatThrownBy(() -> ChannelRange.between(3, 65)).hasMessage("most is 65, legal is 3 to 64");
        ChannelRange range = ChannelRange.between(1, 2);
        assertThat(range.after(1_000_000, 1_000_000).removeAfterNs()).isEqualTo(1_000_000);
        assertThatThrownBy(() -> range.after(999_999, 1_000_000))
                .hasMessage("addAfterNs is 999999, legal is 1000000 to 3600000000000");
        assertThatThrownBy(() -> range.after(1_000_001, 1_000_000))
                .hasMessage("removeAfterNs is 1000000, legal is 1000001 to 3600000000000");
    }
}
