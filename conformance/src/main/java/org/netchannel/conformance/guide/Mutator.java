package org.netchannel.conformance.guide;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.link.SeededChoices;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.conformance.scenario.Setup;
import org.netchannel.conformance.scenario.Step;

/** Makes scenarios that are a little different from others. One thread calls. */
final class Mutator {
    private static final int MOST_STEPS = 100;
    private static final int MOST_CHANGES = 4;
    private static final int MOST_NEW = 6;

    private final List<Profile> profiles;
    private final SeededChoices choices;

    Mutator(List<Profile> profiles, SeededChoices choices) {
        this.profiles = profiles;
        this.choices = choices;
    }

    /** A new scenario from one, and here and there a piece of another. */
    Scenario mutate(Scenario scenario, Scenario other) {
        List<Step> steps = new ArrayList<>(scenario.steps());
        int changes = choices.between(1, MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            change(steps, scenario.profile(), other.steps());
        }
        if (steps.size() > MOST_STEPS) {
            steps.subList(MOST_STEPS, steps.size()).clear();
        }
        Setup setup = choices.onceIn(6) ? other.setup() : choices.onceIn(8)
                ? scenario.profile().setup(choices) : scenario.setup();
        long seed = choices.onceIn(2) ? scenario.seed() : choices.any() >>> 16;
        return new Scenario(scenario.profile(), seed, setup, steps);
    }

    private void change(List<Step> steps, Profile profile, List<Step> other) {
        switch (choices.below(8)) {
            case 0, 1, 2 -> steps.addAll(place(steps), drawn(profile, choices.between(1, MOST_NEW)));
            case 3 -> steps.addAll(place(steps), piece(other));
            case 4 -> steps.addAll(place(steps), piece(steps));
            case 5 -> {
                List<Step> end = other.subList(choices.below(other.size() + 1), other.size());
                steps.subList(place(steps), steps.size()).clear();
                steps.addAll(end);
            }
            case 6 -> {
                if (!steps.isEmpty()) {
                    steps.set(choices.below(steps.size()), drawn(profile, 1).getFirst());
                }
            }
            default -> {
                int from = place(steps);
                steps.subList(from, Math.min(steps.size(), from + choices.between(1, MOST_NEW))).clear();
            }
        }
    }

    private int place(List<Step> steps) {
        return choices.below(steps.size() + 1);
    }

    /** Mostly from the same profile. */
    private List<Step> drawn(Profile own, int count) {
        Profile profile = choices.onceIn(4) ? profiles.get(choices.below(profiles.size())) : own;
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            steps.add(profile.draw(choices));
        }
        return steps;
    }

    private List<Step> piece(List<Step> of) {
        int from = choices.below(of.size() + 1);
        return List.copyOf(of.subList(from, Math.min(of.size(), from + choices.between(1, 2 * MOST_NEW))));
    }
}
