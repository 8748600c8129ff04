package org.netchannel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netchannel.traces.MalformedTraceException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every way a command can fail into one line on standard error and an exit status. */
final class Failures {
    private Failures() {}

    /** What the user typed wrong: the name, the value, what is legal, and where to read more. */
    static int usage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + oneLine(reason(wrong)) + "; see " + name + " --help");
        return ExitStatus.USAGE;
    }

    /** A trace that is none. */
    static int ofFile(CommandSpec spec, MalformedTraceException malformed) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + oneLine(malformed.getMessage()));
        return ExitStatus.USAGE;
    }

    /** What went wrong in the program or the machine. */
    static int internal(Throwable thrown, CommandLine command, boolean debug) {
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        Throwable cause = thrown instanceof UncheckedIOException unchecked ? unchecked.getCause() : thrown;
        String what = cause instanceof IOException
                ? "failed: " + ofMachine(cause)
                : "internal error: " + cause + where(cause);
        err.println(name + ": " + oneLine(what) + "; --debug shows the stack");
        if (debug) {
            thrown.printStackTrace(err);
        }
        return ExitStatus.BROKEN;
    }

    private static String reason(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return wrong.getMessage();
        }
        String typed = String.join(" ", unmatched.getUnmatched());
        CommandLine command = wrong.getCommandLine();
        if (unmatched.isUnknownOption()) {
            return typed + " is not an option, legal are " + String.join(", ", options(command));
        }
        if (command.getSubcommands().isEmpty()) {
            return "'" + typed + "' is one argument too many";
        }
        return "'" + typed + "' is not a command, legal are " + String.join(", ", commands(command));
    }

    private static List<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(CommandLine.Model.OptionSpec::longestName)
                .sorted()
                .toList();
    }

    private static List<String> commands(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(java.util.Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Many of these messages are a file name and nothing else. */
    private static String ofMachine(Throwable cause) {
        boolean saysEnough = cause.getMessage() != null && !(cause instanceof FileSystemException);
        return saysEnough ? cause.getMessage() : cause.getClass().getSimpleName() + " " + cause.getMessage();
    }

    private static String where(Throwable thrown) {
        return Stream.of(thrown.getStackTrace())
                .limit(1)
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining());
    }

    /** What comes from outside must neither break the line nor steer a terminal. */
    static String oneLine(String text) {
        return printable(text.strip());
    }

    /** The same for text whose blanks at the ends mean something. */
    static String printable(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r') {
                line.append(line.isEmpty() || line.charAt(line.length() - 1) == ' ' ? "" : " ");
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }
}
