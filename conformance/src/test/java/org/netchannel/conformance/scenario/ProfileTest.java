package org.netchannel.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.link.SeededChoices;

class ProfileTest {
    @Test
    void everyRuleOfAProfileIsDrawn() {
        for (Profile profile : Profile.values()) {
            Set<Class<?>> drawn = new HashSet<>();
            Set<Class<?>> known = new HashSet<>();
            for (long seed = 0; seed < 500; seed++) {
                Scenario.fromSeed(profile, seed).steps().forEach(step -> drawn.add(step.getClass()));
            }
            profile.rules().forEach(rule -> known.add(rule.make().apply(new int[rule.bounds().length]).getClass()));

            assertThat(drawn).as("%s", profile).containsAll(known);
        }
    }

    @Test
    void everyStartIsLegal() {
        for (Profile profile : Profile.values()) {
            for (long seed = 0; seed < 500; seed++) {
                Setup setup = profile.setup(new SeededChoices(seed));

                assertThat(setup.configA().problem()).as("%s seed %d", profile, seed).isEmpty();
                assertThat(setup.configB().problem()).as("%s seed %d", profile, seed).isEmpty();
                assertThat(setup.latencyChannels()).isBetween(1, 4);
                assertThat(setup.throughputChannels()).isBetween(1, 4);
            }
        }
    }

    @Test
    void aStepIsItsNumbers() {
        for (Profile profile : Profile.values()) {
            for (Step step : Scenario.fromSeed(profile, 3).steps()) {
                assertThat(Numbers.with(step, Numbers.of(step))).isEqualTo(step);
            }
        }
    }
}
