package org.netchannel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.netchannel.cli.doctor.Check;
import org.netchannel.cli.doctor.Doctor;
import org.netchannel.optimized.dpdk.Dpdk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netchannel doctor}: what the stack over DPDK needs and what of it is here. */
@Command(
        name = "doctor",
        description = {
            "Look at this machine: JDK, DPDK, hugepages, devices, permissions, processors.",
            "Says of each what was found, and what to do about it. Changes nothing."
        },
        footer = {
            "%nStatus 1: DPDK can't be used here. What is only slower is a note.",
            "%nExamples:",
            "  netchannel doctor",
            "  netchannel doctor --json         for programs"
        })
final class DoctorCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Option(names = "--json", description = "The same as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Optional<String> missing = Dpdk.missing();
        List<Check> checks = new Doctor(Path.of("/"), missing, missing.isEmpty() ? Dpdk.version() : "").checks();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(checks));
        } else {
            checks.forEach(check -> show(check, out));
        }
        boolean usable = checks.stream().noneMatch(check -> check.state() == Check.State.MISSING);
        return usable ? ExitStatus.HELD : ExitStatus.VIOLATION;
    }

    private static void show(Check check, PrintWriter out) {
        String state = check.state().name().toLowerCase(Locale.ROOT);
        out.printf("%-8s %-13s %s%n", state, check.name(), check.found());
        if (!check.advice().isEmpty()) {
            out.printf("%-8s %-13s -> %s%n", "", "", check.advice());
        }
    }
}
