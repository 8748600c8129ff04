package org.netchannel.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.conformance.scenario.Step;

/** A guided campaign is a pure function of its seed and of what its runs exercise, however many run at a time. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuideTest {
    private static final List<Profile> PROFILES = List.of(Profile.HANDSHAKE, Profile.CLOSE);
    private static final int RUNS = 200;

    /** Steps that lead deeper and deeper, if they come in this order with whatever between. */
    private static final List<Class<? extends Step>> DEEP = List.of(Step.Abort.class, Step.Unlisten.class,
            Step.Fail.class, Step.Abort.class, Step.Status.class, Step.Fail.class, Step.Unlisten.class,
            Step.Status.class, Step.Abort.class, Step.Redial.class, Step.Fail.class, Step.Abort.class);

    /** How deep a scenario leads. */
    private static int depth(Scenario scenario) {
        int depth = 0;
        for (Step step : scenario.steps()) {
            depth += depth < DEEP.size() && DEEP.get(depth).isInstance(step) ? 1 : 0;
        }
        return depth;
    }

    /** What a run would exercise. */
    private static Trail trail(Scenario scenario) {
        Trail trail = new Trail();
        for (int depth = 0; depth <= depth(scenario); depth++) {
            trail.explained(Map.of("op", "status", "host", "A", "socket", 1, "ok", false, "error", "depth " + depth,
                    "reason", ""), Set.of());
        }
        return trail;
    }

    private static List<Guide.Chosen> alone(Guide guide) throws InterruptedException {
        List<Guide.Chosen> all = new ArrayList<>();
        for (Optional<Guide.Chosen> chosen = guide.next(); chosen.isPresent(); chosen = guide.next()) {
            all.add(chosen.get());
            guide.done(chosen.get(), Optional.of(trail(chosen.get().scenario())));
        }
        return all;
    }

    /** Where two lists begin to differ, or one of them ends: short to tell. */
    private static int firstDifference(List<?> one, List<?> other) {
        int at = 0;
        while (at < Math.min(one.size(), other.size()) && one.get(at).equals(other.get(at))) {
            at++;
        }
        return at;
    }

    private static Guide guided(long seed) {
        return Guide.guided(PROFILES, seed, RUNS);
    }

    @Test
    void sameSeedIsTheSameCampaign() throws Exception {
        assertThat(alone(guided(5))).hasSize(RUNS);
        assertThat(firstDifference(alone(guided(5)), alone(guided(5)))).isEqualTo(RUNS);
        assertThat(firstDifference(alone(guided(6)), alone(guided(5)))).isZero();
    }

    @Test
    void campaignIsTheSameWithSeveralThreads() throws Exception {
        Guide guide = guided(5);
        Map<Long, Guide.Chosen> all = new ConcurrentSkipListMap<>();
        CountDownLatch everybodyHasOne = new CountDownLatch(4);
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                workers.add(executor.submit(() -> {
                    boolean first = true;
                    for (var chosen = guide.next(); chosen.isPresent(); chosen = guide.next()) {
                        if (first) {
                            everybodyHasOne.countDown();
                            everybodyHasOne.await();
                            first = false;
                        }
                        all.put(chosen.get().number(), chosen.get());
                        guide.done(chosen.get(), Optional.of(trail(chosen.get().scenario())));
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
        assertThat(firstDifference(List.copyOf(all.values()), alone(guided(5)))).isEqualTo(RUNS);
    }

    @Test
    void longerCampaignBeginsLikeAShorterOne() throws Exception {
        assertThat(firstDifference(alone(Guide.guided(PROFILES, 5, 2 * RUNS)), alone(guided(5)))).isEqualTo(RUNS);
    }

    @Test
    void scenariosOfTheSeedsComeInBetweenAndFirst() throws Exception {
        List<Guide.Chosen> all = alone(guided(5));
        assertThat(all.subList(0, Guide.LAG)).noneMatch(Guide.Chosen::mutated);
        List<Scenario> fresh = all.stream().filter(chosen -> !chosen.mutated()).map(Guide.Chosen::scenario).toList();
        assertThat(fresh).hasSizeBetween(RUNS / 4, RUNS / 2);
        assertThat(firstDifference(fresh, alone(Guide.straight(PROFILES, 5, fresh.size())).stream()
                .map(Guide.Chosen::scenario).toList())).isEqualTo(fresh.size());
    }

    @Test
    void runsThatWereNotAcceptedLeadNowhere() throws Exception {
        Guide guide = guided(5);
        for (int i = 0; i < RUNS; i++) {
            Guide.Chosen chosen = guide.next().orElseThrow();
            assertThat(chosen.mutated()).isFalse();
            guide.done(chosen, Optional.empty());
        }
    }

    @Test
    void guidedCampaignGetsWhereSeedsAloneDoNot() throws Exception {
        assertThat(deepest(alone(guided(5)))).isGreaterThan(1 + deepest(alone(Guide.straight(PROFILES, 5, RUNS))));
    }

    private static int deepest(List<Guide.Chosen> campaign) {
        return campaign.stream().mapToInt(chosen -> depth(chosen.scenario())).max().orElseThrow();
    }
}
