package org.netchannel.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.netchannel.specs.Model;
import org.netchannel.specs.Simulation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of {@code netchannel specs --simulate}: what differs from the manifest. */
final class SimulationOptions {
    private static final long LONGEST_SECONDS = 7 * 24 * 3_600;

    @Option(
            names = "--simulate",
            description = "Walk the models that are too large to be exhausted at random; a violation is status 1.")
    boolean simulate;

    @Option(names = "--traces", paramLabel = "N", description = "With --simulate: how many random traces.")
    private Integer traces;

    @Option(names = "--depth", paramLabel = "N", description = "With --simulate: longest trace, in steps.")
    private Integer depth;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "With --simulate or --mutants: seed of the random choices; the same seed gives the same.")
    private Long seed;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "With --simulate: walk for N seconds, however many traces that makes.")
    private Long seconds;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The seed that was typed, or null. */
    Long seed() {
        return seed;
    }

    /**
     * Refuses numbers that make no sense, and options without the one that they belong to.
     *
     * @param seeded whether another option makes use of the seed
     */
    void check(boolean seeded) {
        inRange("--traces", traces, Integer.MAX_VALUE);
        inRange("--depth", depth, Simulation.LONGEST_WALK);
        inRange("--seconds", seconds, LONGEST_SECONDS);
        if (seed != null && seed < 0) {
            throw new ParameterException(spec.commandLine(), "--seed is '" + seed + "'; legal: 0 or more");
        }
        if (!simulate && Stream.of(traces, depth, seeded ? null : seed, seconds).anyMatch(value -> value != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--traces, --depth, --seed and --seconds are options of --simulate");
        }
    }

    private void inRange(String option, Number value, long most) {
        if (value != null && (value.longValue() < 1 || value.longValue() > most)) {
            throw new ParameterException(
                    spec.commandLine(), option + " is '" + value + "'; legal: 1 to " + most);
        }
    }

    /** The models, with what the command line changes. */
    List<Model> applyTo(List<Model> models) {
        return models.stream().map(this::applyTo).toList();
    }

    private Model applyTo(Model model) {
        Simulation own = model.simulation().orElseThrow(() -> new ParameterException(
                spec.commandLine(), "--simulate: '" + model.name() + "' is no simulation; --list shows which are"));
        int most = seconds == null ? own.traces() : Integer.MAX_VALUE;
        return model.simulated(new Simulation(
                depth == null ? own.depth() : depth,
                traces == null ? most : traces,
                seed == null ? own.seed() : seed,
                Optional.ofNullable(seconds).map(Duration::ofSeconds)));
    }
}
