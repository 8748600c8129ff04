package org.netchannel.conformance.guide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.conformance.link.SeededChoices;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;

/**
 * Chooses the scenarios of a campaign: those of one seed after the other, and between them some that are a little
 * different from an earlier one which came into a situation that few others came into. What is chosen depends on
 * what earlier runs exercised, and on nothing else: number n on the runs up to n less {@link #LAG}, so that as many
 * can be run at a time. Any thread may call.
 */
public final class Guide {
    /** So many runs later what a run exercised counts. */
    public static final int LAG = 16;
    private static final int MOST_SITUATIONS = 1 << 16;
    private static final int CANDIDATES = 12;

    /**
     * A scenario to be run.
     *
     * @param number its number in the campaign, from 0
     * @param scenario the scenario
     * @param mutated whether it was made from another, and its seed alone does not make it again
     */
    public record Chosen(long number, Scenario scenario, boolean mutated) {}

    /** A situation, or a pair of actions. */
    private static final class Known {
        private Scenario smallest;
        private long runs;

        private Known(Scenario smallest) {
            this.smallest = smallest;
        }
    }

    private record Exercised(Scenario scenario, Set<String> what) {}

    private final List<Profile> profiles;
    private final long seed;
    private final long runs;
    /** Of how many one is new; 1 for all. */
    private final int newOnceIn;
    private final Map<String, Known> known = new HashMap<>();
    private final List<Known> inOrder = new ArrayList<>();
    private final Map<Long, Optional<Exercised>> results = new HashMap<>();
    private long next;
    private long fresh;
    private long merged;

    private Guide(List<Profile> profiles, long seed, long runs, int newOnceIn) {
        this.profiles = List.copyOf(profiles);
        this.seed = seed;
        this.runs = runs;
        this.newOnceIn = newOnceIn;
    }

    /**
     * A guided campaign.
     *
     * @param profiles what to draw scenarios from, in turn
     * @param seed the first seed of every profile, and of all other choices
     * @param runs how many scenarios
     * @return the guide
     */
    public static Guide guided(List<Profile> profiles, long seed, long runs) {
        return new Guide(profiles, seed, runs, 3);
    }

    /**
     * A campaign of seeds alone.
     *
     * @param profiles what to draw scenarios from, in turn
     * @param seed the first seed of every profile
     * @param runs how many scenarios
     * @return the guide, which leads nowhere
     */
    public static Guide straight(List<Profile> profiles, long seed, long runs) {
        return new Guide(profiles, seed, runs, 1);
    }

    /**
     * The next scenario. Waits until enough of the earlier ones are done: who takes one has to tell {@link #done} of
     * it, whatever happens.
     *
     * @return empty when there are no more
     * @throws InterruptedException when the thread is interrupted
     */
    public synchronized Optional<Chosen> next() throws InterruptedException {
        // Who waits has no number yet: another one may take it, and the next choice is made by what counts for it.
        while (next < runs && merged <= next - LAG) {
            if (results.containsKey(merged)) {
                results.remove(merged++).ifPresent(this::merge);
            } else {
                wait();
            }
        }
        return next < runs ? Optional.of(choose(next++)) : Optional.empty();
    }

    private Chosen choose(long number) {
        SeededChoices choices = new SeededChoices(seed ^ Long.reverse(number));
        if (inOrder.isEmpty() || choices.onceIn(newOnceIn)) {
            Profile profile = profiles.get((int) (fresh % profiles.size()));
            return new Chosen(number, Scenario.fromSeed(profile, seed + fresh++ / profiles.size()), false);
        }
        Scenario one = rare(choices);
        return new Chosen(number, new Mutator(profiles, choices).mutate(one, rare(choices)), true);
    }

    /** One that came into a situation which is rare among some. */
    private Scenario rare(SeededChoices choices) {
        Known rarest = inOrder.get(choices.below(inOrder.size()));
        for (int i = 1; i < CANDIDATES; i++) {
            Known other = inOrder.get(choices.below(inOrder.size()));
            rarest = other.runs < rarest.runs ? other : rarest;
        }
        return rarest.smallest;
    }

    private void merge(Exercised exercised) {
        for (String what : exercised.what()) {
            Known before = known.get(what);
            if (before == null && known.size() < MOST_SITUATIONS) {
                before = new Known(exercised.scenario());
                known.put(what, before);
                inOrder.add(before);
            }
            if (before != null) {
                before.runs++;
                if (exercised.scenario().steps().size() < before.smallest.steps().size()) {
                    before.smallest = exercised.scenario();
                }
            }
        }
    }

    /**
     * Tells what became of a scenario.
     *
     * @param chosen the scenario
     * @param trail what the run exercised; empty when it was not accepted, or not run
     */
    public synchronized void done(Chosen chosen, Optional<Trail> trail) {
        results.put(chosen.number(), trail.map(exercised -> {
            Set<String> what = new LinkedHashSet<>(exercised.situations());
            what.addAll(new TreeSet<>(exercised.pairs()));
            return new Exercised(chosen.scenario(), what);
        }));
        notifyAll();
    }
}
