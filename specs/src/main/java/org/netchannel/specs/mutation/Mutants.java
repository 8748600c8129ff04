package org.netchannel.specs.mutation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netchannel.specs.Expected;
import org.netchannel.specs.Model;
import org.netchannel.specs.ModelResult;
import org.netchannel.specs.ModelRunner;
import org.netchannel.specs.RunListener;
import org.netchannel.specs.RunSettings;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.tlc.Workspace;

/**
 * Changes the specification in one place at a time, and asks the models whether they notice: a model notices when it
 * is not as the manifest says. For use by one thread.
 */
public final class Mutants {
    /** How much it counts that a model is about the same thing, in mutants that it noticed before. */
    private static final double RELATED = 3;
    /** How much it counts that a model holds: a change that allows more is seldom noticed by one that fails anyway. */
    private static final double HOLDS = 1;

    private final SpecFiles files;
    private final List<Model> models;
    private final RunSettings settings;
    private final Map<String, Integer> noticed = new HashMap<>();
    private final MutationPoints points;

    /**
     * Finds all that can be changed.
     *
     * @param files the specification
     * @param models the models that may notice
     * @param settings how models are run
     * @throws IOException when the specification can't be parsed, or files can't be written
     */
    public Mutants(SpecFiles files, List<Model> models, RunSettings settings) throws IOException {
        this.files = files;
        this.models = models;
        this.settings = settings;
        try (Workspace workspace = new Workspace()) {
            Path directory = workspace.directory("tla");
            files.extractTo(directory);
            points = new MutationPoints(
                    directory, files, models.stream().map(Model::module).collect(Collectors.toSet()));
        }
    }

    /**
     * Everything that can be changed in the modules that the models read.
     *
     * @return in the order of modules and lines
     */
    public List<Mutation> all() {
        return points.all();
    }

    /**
     * Picks some at random.
     *
     * @param count how many; fewer when there are not as many
     * @param seed the same seed picks the same ones
     * @return in the order of the draw
     */
    public List<Mutation> sample(int count, long seed) {
        List<Mutation> drawn = new ArrayList<>(all());
        Collections.shuffle(drawn, new Random(seed));
        return List.copyOf(drawn.subList(0, Math.min(count, drawn.size())));
    }

    /**
     * Runs the models on each, until one notices.
     *
     * @param mutations what to change
     * @param listener hears of each result, on the calling thread
     * @return a result for each
     * @throws IOException when TLC can't be started or files can't be written
     * @throws InterruptedException when the calling thread is interrupted
     */
    public List<MutantResult> run(List<Mutation> mutations, Consumer<MutantResult> listener)
            throws IOException, InterruptedException {
        List<MutantResult> results = new ArrayList<>();
        for (Mutation mutation : mutations) {
            MutantResult result = run(mutation);
            result.noticedBy().ifPresent(by -> noticed.merge(by.model().name(), 1, Integer::sum));
            results.add(result);
            listener.accept(result);
        }
        return results;
    }

    private MutantResult run(Mutation mutation) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String file = mutation.module() + ".tla";
        String text = files.text(file);
        ModelRunner runner = new ModelRunner(files.with(file, mutation.apply(text)), settings);
        List<Model> order = order(mutation);
        Optional<ModelResult> first = Optional.empty();
        int run = 0;
        while (first.isEmpty() && run < order.size()) {
            List<Model> next = order.subList(run, Math.min(order.size(), run + settings.parallel()));
            first = runner.run(next, RunListener.NONE).stream()
                    .filter(result -> !result.asExpected())
                    .findFirst();
            run += next.size();
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        return new MutantResult(mutation, mutation.original(text), first, run, duration);
    }

    /**
     * Those that read the module; first those that have noticed most so far, are about the same race or clause, or
     * hold, for their time; then the short ones.
     */
    private List<Model> order(Mutation mutation) {
        Comparator<Model> useful = Comparator.comparingDouble(model -> -hope(model, mutation) / model.seconds());
        return models.stream()
                .filter(model -> points.readBy(model.module()).contains(mutation.module()))
                .sorted(useful.thenComparing(Model::seconds))
                .toList();
    }

    private double hope(Model model, Mutation mutation) {
        boolean isRelated = Stream.concat(model.races().stream(), model.clauses().stream())
                .anyMatch(mutation.about()::contains);
        boolean holds = model.expected() instanceof Expected.Holds;
        return noticed.getOrDefault(model.name(), 0) + (isRelated ? RELATED : 0) + (holds ? HOLDS : 0);
    }
}
