package org.netchannel.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.netchannel.specs.Checkpoints;
import org.netchannel.specs.Finding;
import org.netchannel.specs.ModelResult;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of {@code netchannel specs --thorough}: checkpoints, and going on from them. */
final class CheckpointOptions {
    private static final int MOST_MINUTES = 24 * 60;
    private static final Path FOLDER = Path.of("target", "netchannel", "checkpoints");

    @Option(names = "--thorough", description = "Run the thorough models too; takes an hour or two.")
    boolean thorough;

    @Option(
            names = "--resume",
            description = "With --thorough: go on where an interrupted run was at its last checkpoints.")
    boolean resume;

    @Option(
            names = "--checkpoint",
            paramLabel = "MINUTES",
            description = "With --thorough: time between two checkpoints of a model; default: 5.")
    private Integer minutes;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Refuses numbers that make no sense, and options without the one that they belong to. */
    void check() {
        if (!thorough && (resume || minutes != null)) {
            throw wrong("--resume and --checkpoint are options of --thorough");
        }
        if (minutes != null && (minutes < 1 || minutes > MOST_MINUTES)) {
            throw wrong("--checkpoint is '" + minutes + "'; legal: 1 to " + MOST_MINUTES);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The folder of checkpoints, empty unless the run is to go on. */
    Checkpoints open() throws IOException {
        Path folder = Path.of(System.getProperty(Home.PROPERTY, "")).resolve(FOLDER);
        Checkpoints kept = Checkpoints.open(folder, Duration.ofMinutes(minutes == null ? 5 : minutes))
                .orElseThrow(() -> wrong("--thorough: another run is under way; it has " + folder));
        if (resume && kept.isEmpty()) {
            kept.close();
            throw wrong("--resume: no run was interrupted; start one with --thorough alone");
        }
        if (!resume && !kept.isEmpty()) {
            spec.commandLine().getErr().println(
                    "removing what an interrupted run has left; --resume would have gone on from there");
            kept.clear();
        }
        return kept;
    }

    /** Removes the checkpoints when nothing is left to go on with. */
    void close(Checkpoints kept, List<ModelResult> results) throws IOException {
        if (results.stream().noneMatch(result -> result.finding() instanceof Finding.TimedOut)) {
            kept.clear();
        }
    }
}
