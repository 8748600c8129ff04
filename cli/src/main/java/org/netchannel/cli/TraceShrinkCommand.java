package org.netchannel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.netchannel.cli.trace.CheckReport;
import org.netchannel.cli.trace.CountedCheck;
import org.netchannel.cli.verify.Clauses;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.TraceShrinker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceReader;
import org.netchannel.traces.TraceWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel trace shrink}: a rejected trace, smaller. */
@Command(
        name = "shrink",
        description = {
            "Make a rejected trace smaller: take out what comes after the rejected line, then connections, channels,",
            "calls and packets. What is left is accepted up to its last line, and that line is the one that was",
            "rejected, with the same clauses in play and the same answer of the specification. Steps and times are",
            "counted anew; a field of the file that no trace has is lost."
        },
        footer = {
            "%nExamples:",
            "  netchannel trace shrink run.ndjson                          writes run.ndjson.shrunk.ndjson",
            "  netchannel trace shrink --output small.ndjson run.ndjson    writes another file",
            "  netchannel trace shrink --time 600 --force run.ndjson       takes its time, replaces what is there"
        })
final class TraceShrinkCommand implements Callable<Integer> {
    /** More are not held in memory. */
    private static final int MOST_LINES = 300_000;

    private static final long MOST_SECONDS = 100_000;

    @Parameters(index = "0", paramLabel = "FILE", description = "The trace.")
    private String file;

    @Option(names = "--output", paramLabel = "FILE",
            description = "Where the smaller trace is put; FILE.shrunk.ndjson when not given.")
    private String output;

    @Option(names = "--force", description = "Replace the file that is there.")
    private boolean force;

    @Option(names = "--time", paramLabel = "SECONDS", defaultValue = "60",
            description = "Stop looking for a smaller one after so long; ${DEFAULT-VALUE} when not given.")
    private String time;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Home home = Home.of(spec);
        Arguments arguments = new Arguments(spec);
        long seconds = arguments.number("--time", time, 1, MOST_SECONDS);
        Path trace = arguments.file("FILE", file, Long.MAX_VALUE);
        Path target = arguments.output("--output", output == null ? file + ".shrunk.ndjson" : output);
        if (Files.exists(target) && !force) {
            throw arguments.illegal("--output", target.toString(), "a new name, or any with --force");
        }
        SpecOracle oracle = new SpecOracle(home.modules());
        Progress progress = Progress.onStandardError(spec);
        CountedCheck check = new CountedCheck(oracle, progress);
        Verdict verdict = check.of(trace);
        progress.clear();
        if (!(verdict instanceof Verdict.Rejected rejected)) {
            return nothingToShrink(verdict, home);
        }
        if (check.linesRead() > MOST_LINES) {
            return say(String.format("%s is rejected after %,d lines; at most %,d can be shrunk", file,
                    check.linesRead(), MOST_LINES));
        }
        return shrink(trace, target, oracle, (int) check.linesRead(), seconds, rejected, progress);
    }

    private int nothingToShrink(Verdict verdict, Home home) throws IOException {
        if (verdict instanceof Verdict.Accepted accepted) {
            return say(String.format("%s is accepted, all %,d lines of it: there is nothing to shrink",
                    file, accepted.lines()));
        }
        say(new CheckReport(file, "SPEC", 0, 0, Clauses.read(home.protocol())).why(verdict));
        return CheckReport.status(verdict);
    }

    private int say(String why) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + Failures.oneLine(why));
        return ExitStatus.USAGE;
    }

    private int shrink(
            Path trace, Path target, SpecOracle oracle, int count, long seconds, Verdict.Rejected rejected,
            Progress progress) throws IOException {
        TraceHeader header;
        List<TraceLine> lines = new ArrayList<>();
        try (TraceReader reader = TraceReader.open(trace)) {
            header = reader.header();
            for (Iterator<TraceLine> all = reader.iterator(); lines.size() < count && all.hasNext(); ) {
                lines.add(all.next());
            }
        }
        TraceShrinker shrinker =
                new TraceShrinker(oracle, header, TimeUnit.SECONDS.toNanos(seconds), progress::show);
        Optional<TraceShrinker.Shrunk> shrunk = shrinker.shrink(lines);
        progress.clear();
        if (shrunk.isEmpty()) {
            return say(file + " is not rejected there any more when its steps are counted anew; was it changed?");
        }
        write(target, header, shrunk.get().lines());
        report(target, rejected, lines, shrunk.get());
        return ExitStatus.HELD;
    }

    private static void write(Path target, TraceHeader header, List<TraceLine> lines) throws IOException {
        try (TraceWriter writer = TraceWriter.create(target, header)) {
            lines.forEach(writer::write);
        }
    }

    private void report(Path target, Verdict.Rejected rejected, List<TraceLine> lines, TraceShrinker.Shrunk shrunk) {
        List<TraceLine> kept = shrunk.lines();
        Set<String> clauses = rejected.clauses();
        spec.commandLine().getOut().printf("%,d lines of %,d left, %,d connections of %,d, %,d channels of %,d%s%n",
                kept.size(), lines.size(), TraceShrinker.connections(kept), TraceShrinker.connections(lines),
                TraceShrinker.channels(kept), TraceShrinker.channels(lines),
                shrunk.inTime() ? "" : "; time is up, --time gives more");
        spec.commandLine().getOut().printf("step %d was step %d: rejected like before%s%n", kept.size(),
                rejected.step(), clauses.isEmpty() ? "" : ", in play " + String.join(", ", clauses));
        spec.commandLine().getOut().println(Failures.printable(target.toString()));
    }
}
