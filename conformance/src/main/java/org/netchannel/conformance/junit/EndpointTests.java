package org.netchannel.conformance.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.drill.Drill;
import org.netchannel.conformance.drill.DrillResult;
import org.netchannel.conformance.drill.DrillRunner;
import org.netchannel.conformance.drill.Drills;
import org.netchannel.conformance.report.DrillReport;
import org.netchannel.conformance.report.FailureReport;
import org.netchannel.conformance.report.WalkReport;
import org.netchannel.conformance.run.Campaign;
import org.netchannel.conformance.run.Check;
import org.netchannel.conformance.run.Examiner;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.walk.Walk;
import org.netchannel.conformance.walk.WalkResult;
import org.netchannel.conformance.walk.WalkRunner;
import org.netchannel.conformance.walk.Walks;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.specs.SpecFiles;
import org.netchannel.traces.Endpoint;

/**
 * Drills, walks and scenarios as tests of an implementer's own project: a subclass says how an endpoint is made, and
 * JUnit runs a test for each drill, each walk and each scenario. The specification judges every trace. A test that
 * fails says what {@code netchannel conform} would: the clauses, the run as a diagram, what would have been right.
 *
 * <pre>{@code
 * class MyStackTest extends EndpointTests {
 *     @Override
 *     protected Endpoint newEndpoint() {
 *         return new MyStack();
 *     }
 * }
 * }</pre>
 */
public abstract class EndpointTests {
    private static final int MOST_ROWS = 60;
    private static final Duration SHRINK_LIMIT = Duration.ofSeconds(20);

    /** Loading takes some seconds: once for all tests, which JUnit may run in several threads. */
    private static final class Specification {
        private static final SpecOracle ORACLE = load();

        private static SpecOracle load() {
            try {
                Path modules = Files.createTempDirectory("netchannel-specs-");
                try {
                    SpecFiles.builtIn().extractTo(modules);
                    return new SpecOracle(modules);
                } finally {
                    remove(modules);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(Path folder) throws IOException {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** For subclasses. */
    protected EndpointTests() {}

    /**
     * The implementation.
     *
     * @return an endpoint that was not called yet; closed after the run if it is an {@link AutoCloseable}
     */
    protected abstract Endpoint newEndpoint();

    /**
     * What fixes the scenarios.
     *
     * @return the first seed, 1 unless overridden
     */
    protected long seed() {
        return 1;
    }

    /**
     * How many scenarios of each profile there are.
     *
     * @return 10 unless overridden
     */
    protected int scenarios() {
        return 10;
    }

    /**
     * How long the implementation may take.
     *
     * @return 10 s for a call and 2 minutes for a run unless overridden; a test fails when one is over
     */
    protected Patience patience() {
        return Patience.DEFAULT;
    }

    /**
     * Short scripts about single clauses, a test for each.
     *
     * @return the tests
     */
    @TestFactory
    public Stream<DynamicTest> drills() {
        return Drills.all().stream().map(drill -> DynamicTest.dynamicTest(drill.name(), () -> run(drill)));
    }

    private void run(Drill drill) {
        DrillResult result = new DrillRunner(this::newEndpoint, Specification.ORACLE, patience()).run(drill);
        if (result.violation().isPresent()) {
            throw new AssertionError(text(DrillReport.of(result, MOST_ROWS)));
        }
    }

    /**
     * Behaviours of the specification, replayed on two hosts, a test for each: by turns the implementation is both, the
     * first or the second, and the reference the other.
     *
     * @return the tests
     */
    @TestFactory
    public Stream<DynamicTest> walks() {
        List<Walk> walks = Walks.builtIn();
        return IntStream.rangeClosed(1, walks.size()).mapToObj(
                number -> DynamicTest.dynamicTest("walk " + number, () -> run(walks.get(number - 1), number)));
    }

    private void run(Walk walk, int number) {
        WalkResult result = new WalkRunner(runner(number), Specification.ORACLE).run(walk, seed());
        if (result.violation().isPresent()) {
            throw new AssertionError(text(WalkReport.of(result, MOST_ROWS)));
        }
    }

    /** Who is on which side goes by a number. */
    private ScenarioRunner runner(long number) {
        Supplier<Endpoint> a = Math.floorMod(number, 3) == 2 ? ReferenceEndpoint::new : this::newEndpoint;
        Supplier<Endpoint> b = Math.floorMod(number, 3) == 1 ? ReferenceEndpoint::new : this::newEndpoint;
        return new ScenarioRunner(a, b, patience());
    }

    /**
     * Random scenarios of two hosts, a test for each: by turns the implementation is both, the first or the second, and
     * the reference the other.
     *
     * @return the tests
     */
    @TestFactory
    public Stream<DynamicTest> scenariosOfEachProfile() {
        return Arrays.stream(Profile.values()).flatMap(profile -> LongStream.range(seed(), seed() + scenarios())
                .mapToObj(seed -> DynamicTest.dynamicTest(
                        profile.name().toLowerCase(Locale.ROOT) + ", seed " + seed, () -> run(profile, seed))));
    }

    private void run(Profile profile, long seed) {
        Examiner examiner = new Examiner(runner(seed),
                List.of(new Check("the specification", Specification.ORACLE, 1, false)));
        Campaign.Plan one = new Campaign.Plan(
                List.of(profile), seed, 1, Long.MAX_VALUE, 1, SHRINK_LIMIT.toNanos());
        new Campaign(examiner).run(one, coverage -> {}).failures().forEach(failure -> {
            throw new AssertionError(text(FailureReport.of(failure, MOST_ROWS)));
        });
    }

    private static String text(List<String> lines) {
        return String.join(System.lineSeparator(), lines);
    }
}
