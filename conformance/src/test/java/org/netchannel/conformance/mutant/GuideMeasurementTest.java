package org.netchannel.conformance.mutant;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.guide.Guide;
import org.netchannel.conformance.guide.Trail;
import org.netchannel.conformance.run.Check;
import org.netchannel.conformance.run.Examiner;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Endpoint;

/** What guided campaigns are worth, in figures. Asked for, because it takes long. */
@EnabledIfSystemProperty(named = "guide.measure", matches = "true")
class GuideMeasurementTest {
    private static final List<String> RARE =
            List.of("R4", "R11", "R19", "R20", "R22", "R24", "R26", "R30", "R33", "R35");
    private static final int RUNS = Integer.getInteger("guide.runs", 600);
    private static final int SEEDS = Integer.getInteger("guide.seeds", 3);
    private static final String MUTANTS = System.getProperty("guide.mutants", "");
    private static final long LIMIT = Duration.ofSeconds(Integer.getInteger("guide.seconds", 60)).toNanos();
    private static final SpecOracle ORACLE = new SpecOracle(Path.of("../specs/tla"));

    private final PrintStream out = System.out;

    private record Came(Set<String> situations, Set<String> pairs, long runs, double seconds, boolean found) {}

    private static Guide guide(boolean guided, long seed) {
        List<Profile> profiles = List.of(Profile.values());
        return guided ? Guide.guided(profiles, seed, RUNS) : Guide.straight(profiles, seed, RUNS);
    }

    private static Came run(Guide guide, Supplier<Endpoint> maker, boolean both) throws Exception {
        long startNs = System.nanoTime();
        Set<String> situations = new HashSet<>();
        Set<String> pairs = new HashSet<>();
        boolean found = false;
        long runs = 0;
        for (Optional<Guide.Chosen> chosen = guide.next();
                chosen.isPresent() && !found && System.nanoTime() - startNs < LIMIT;
                chosen = guide.next()) {
            Trail trail = new Trail();
            Supplier<Endpoint> other = both ? maker : ReferenceEndpoint::new;
            Examiner examiner = new Examiner(new ScenarioRunner(maker, other), List.of(
                    new Check("the specification", (header, lines) -> ORACLE.check(header, lines, trail), 1, false)));
            Run run = examiner.examine(chosen.get().scenario(), 0);
            found = run.violation().isPresent();
            guide.done(chosen.get(), found ? Optional.empty() : Optional.of(trail));
            situations.addAll(trail.situations());
            pairs.addAll(trail.pairs());
            runs++;
        }
        return new Came(situations, pairs, runs, (System.nanoTime() - startNs) / 1e9, found);
    }

    @Test
    void situations() throws Exception {
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (boolean guided : new boolean[] {false, true}) {
                Came came = run(guide(guided, 1_000L * seed), ReferenceEndpoint::new, true);
                out.printf("%s seed %d: %d runs, %d situations, %d pairs, %.1f s%n", guided ? "guided" : "straight",
                        1_000 * seed, came.runs(), came.situations().size(), came.pairs().size(), came.seconds());
            }
        }
    }

    @Test
    void rareMutants() throws Exception {
        for (SourceMutant mutant : SourceMutants.all()) {
            boolean wanted = MUTANTS.isEmpty() ? RARE.contains(mutant.race()) : mutant.toString().matches(MUTANTS);
            if (wanted) {
                out.println(mutant.race() + " " + mutant + ": " + measured(mutant));
            }
        }
    }

    private static String measured(SourceMutant mutant) throws Exception {
        Supplier<Endpoint> maker = MutantCompiler.compile(mutant);
        List<String> texts = new ArrayList<>();
        for (boolean guided : new boolean[] {false, true}) {
            StringBuilder text = new StringBuilder(guided ? "guided" : "straight");
            for (int seed = 1; seed <= SEEDS; seed++) {
                Came came = run(guide(guided, 1_000L * seed), maker, true);
                text.append(String.format(
                        " %s%d (%.1f s)", came.found() ? "" : "not in ", came.runs(), came.seconds()));
            }
            texts.add(text.toString());
        }
        return String.join("; ", texts);
    }
}
