package org.netchannel.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netchannel testbed}: two hosts for benchmarks. */
@Command(
        name = "testbed",
        subcommands = {TestbedUpCommand.class, TestbedDownCommand.class, TestbedRunCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Two hosts for benchmarks: network namespaces of this machine, or two real machines over ssh."
        },
        footer = {
            "%nExamples:",
            "  sudo netchannel testbed run            makes two namespaces, measures, and removes them",
            "  sudo netchannel testbed up --mtu 9000  makes them, for more than one run",
            "  sudo netchannel testbed down           removes them",
            "  netchannel testbed run --hosts lab.properties"
        })
final class TestbedCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Without a command there is nothing to run. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "COMMAND is missing");
    }
}
