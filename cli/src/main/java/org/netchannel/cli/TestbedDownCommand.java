package org.netchannel.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.netchannel.cli.testbed.Namespaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code netchannel testbed down}. */
@Command(
        name = "down",
        description = "Remove the namespaces that netchannel testbed up has made, if they are there.",
        footer = {
            "%nExample:",
            "  sudo netchannel testbed down"
        })
final class TestbedDownCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Namespaces namespaces = new Namespaces("ip");
        List<String> there = TestbedUpCommand.there(spec, namespaces);
        namespaces.down();
        String said = there.isEmpty() ? "nothing was up" : "removed " + String.join(" and ", there);
        spec.commandLine().getOut().println(said);
        return ExitStatus.HELD;
    }
}
