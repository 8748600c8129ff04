package org.netchannel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel setup dpdk}: installs what Debian has of DPDK. */
@Command(
        name = "setup",
        description = {
            "Install what a part of the stack needs, from the packages of Debian and its relatives.",
            "The next command builds that part. Needs apt-get and root; without them it says what to install."
        },
        footer = {
            "%nExamples:",
            "  sudo ./netchannel setup dpdk",
            "  netchannel setup dpdk --dry-run  what it would call"
        })
final class SetupCommand implements Callable<Integer> {
    private static final List<String> DPDK = List.of("gcc", "pkg-config", "libdpdk-dev", "dpdk", "dpdk-dev");

    @Parameters(paramLabel = "PART",
            description = "dpdk: the libraries of DPDK, and a compiler for the shim over them.")
    private String part;

    @Option(names = "--dry-run", description = "Show the commands and end.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!part.equals("dpdk")) {
            throw new Arguments(spec).illegal("PART", part, "dpdk");
        }
        List<String> install = new ArrayList<>(List.of("apt-get", "install", "-y", "--no-install-recommends"));
        install.addAll(DPDK);
        List<List<String>> commands = List.of(List.of("apt-get", "update"), install);
        PrintWriter out = spec.commandLine().getOut();
        if (dryRun) {
            commands.forEach(command -> out.println(String.join(" ", command)));
            return ExitStatus.HELD;
        }
        if (!isOnPath("apt-get")) {
            throw missing("apt-get is not here: install DPDK with its headers (libdpdk), a C compiler and "
                    + "pkg-config with this system's own packages");
        }
        if (!System.getProperty("user.name").equals("root")) {
            throw missing("this needs root: sudo " + String.join(" ", install));
        }
        for (List<String> command : commands) {
            out.println(String.join(" ", command));
            out.flush();
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                spec.commandLine().getErr().println("netchannel setup: " + command.get(1) + " ended with " + status);
                return ExitStatus.VIOLATION;
            }
        }
        out.println("installed; ./netchannel doctor shows what else there is to do");
        return ExitStatus.HELD;
    }

    private ParameterException missing(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder).resolve(program))
                .anyMatch(Files::isExecutable);
    }
}
