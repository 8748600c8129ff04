package org.netchannel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.netchannel.cli.verify.Clauses;
import org.netchannel.cli.verify.Finding;
import org.netchannel.cli.verify.ModelsPart;
import org.netchannel.cli.verify.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code netchannel test}: has Maven build and test everything, counts, and has TLC check the quick models meanwhile.
 */
@Command(
        name = "test",
        description = "Build everything, run all tests, and check the quick models.",
        footer = {
            "%nExamples:",
            "  netchannel test          tests and quick models, as every change has to pass them",
            "  netchannel test --full   mutation and stress tests as well, and what no model reaches; takes long",
            "  netchannel specs --thorough   what else there is: large models"
        })
final class TestCommand implements Callable<Integer> {
    @Option(
            names = "--full",
            description = {
                "Run the mutation tests of the reference and the stress tests of lock-free parts too, have the kit find"
                        + " broken implementations, and record what the models reach: what none of them does, and"
                        + " specs/tla/unreached.json does not explain, is a failure."
            })
    private boolean full;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = Home.of(spec);
        PrintWriter out = spec.commandLine().getOut();
        if (full) {
            return passes(home, out) ? allModels(home, out) : ExitStatus.VIOLATION;
        }
        try (ModelsProcess models = ModelsProcess.start()) {
            if (!passes(home, out)) {
                return ExitStatus.VIOLATION;
            }
            Progress progress = Progress.onStandardError(spec);
            return models.await(progress::show, line -> {
                progress.clear();
                out.println(line);
            });
        }
    }

    private boolean passes(Home home, PrintWriter out) throws IOException, InterruptedException {
        long startedNs = System.nanoTime();
        MavenRun run = new MavenRun(home.folder(), home.state().resolve("test.log"));
        int status = run.run(goals(), line -> out.println(line));
        if (status != 0) {
            run.complaints().forEach(out::println);
        }
        TestCounts counts = run.counts();
        Duration took = Duration.ofNanos(System.nanoTime() - startedNs);
        out.println(counts + " in " + took.toSeconds() + " s" + (status == 0 ? "" : "; the log is " + run.log()));
        return status == 0 && counts.allPassed();
    }

    /** What the models reach is counted in this process. */
    private int allModels(Home home, PrintWriter out) throws IOException, InterruptedException {
        long startedNs = System.nanoTime();
        ModelsPart models = new ModelsPart(home, true);
        Progress progress = Progress.onStandardError(spec);
        Finding finding = models.run(progress);
        progress.clear();
        Report report = new Report(Clauses.read(home.protocol()));
        report.add(models.name(), finding, Duration.ofNanos(System.nanoTime() - startedNs));
        report.printLast(out);
        return report.held() ? ExitStatus.HELD : ExitStatus.VIOLATION;
    }

    private List<String> goals() {
        List<String> goals = new ArrayList<>(List.of("verify"));
        if (full) {
            goals.add("-Pmutation,stress");
            goals.add("-Dmutants.hunt=true");
        }
        return goals;
    }
}
