package org.netchannel.cli;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: every subcommand hangs here, and every failure of one ends here in a line and a status. */
@Command(
        name = "netchannel",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        subcommands = {
            VerifyCommand.class, ConformCommand.class, TestCommand.class, SpecsCommand.class, TraceCommand.class,
            ProxyCommand.class, ServeCommand.class, CopyCommand.class, StatCommand.class, BenchCommand.class,
            BenchHostCommand.class, TestbedCommand.class, EndpointCommand.class, DoctorCommand.class,
            SetupCommand.class, TransferHostCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        description = "A formally specified host network stack: checks it, and shows what was checked.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything that was checked held",
            "1:something that was checked did not hold",
            "2:the command was typed wrong, names a file that can't be used, or a prerequisite is missing",
            "70:a mistake in this program or a failure of this machine"
        })
public final class Main implements Runnable {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack of an internal error.")
    private boolean debug;

    @Spec
    private CommandSpec spec;

    private Main() {}

    /**
     * Runs one command and ends the process with its status.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        Charset charset = System.out.charset();
        int status = run(new PrintWriter(System.out, true, charset), new PrintWriter(System.err, true, charset), args);
        System.exit(status);
    }

    /**
     * Runs one command.
     *
     * @param out where results go
     * @param err where progress and errors go
     * @param args the command and its arguments
     * @return the exit status, see {@link ExitStatus}
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        CommandLine commandLine = main.commandLine().setOut(out).setErr(err);
        try {
            return commandLine.execute(args);
        } catch (Error e) { // the last line of defence: a stack trace tells a user nothing
            return Failures.internal(e, commandLine, main.debug);
        }
    }

    /** All commands, and how their failures are reported. */
    private CommandLine commandLine() {
        return new CommandLine(this)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, typed) -> Failures.usage(wrong))
                .setExecutionExceptionHandler((e, command, parsed) -> Failures.internal(e, command, debug));
    }

    /** The names of all commands. */
    static Set<String> commands() {
        return new Main().commandLine().getSubcommands().keySet();
    }

    /** Without a command there is nothing to run. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "COMMAND is missing");
    }
}
