package org.netchannel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netchannel trace}: what can be done with recorded traces. */
@Command(
        name = "trace",
        subcommands = {
            TraceShowCommand.class, TraceCheckCommand.class, TraceDiffCommand.class, TraceShrinkCommand.class,
            TraceMergeCommand.class, TraceImportCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        description = "Show, check, compare, shrink and merge recorded traces, and make them from captures.",
        footer = {
            "%nExamples:",
            "  netchannel trace show run.ndjson          what happened, a line for each call",
            "  netchannel trace check run.ndjson         is it a behaviour of the specification?",
            "  netchannel trace diff a.ndjson b.ndjson   the first line where two traces differ",
            "  netchannel trace shrink run.ndjson        a smaller trace that is rejected like this one",
            "  netchannel trace merge a.ndjson b.ndjson  what two processes recorded, as one trace",
            "  netchannel trace import --pcap run.pcap   captured channels as a trace"
        })
final class TraceCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Without a command there is nothing to run. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "COMMAND is missing");
    }
}
