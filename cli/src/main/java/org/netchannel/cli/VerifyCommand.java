package org.netchannel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.netchannel.cli.verify.Clauses;
import org.netchannel.cli.verify.Finding;
import org.netchannel.cli.verify.ModelsPart;
import org.netchannel.cli.verify.Part;
import org.netchannel.cli.verify.Report;
import org.netchannel.cli.verify.ScenariosPart;
import org.netchannel.cli.verify.TransferPart;
import org.netchannel.cli.verify.WalksPart;
import org.netchannel.cli.verify.Workspace;
import org.netchannel.conformance.transfer.FileContent;
import org.netchannel.conformance.transfer.Implementations;
import org.netchannel.conformance.transfer.LinkPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netchannel verify}: the main job, one part after the other. */
@Command(
        name = "verify",
        description = "Check the models, an implementation under walks and scenarios, and a real transfer.",
        footer = {
            "%nExamples:",
            "  netchannel verify                           everything, with 64 MiB of its own",
            "  netchannel verify --file F --kill-channel   move F, and break a channel meanwhile",
            "  netchannel verify --only transfer --json    one part, reported as JSON",
            "  netchannel verify --implementation optimized  the optimized stack in place of the reference"
        })
final class VerifyCommand implements Callable<Integer> {

    private enum PartName { MODELS, WALKS, SCENARIOS, TRANSFER }

    @Option(names = "--file", paramLabel = "F",
            description = "The file to move, at most 1,000,000,000 bytes. Without it: 64 MiB of its own.")
    private String file;

    @Option(names = "--kill-channel", description = "Break a data channel in the middle of the transfer.")
    private boolean killChannel;

    @Option(names = "--channels", paramLabel = "N", defaultValue = "4",
            description = "Data channels of the transfer, 1 to 16; 4 when not given.")
    private String channels;

    @Mixin
    private ScenarioOptions scenarios;

    @Option(names = "--implementation", paramLabel = "NAME", defaultValue = "reference",
            description = "What runs walks, scenarios and transfer: optimized or reference (the default).")
    private String implementation;

    @Option(names = "--only", paramLabel = "PART", split = ",",
            description = "Leave the other parts out; PART is one of ${COMPLETION-CANDIDATES}.")
    private List<PartName> only;

    @Option(names = "--keep", paramLabel = "DIR", description = "Keep the traces there.")
    private String keep;

    @Option(names = "--json", description = "Report as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = Home.of(spec);
        Arguments arguments = new Arguments(spec);
        long number = scenarios.seed(arguments);
        if (!Implementations.names().contains(implementation)) {
            throw arguments.illegal("--implementation", implementation, String.join(" or ", Implementations.names()));
        }
        ScenariosPart.Settings settings = new ScenariosPart.Settings(
                implementation, number, scenarios.runs(arguments), scenarios.time(arguments));
        TransferPart.Settings transfer = transfer(arguments, number);
        Optional<Path> kept = Optional.ofNullable(keep).map(directory -> arguments.directory("--keep", directory));
        String now = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
        try (Workspace workspace = new Workspace(kept, home.state().resolve("violation-" + now))) {
            List<Part> parts = new ArrayList<>();
            if (isWanted(PartName.MODELS)) {
                parts.add(new ModelsPart(home));
            }
            if (isWanted(PartName.WALKS)) {
                parts.add(new WalksPart(implementation, number, home, workspace));
            }
            if (isWanted(PartName.SCENARIOS)) {
                parts.add(new ScenariosPart(settings, home, workspace));
            }
            if (isWanted(PartName.TRANSFER)) {
                parts.add(new TransferPart(transfer, home, workspace));
            }
            return run(parts, new Report(Clauses.read(home.protocol())), number);
        }
    }

    private int run(List<Part> parts, Report report, long usedSeed) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = Progress.onStandardError(spec);
        if (!json) {
            out.println("seed " + usedSeed);
        }
        for (Part part : parts) {
            long startedNs = System.nanoTime();
            Finding finding = part.run(progress);
            progress.clear();
            report.add(part.name(), finding, Duration.ofNanos(System.nanoTime() - startedNs));
            if (!json) {
                report.printLast(out);
            }
        }
        if (json) {
            report.printJson(out);
        } else {
            report.printEnd(out);
        }
        return report.held() ? ExitStatus.HELD : ExitStatus.VIOLATION;
    }

    private boolean isWanted(PartName part) {
        return only == null || only.contains(part);
    }

    private TransferPart.Settings transfer(Arguments arguments, long number) {
        Optional<Path> content =
                Optional.ofNullable(file).map(text -> arguments.file("--file", text, FileContent.MAX_BYTES));
        if (killChannel && content.isPresent() && content.get().toFile().length() == 0) {
            throw arguments.illegal("--file", file, "with --kill-channel a file that is not empty");
        }
        int count = (int) arguments.number("--channels", channels, 1, LinkPlan.MAX_PER_CLASS);
        return new TransferPart.Settings(implementation, content, count, killChannel, number, hostCommand());
    }

    private static List<String> hostCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), Main.class.getName(), TransferHostCommand.NAME);
    }
}
