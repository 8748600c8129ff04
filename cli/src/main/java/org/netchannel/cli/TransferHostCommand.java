package org.netchannel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.netchannel.conformance.transfer.TransferHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code netchannel transfer-host}: one of the two processes that {@code verify} starts. Not for people. */
@Command(
        name = TransferHostCommand.NAME,
        hidden = true,
        description = "Run one host of a transfer, told by standard input.",
        footer = {"%nExample:", "  netchannel verify starts two of these"})
final class TransferHostCommand implements Callable<Integer> {
    static final String NAME = "transfer-host";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        TransferHost.run(in, spec.commandLine().getOut());
        return ExitStatus.HELD;
    }
}
