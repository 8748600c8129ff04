package org.netchannel.cli;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Option;

/** Options of every command that runs random scenarios: how many, for how long, and which. */
final class ScenarioOptions {
    private static final long MAX_SEED = 1L << 48;
    private static final long MAX_RUNS = 1_000_000_000;
    private static final long MAX_SECONDS = 86_400;
    private static final long DEFAULT_SECONDS = 60;

    @Option(names = "--runs", paramLabel = "N",
            description = "So many scenarios, up to 1,000,000,000, however long it takes.")
    private String runs;

    @Option(names = "--time", paramLabel = "SECONDS",
            description = "So long for the scenarios, 1 to 86400; 60 when neither this nor --runs is given.")
    private String time;

    @Option(names = "--seed", paramLabel = "N", description = "Repeat the choices of an earlier run: 0 to 2^48.")
    private String seed;

    /** The seed that was typed, else any. */
    long seed(Arguments arguments) {
        return seed == null
                ? ThreadLocalRandom.current().nextLong(MAX_SEED)
                : arguments.number("--seed", seed, 0, MAX_SEED);
    }

    /** The most scenarios. */
    long runs(Arguments arguments) {
        return runs == null ? MAX_RUNS : arguments.number("--runs", runs, 1, MAX_RUNS);
    }

    /** The most time for them. */
    Duration time(Arguments arguments) {
        long unasked = runs == null ? DEFAULT_SECONDS : MAX_SECONDS;
        return Duration.ofSeconds(time == null ? unasked : arguments.number("--time", time, 1, MAX_SECONDS));
    }
}
