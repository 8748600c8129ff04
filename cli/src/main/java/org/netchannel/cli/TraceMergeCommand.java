package org.netchannel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.netchannel.conformance.transfer.MismatchedTracesException;
import org.netchannel.conformance.transfer.TraceMerger;
import org.netchannel.traces.MalformedTraceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel trace merge}: what two processes recorded, as one trace. */
@Command(
        name = "merge",
        description = {
            "Merge the traces of two hosts, each recorded by its own process, into one that can be checked. Neither",
            "clocks nor times are looked at: the order of each host is kept, and a packet is delivered after it was",
            "pulled. Whatever carried the channels will do: TCP, DPDK, on one machine or on two. Any such order is",
            "accepted if the one in which it happened is. Status 0: merged; 1: a host received what the other one",
            "did not send, which is merged, too, for check to say what is wrong; 2: they can't be merged."
        },
        footer = {
            "%nExamples:",
            "  netchannel trace merge a.ndjson b.ndjson                        writes a.ndjson.merged.ndjson",
            "  netchannel trace merge --output run.ndjson a.ndjson b.ndjson && netchannel trace check run.ndjson",
            "  netchannel trace merge --output run.ndjson --force a.ndjson b.ndjson    replaces what is there"
        })
final class TraceMergeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A", description = "The trace of one host.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "The trace of the other one.")
    private String second;

    @Option(names = "--output", paramLabel = "FILE",
            description = "Where the merged trace is put; A.merged.ndjson when not given.")
    private String output;

    @Option(names = "--force", description = "Replace the file that is there.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Arguments arguments = new Arguments(spec);
        Path a = arguments.file("A", first, Long.MAX_VALUE);
        Path b = arguments.file("B", second, Long.MAX_VALUE);
        Path target = arguments.output("--output", output == null ? first + ".merged.ndjson" : output);
        if (Files.exists(target) && !force) {
            throw arguments.illegal("--output", target.toString(), "a new name, or any with --force");
        }
        try {
            return report(TraceMerger.merge(a, b, target), target);
        } catch (MalformedTraceException e) {
            return Failures.ofFile(spec, e);
        } catch (MismatchedTracesException e) {
            throw arguments.illegal("B", second + " (" + e.getMessage() + ")", "the trace of A's peer");
        }
    }

    private int report(TraceMerger.Merged merged, Path target) {
        spec.commandLine().getOut().printf("%,d lines in %s%n", merged.lines(), Failures.printable(target.toString()));
        if (merged.unexplained() == 0) {
            return ExitStatus.HELD;
        }
        String where = merged.stuckAt().stream().map(line -> "step " + line.step() + " of host " + line.host())
                .collect(Collectors.joining(" and "));
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + Failures.oneLine(String.format(
                "the traces do not fit together at %s: %,d lines receive what the other host has not sent", where,
                merged.unexplained())));
        return ExitStatus.VIOLATION;
    }
}
