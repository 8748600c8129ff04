package org.netchannel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netchannel trace}: what can be done with recorded traces. */
@Command(
        name = "trace",
        subcommands = {TraceCheckCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        description = "Check recorded traces.",
        footer = {"%nExamples:", "  netchannel trace check run.ndjson   is it a behaviour of the specification?"})
final class TraceCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Without a command there is nothing to run. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "COMMAND is missing");
    }
}
