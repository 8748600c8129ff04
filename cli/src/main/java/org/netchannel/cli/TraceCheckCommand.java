package org.netchannel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.netchannel.cli.trace.CheckReport;
import org.netchannel.cli.trace.CountedCheck;
import org.netchannel.cli.verify.Clauses;
import org.netchannel.conformance.check.ForkedTlcChecker;
import org.netchannel.conformance.check.ReferenceOracle;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel trace check}: has some behaviour of the specification this trace as its observable part? */
@Command(
        name = "check",
        description = "Say whether a trace is a behaviour of the specification, or where it stops being one.",
        footer = {
            "%nExamples:",
            "  netchannel trace check run.ndjson                      by the executed specification",
            "  netchannel trace check --oracle tlc run.ndjson         by TLC in a process of its own",
            "  netchannel trace check --oracle reference run.ndjson   by replaying it; only the reference's own traces"
        })
final class TraceCheckCommand implements Callable<Integer> {
    private static final Duration TLC_LIMIT = Duration.ofHours(1);

    private enum Oracle { SPEC, TLC, REFERENCE }

    @Parameters(index = "0", paramLabel = "FILE", description = "The trace.")
    private String file;

    @Option(names = "--oracle", paramLabel = "ORACLE", defaultValue = "SPEC",
            description = "Who judges: one of ${COMPLETION-CANDIDATES}; SPEC when not given.")
    private Oracle oracle;

    @Option(names = "--json", description = "Report as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Home home = Home.of(spec);
        Path trace = new Arguments(spec).file("FILE", file, Long.MAX_VALUE);
        Progress progress = Progress.onStandardError(spec);
        CountedCheck check = new CountedCheck(checker(home), progress);
        long startedNs = System.nanoTime();
        Verdict verdict = check.of(trace);
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        progress.clear();
        CheckReport report =
                new CheckReport(file, oracle.name(), seconds, check.linesRead(), Clauses.read(home.protocol()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            report.printJson(out, verdict);
        } else if (CheckReport.isAboutTheTrace(verdict)) {
            report.print(out, verdict);
        } else {
            spec.commandLine().getErr().println(spec.qualifiedName() + ": " + report.why(verdict));
        }
        return CheckReport.status(verdict);
    }

    private TraceChecker checker(Home home) {
        return switch (oracle) {
            case SPEC -> new SpecOracle(home.modules());
            case TLC -> new ForkedTlcChecker(home.modules(), TLC_LIMIT);
            case REFERENCE -> new ReferenceOracle();
        };
    }
}
