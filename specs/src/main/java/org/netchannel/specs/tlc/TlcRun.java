package org.netchannel.specs.tlc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.netchannel.specs.Counts;
import org.netchannel.specs.Finding;
import org.netchannel.specs.Model;
import org.netchannel.specs.Simulation;
import org.netchannel.specs.coverage.Coverage;

/**
 * One run of TLC on one model, in a process of its own.
 *
 * @param workspace where it keeps its files
 * @param specs directory with modules and configurations
 * @param model what to check
 * @param workers TLC's worker threads; with one, counts and counterexamples are the same each time
 * @param limit the time it has
 * @param checkpoint where it leaves its checkpoints, and goes on from the one that is there; empty for none
 * @param coverage where evaluations are counted; empty when they are not
 */
public record TlcRun(
        Workspace workspace, Path specs, Model model, int workers, Duration limit, Optional<Checkpoint> checkpoint,
        Optional<Coverage> coverage) {
    /**
     * Runs TLC; blocks until it has ended.
     *
     * @param onProgress called from another thread about once a second
     * @param onCheckpoint called from that thread when a checkpoint has been written
     * @return what it found
     * @throws IOException when the process can't be started or read
     * @throws InterruptedException when the calling thread is interrupted; TLC has been ended then
     */
    public TlcReport run(Consumer<Counts> onProgress, Runnable onCheckpoint) throws IOException, InterruptedException {
        Path own = workspace.directory(model.name());
        try {
            return run(own, new ErrorOutput(
                    onProgress, onCheckpoint, line -> coverage.ifPresent(counted -> counted.add(line))));
        } finally {
            workspace.remove(own);
        }
    }

    private TlcReport run(Path own, ErrorOutput errorOutput) throws IOException, InterruptedException {
        Path temporary = Files.createDirectory(own.resolve("tmp"));
        boolean isShort = model.isShort() && checkpoint.isEmpty();
        ChildJvm child = new ChildJvm(workspace, specs, temporary, model.megabytes(), properties(), isShort);
        Process process = child.start(TlcMain.class, arguments(own));
        Transcript transcript = new Transcript();
        try (StreamReaders readers = new StreamReaders()) {
            readers.start(
                    process.getInputStream(), new ToolMessageReader(transcript::message, transcript::line)::read);
            readers.start(process.getErrorStream(), errorOutput::read);
            try {
                boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
                workspace.end(process);
                readers.await();
                errorOutput.lines().forEach(transcript::line);
                return ended
                        ? report(transcript, process.exitValue(), errorOutput)
                        : transcript.cutOff(new Finding.TimedOut(limit), errorOutput.latest());
            } finally {
                workspace.end(process);
            }
        }
    }

    private TlcReport report(Transcript transcript, int exitStatus, ErrorOutput errorOutput) {
        TlcReport report = model.simulation().isPresent()
                ? transcript.simulated(exitStatus, errorOutput.latest(), errorOutput.processorTime())
                : transcript.report(exitStatus, errorOutput.processorTime());
        boolean isSilent = coverage.isPresent() && errorOutput.expressions() == 0;
        return isSilent && !(report.finding() instanceof Finding.Failed)
                ? report.with(new Finding.Failed(Finding.Stage.TOOL, "nothing was told of what was evaluated"))
                : report;
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        model.simulation()
                .flatMap(Simulation::atMost)
                .ifPresent(atMost -> properties.put("tlc2.TLC.stopAfter", Long.toString(atMost.toSeconds())));
        checkpoint.ifPresent(kept -> {
            properties.put(CheckpointClock.COMPLETE, kept.complete().toString());
            properties.put(CheckpointClock.EVERY, Long.toString(kept.every().toMillis()));
        });
        coverage.ifPresent(counted -> properties.put(Evaluations.WANTED, "true"));
        return properties;
    }

    private List<String> arguments(Path own) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-tool", "-workers", Integer.toString(workers)));
        model.simulation().ifPresent(simulation -> arguments.addAll(List.of(
                // TLC means the traces of each worker.
                "-simulate", "num=" + Math.ceilDiv(simulation.traces(), workers),
                "-depth", Integer.toString(simulation.depth()),
                "-seed", Long.toString(simulation.seed()))));
        if (!model.checkDeadlock()) {
            // Despite its name this switches the check off.
            arguments.add("-deadlock");
        }
        // A fixed fingerprint function makes runs repeatable.
        arguments.addAll(List.of("-fp", "0"));
        arguments.addAll(metadata(own));
        arguments.addAll(List.of("-config", model.config(), model.module()));
        return arguments;
    }

    private List<String> metadata(Path own) throws IOException {
        if (checkpoint.isEmpty()) {
            return List.of("-metadir", own.resolve("states").toString());
        }
        Optional<Path> found = checkpoint.get().found();
        return found.isPresent()
                ? List.of("-recover", found.get().toString())
                : List.of("-metadir", checkpoint.get().folder().toString());
    }
}
