package org.netchannel.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.netchannel.conformance.report.SequenceDiagram;
import org.netchannel.conformance.suite.Arrangement;
import org.netchannel.conformance.suite.Finding;
import org.netchannel.conformance.suite.Part;
import org.netchannel.conformance.suite.PartResult;
import org.netchannel.conformance.suite.Plan;
import org.netchannel.conformance.suite.Result;
import org.netchannel.conformance.suite.Suite;
import org.netchannel.conformance.suite.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel conform}: does an implementation, in whatever language, keep to the protocol? */
@Command(
        name = "conform",
        description = "Put an implementation through drills, walks and scenarios, and tell what is wrong with it.",
        footer = {
            "%nExamples:",
            "  netchannel conform exec:\"python3 endpoint.py\"",
            "  netchannel conform reference --only drills"
        })
final class ConformCommand implements Callable<Integer> {
    private static final long MAX_SEED = 1L << 48;
    private static final long MAX_RUNS = 1_000_000_000;
    private static final long MAX_SECONDS = 86_400;
    private static final long DEFAULT_SECONDS = 60;

    @Parameters(paramLabel = "IMPLEMENTATION", description = "exec:\"COMMAND\", reference, or optimized.")
    private String implementation;

    @Option(names = "--runs", paramLabel = "N", description = "So many scenarios, however long it takes.")
    private String runs;

    @Option(names = "--time", paramLabel = "SECONDS", description = "So long for the scenarios, 1 to 86400.")
    private String time;

    @Option(names = "--seed", paramLabel = "N", description = "Repeat the choices of an earlier run: 0 to 2^48.")
    private String seed;

    @Option(names = "--only", paramLabel = "PART", split = ",",
            description = "Leave the other parts out; PART is one of ${COMPLETION-CANDIDATES}.")
    private List<Part> only;

    @Option(names = "--answer-timeout", paramLabel = "SECONDS", defaultValue = "10",
            description = "So long for each answer of exec, 1 to 600; 10 when not given.")
    private String answerTimeout;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.of(spec);
        Arguments arguments = new Arguments(spec);
        long number = seed == null
                ? ThreadLocalRandom.current().nextLong(MAX_SEED)
                : arguments.number("--seed", seed, 0, MAX_SEED);
        Duration limit = Duration.ofSeconds(arguments.number("--answer-timeout", answerTimeout, 1, 600));
        long most = runs == null ? MAX_RUNS : arguments.number("--runs", runs, 1, MAX_RUNS);
        long seconds = time == null
                ? (runs == null ? DEFAULT_SECONDS : MAX_SECONDS)
                : arguments.number("--time", time, 1, MAX_SECONDS);
        Set<Part> parts = only == null ? EnumSet.allOf(Part.class) : EnumSet.copyOf(only);
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
        Plan plan = new Plan(parts, EnumSet.allOf(Topic.class),
                List.of(Arrangement.SELF, Arrangement.BEFORE_REFERENCE, Arrangement.BEHIND_REFERENCE),
                number, most, Duration.ofSeconds(seconds), 3, workers);
        Progress progress = Progress.onStandardError(spec);
        PrintWriter out = spec.commandLine().getOut();
        out.println("seed " + number);
        try (TestedImplementation tested = TestedImplementation.of(implementation, limit, workers, arguments)) {
            Result result = new Suite(tested.subject(), plan, home.modules()).run(progress::show);
            progress.clear();
            print(out, result);
            return result.findings().isEmpty() ? ExitStatus.HELD : ExitStatus.VIOLATION;
        }
    }

    private static void print(PrintWriter out, Result result) {
        for (PartResult part : result.parts()) {
            out.printf("%s: %,d runs, %,d failed, %,d lines, %.1f s %s%n", part.part(), part.runs(), part.failed(),
                    part.lines(), part.took().toMillis() / 1000.0, part.remark());
        }
        for (Finding finding : result.findings().stream().limit(3).toList()) {
            var run = finding.smallest();
            out.println();
            out.println("VIOLATION: " + run.violation().kind() + " in " + finding.runs() + " runs, " + run.name());
            out.println("  clauses " + run.clauses());
            run.violation().details().forEach(line -> out.println("  " + line));
            SequenceDiagram.of(run.trace(), 60).forEach(line -> out.println("  " + line));
        }
        out.println(result.identity() + ": " + result.findings().size() + " findings");
    }
}
