package org.netchannel.specs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.netchannel.specs.counterexample.ActionNames;
import org.netchannel.specs.counterexample.Counterexample;
import org.netchannel.specs.coverage.Coverage;
import org.netchannel.specs.distributed.Cluster;
import org.netchannel.specs.distributed.DistributedRun;
import org.netchannel.specs.tlc.Checkpoint;
import org.netchannel.specs.tlc.TlcReport;
import org.netchannel.specs.tlc.TlcRun;
import org.netchannel.specs.tlc.Workspace;

/** Runs TLC on models, each in a process of its own, and compares what it finds with the manifest. */
public final class ModelRunner {
    private static final Duration REPLAY_LIMIT = Duration.ofMinutes(5);

    private final SpecFiles files;
    private final RunSettings settings;
    private final RunMode mode;

    /**
     * A runner of models over these files.
     *
     * @param files the modules and configurations
     * @param settings how to run them
     */
    public ModelRunner(SpecFiles files, RunSettings settings) {
        this(files, settings, new RunMode.Plain());
    }

    /**
     * A runner of models over these files, that does something besides.
     *
     * @param files the modules and configurations
     * @param settings how to run them
     * @param mode what else it does
     */
    public ModelRunner(SpecFiles files, RunSettings settings, RunMode mode) {
        this.files = files;
        this.settings = settings;
        this.mode = mode;
    }

    /**
     * Runs models. Nothing of it is left behind, neither files nor processes, also when it is interrupted or this JVM
     * ends; but for checkpoints.
     *
     * @param models models of the manifest
     * @param listener learns how it goes
     * @return a result for each model, in the order of the models
     * @throws IOException when TLC can't be started or files can't be written
     * @throws InterruptedException when the calling thread is interrupted
     */
    public List<ModelResult> run(List<Model> models, RunListener listener) throws IOException, InterruptedException {
        try (Workspace workspace = new Workspace()) {
            Path specs = workspace.directory("tla");
            files.extractTo(specs);
            Run run = new Run(workspace, specs, new MemoryBudget(), new OneAtATime(listener));
            ExecutorService executor = Executors.newFixedThreadPool(settings.parallel());
            try {
                return run.all(models, executor);
            } finally {
                executor.shutdownNow();
            }
        }
    }

    /** What the models of one run share. */
    private final class Run {
        private final Workspace workspace;
        private final Path specs;
        private final MemoryBudget memory;
        private final OneAtATime listener;

        Run(Workspace workspace, Path specs, MemoryBudget memory, OneAtATime listener) {
            this.workspace = workspace;
            this.specs = specs;
            this.memory = memory;
            this.listener = listener;
        }

        List<ModelResult> all(List<Model> models, ExecutorService executor) throws IOException, InterruptedException {
            // The longest first: otherwise it may run alone at the end.
            List<Model> order = models.stream()
                    .sorted(Comparator.comparingInt(Model::seconds).reversed())
                    .toList();
            Map<Model, Future<ModelResult>> futures = new HashMap<>();
            for (Model model : order) {
                futures.put(model, executor.submit(() -> memory.within(model.megabytes(), () -> one(model))));
            }
            List<ModelResult> results = new ArrayList<>();
            for (Model model : models) {
                results.add(result(futures.get(model)));
            }
            return results;
        }

        private ModelResult result(Future<ModelResult> future) throws IOException, InterruptedException {
            try {
                return future.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                throw new IllegalStateException("running a model", e.getCause());
            }
        }

        private ModelResult one(Model model) throws IOException, InterruptedException {
            listener.started(model);
            ModelResult result = mode instanceof RunMode.Interruptible(Checkpoints kept)
                    ? resumed(model, kept)
                    : checked(model, Optional.empty());
            listener.finished(result);
            return result;
        }

        private ModelResult resumed(Model model, Checkpoints kept) throws IOException, InterruptedException {
            Checkpoints.Part part =
                    kept.part(model, files.fingerprint(model) + " " + settings.workers(), listener);
            Optional<ModelResult> before = part.finished();
            if (before.isPresent()) {
                listener.note(model.name() + ": was finished before the interruption");
                return before.get();
            }
            ModelResult result = checked(model, Optional.of(part.checkpoint(listener)));
            part.ended(result);
            return result;
        }

        private TlcReport report(Model model, Optional<Checkpoint> checkpoint, ProgressMeter meter)
                throws IOException, InterruptedException {
            Duration limit = settings.limit(model);
            if (mode instanceof RunMode.Distributed(Cluster cluster)) {
                return new DistributedRun(workspace, specs, model, cluster, settings.workers(), limit).run(meter);
            }
            Optional<Coverage> coverage =
                    mode instanceof RunMode.Covering(Coverage counted) ? Optional.of(counted) : Optional.empty();
            return new TlcRun(workspace, specs, model, settings.workers(), limit, checkpoint, coverage)
                    .run(meter, () -> listener.note(model.name() + ": checkpoint written"));
        }

        private ModelResult checked(Model model, Optional<Checkpoint> checkpoint)
                throws IOException, InterruptedException {
            long start = System.nanoTime();
            TlcReport report = report(model, checkpoint, new ProgressMeter(model, start, listener::progress));
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            Finding finding =
                    Comparison.named(report.finding(), ConfigFile.parse(files.text(model.config())));
            List<String> differences = Comparison.differences(model, finding, report.counts());
            Optional<Counterexample> counterexample = report.counterexample();
            if (counterexample.isPresent() && (!differences.isEmpty() || settings.explainExpected())) {
                ActionNames names = new ActionNames(workspace, specs, REPLAY_LIMIT);
                counterexample = Optional.of(names.addTo(model, counterexample.get()));
            }
            return new ModelResult(
                    model, finding, report.counts(), duration, report.processorTime(), counterexample, differences);
        }
    }

    /** Hands calls on one at a time. */
    private record OneAtATime(RunListener listener) implements RunListener {
        @Override
        public synchronized void started(Model model) {
            listener.started(model);
        }

        @Override
        public synchronized void progress(Progress progress) {
            listener.progress(progress);
        }

        @Override
        public synchronized void note(String text) {
            listener.note(text);
        }

        @Override
        public synchronized void finished(ModelResult result) {
            listener.finished(result);
        }
    }
}
