package org.netchannel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.netchannel.specs.Model;
import org.netchannel.specs.RunSettings;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.mutation.MutantResult;
import org.netchannel.specs.mutation.Mutants;
import org.netchannel.specs.report.MutantReport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netchannel specs --mutants}: do the models notice when a conjunct of the specification is missing? */
final class MutantsRun {
    private static final int MOST = 100_000;
    private static final int MOST_SEEDS = 1 << 30;

    @Option(
            names = "--mutants",
            paramLabel = "N",
            description = "Drop N conjuncts and updates of the modules at random, one at a time, and run models until "
                    + "one notices; status 1 when one is not noticed. With --seed the same ones.")
    private Integer mutants;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    boolean isWanted() {
        return mutants != null;
    }

    /** Refuses a number that makes no sense. */
    void check() {
        if (mutants != null && (mutants < 1 || mutants > MOST)) {
            throw new ParameterException(spec.commandLine(), "--mutants is '" + mutants + "'; legal: 1 to " + MOST);
        }
    }

    int run(SpecFiles files, List<Model> models, RunSettings settings, Long given, boolean json)
            throws IOException, InterruptedException {
        long seed = given == null ? ThreadLocalRandom.current().nextInt(MOST_SEEDS) : given;
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter progress = json ? spec.commandLine().getErr() : out;
        long startNs = System.nanoTime();
        Mutants all = new Mutants(files, models, settings);
        List<MutantResult> results = all.run(all.sample(mutants, seed), result -> {
            MutantReport.lines(result).forEach(progress::println);
            progress.flush();
        });
        Duration took = Duration.ofNanos(System.nanoTime() - startNs);
        if (json) {
            out.println(MutantReport.json(results, all.all().size(), seed, took));
        } else {
            MutantReport.summary(results, all.all().size(), seed, took).forEach(out::println);
        }
        out.flush();
        boolean allNoticed =
                results.stream().noneMatch(result -> result.outcome() == MutantResult.Outcome.UNNOTICED);
        return allNoticed ? ExitStatus.HELD : ExitStatus.VIOLATION;
    }
}
