package org.netchannel.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.netchannel.specs.Checkpoints;
import org.netchannel.specs.Manifest;
import org.netchannel.specs.ManifestException;
import org.netchannel.specs.ManifestUpdate;
import org.netchannel.specs.Model;
import org.netchannel.specs.ModelResult;
import org.netchannel.specs.ModelRunner;
import org.netchannel.specs.ModelSize;
import org.netchannel.specs.RunMode;
import org.netchannel.specs.RunSettings;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.coverage.Coverage;
import org.netchannel.specs.coverage.CoverageReport;
import org.netchannel.specs.coverage.Explanation;
import org.netchannel.specs.report.ConsoleProgress;
import org.netchannel.specs.report.CounterexampleFiles;
import org.netchannel.specs.report.JsonReport;
import org.netchannel.specs.report.ModelTable;
import org.netchannel.specs.report.ResultText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netchannel specs}: checks the TLA+ models with TLC and compares with the manifest. */
@Command(
        name = "specs",
        description = "Check the TLA+ models with TLC, and compare what it finds with the manifest.",
        usageHelpAutoWidth = true,
        footer = {
            "%nExamples:",
            "  netchannel specs                          all quick models",
            "  netchannel specs --list                   what there is",
            "  netchannel specs --only 'stop-*' --verbose   some models, with their counterexamples",
            "  netchannel specs --thorough               the large models too; Ctrl-C interrupts",
            "  netchannel specs --thorough --resume      go on from the last checkpoints",
            "  netchannel specs --only early --distributed localhost,localhost   two workers, two fingerprint sets",
            "  netchannel specs --coverage               what no quick model reaches",
            "  netchannel specs --simulate               random walks through what is too large to be exhausted",
            "  netchannel specs --simulate --seconds 600 --seed 7   ten minutes of other walks",
            "  netchannel specs --mutants 20 --seed 1    do the models notice when a conjunct is missing?"
        })
final class SpecsCommand implements Callable<Integer> {
    private static final int PLAIN_WIDTH = 120;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Run these models, whatever their size; * and ? stand for any characters.")
    private List<String> only;

    @Option(names = "--list", description = "List the models and run nothing.")
    private boolean list;

    @Mixin
    private CheckpointOptions checkpoints;

    @Mixin
    private DistributedOptions distributed;

    @Option(
            names = "--coverage",
            description = "List what none of the models reaches: actions never taken, expressions never evaluated.")
    private boolean coverage;

    @Mixin
    private SimulationOptions simulation;

    @Mixin
    private MutantsRun mutants;

    @Option(names = "--json", description = "Print the result as JSON; progress goes to standard error.")
    private boolean json;

    @Option(names = "--verbose", description = "Print the counterexamples that were expected too.")
    private boolean verbose;

    @Option(
            names = "--update",
            description = "Write what was found into the manifest and into the counterexamples beside its folder.")
    private boolean update;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Take modules, configurations and manifest from here instead of the built-in ones.")
    private Path directory;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many models run at a time; default: one for each processor.")
    private Integer parallel;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "1",
            description = "TLC's worker threads for each model; default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--timeout-factor",
            paramLabel = "X",
            defaultValue = "10",
            description = "Stop a model after a minute and X times the manifest's seconds; default: ${DEFAULT-VALUE}.")
    private double timeoutFactor;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunSettings settings = settings();
        SpecFiles files = files();
        Manifest manifest = manifest(files);
        List<Model> models = chosen(manifest);
        if (list) {
            print(json ? List.of(JsonReport.of(models)) : ModelTable.of(models));
            return ExitStatus.HELD;
        }
        if (mutants.isWanted()) {
            return mutants.run(files, models, settings.forMutants(), simulation.seed(), json);
        }
        if (coverage) {
            return covered(files, settings, models);
        }
        long startNs = System.nanoTime();
        List<ModelResult> results = run(files, settings, models);
        Duration took = Duration.ofNanos(System.nanoTime() - startNs);
        print(json ? List.of(JsonReport.of(results, took)) : report(manifest, results, took));
        boolean good = update ? updated(manifest, results) : results.stream().allMatch(ModelResult::asExpected);
        return good ? ExitStatus.HELD : ExitStatus.VIOLATION;
    }

    /** Status 1 when something is reached by no model and not explained, or a model is not as expected. */
    private int covered(SpecFiles files, RunSettings settings, List<Model> models)
            throws IOException, InterruptedException {
        List<Explanation> explanations = explanations(files);
        Coverage counted = new Coverage();
        List<ModelResult> results = new ModelRunner(files, settings, new RunMode.Covering(counted))
                .run(models, progress(models.size()));
        CoverageReport report = CoverageReport.of(counted, files, explanations);
        List<String> lines = new ArrayList<>(report.lines());
        results.stream().filter(result -> !result.asExpected()).forEach(result -> lines.add(ResultText.line(result)));
        print(lines);
        boolean good = report.isGood() && results.stream().allMatch(ModelResult::asExpected);
        return good ? ExitStatus.HELD : ExitStatus.VIOLATION;
    }

    private List<Explanation> explanations(SpecFiles files) throws IOException {
        try {
            return Explanation.read(files);
        } catch (ManifestException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private List<ModelResult> run(SpecFiles files, RunSettings settings, List<Model> models)
            throws IOException, InterruptedException {
        ConsoleProgress progress = progress(models.size());
        if (distributed.hosts != null) {
            RunMode mode = new RunMode.Distributed(distributed.cluster());
            return new ModelRunner(files, settings, mode).run(models, progress);
        }
        if (!checkpoints.thorough) {
            return new ModelRunner(files, settings).run(models, progress);
        }
        try (Checkpoints kept = checkpoints.open()) {
            List<ModelResult> results = new ModelRunner(files, settings, new RunMode.Interruptible(kept))
                    .run(models, progress);
            checkpoints.close(kept, results);
            return results;
        }
    }

    private SpecFiles files() throws IOException {
        if (directory == null) {
            return SpecFiles.builtIn();
        }
        if (!Files.isRegularFile(directory.resolve(Manifest.FILE))) {
            throw wrong("--directory", directory, "a directory with a file " + Manifest.FILE);
        }
        return SpecFiles.in(directory);
    }

    private Manifest manifest(SpecFiles files) throws IOException {
        try {
            return Manifest.read(files);
        } catch (ManifestException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        } catch (IOException e) {
            if (directory == null) {
                throw e;
            }
            throw wrong("--directory", directory, "a directory of readable specs, but " + e.getMessage());
        }
    }

    private List<Model> chosen(Manifest manifest) {
        List<Model> models = only == null ? ofSize(manifest) : named(manifest);
        return simulation.simulate ? simulation.applyTo(models) : models;
    }

    private List<Model> ofSize(Manifest manifest) {
        return simulation.simulate ? manifest.ofSize(ModelSize.SIMULATION)
                : list ? manifest.models()
                : checkpoints.thorough ? manifest.ofSize(ModelSize.QUICK, ModelSize.THOROUGH)
                : manifest.quick();
    }

    private List<Model> named(Manifest manifest) {
        try {
            return manifest.matching(only);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--only: " + e.getMessage());
        }
    }

    private RunSettings settings() {
        mutants.check();
        simulation.check(mutants.isWanted());
        checkpoints.check();
        distributed.check(simulation.simulate || checkpoints.thorough);
        if (coverage && (simulation.simulate || checkpoints.thorough || distributed.hosts != null || json || update)) {
            throw new ParameterException(
                    spec.commandLine(), "--coverage goes with --only, --parallel and --directory alone");
        }
        if (simulation.simulate && checkpoints.thorough) {
            throw new ParameterException(spec.commandLine(), "--simulate and --thorough are two runs; choose one");
        }
        RunSettings base = RunSettings.DEFAULT;
        int alone = distributed.hosts == null ? base.parallel() : 1;
        int atATime = parallel == null ? alone : parallel;
        if (atATime < 1) {
            throw wrong("--parallel", atATime, "1 or more");
        }
        if (workers < 1) {
            throw wrong("--workers", workers, "1 or more");
        }
        if (!(timeoutFactor > 0 && timeoutFactor <= 1_000)) {
            throw wrong("--timeout-factor", timeoutFactor, "more than 0, up to 1000");
        }
        return new RunSettings(atATime, workers, base.grace(), timeoutFactor, verbose || json || update);
    }

    private ParameterException wrong(String option, Object value, String legal) {
        return new ParameterException(spec.commandLine(), option + " is '" + value + "'; legal: " + legal);
    }

    private static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private ConsoleProgress progress(int total) {
        PrintWriter err = spec.commandLine().getErr();
        return isTerminal()
                ? ConsoleProgress.live(err, total, spec.usageMessage().width())
                : ConsoleProgress.plain(err, total);
    }

    private List<String> report(Manifest manifest, List<ModelResult> results, Duration took) {
        int width = isTerminal() ? spec.usageMessage().width() : PLAIN_WIDTH;
        PrintWriter out = spec.commandLine().getOut();
        for (ModelResult result : results) {
            if (!result.asExpected() || verbose && result.counterexample().isPresent()) {
                ResultText.details(result, width).forEach(out::println);
                out.println();
            }
        }
        int leftOut = manifest.ofSize(ModelSize.THOROUGH).size();
        return only != null || checkpoints.thorough || simulation.simulate
                ? ModelTable.of(results, took)
                : ModelTable.of(results, took, leftOut);
    }

    private boolean updated(Manifest manifest, List<ModelResult> results) throws IOException {
        Path home = directory != null ? directory : Path.of(System.getProperty("netchannel.home", "."), "specs", "tla");
        try {
            List<String> notes = ManifestUpdate.write(home, results);
            PrintWriter err = spec.commandLine().getErr();
            notes.forEach(note -> err.println(Manifest.FILE + ": " + note));
            Path folder = home.toAbsolutePath().resolveSibling(CounterexampleFiles.FOLDER);
            CounterexampleFiles.write(folder, manifest, results)
                    .forEach(note -> err.println(CounterexampleFiles.FOLDER + ": " + note));
            return results.stream().allMatch(ModelResult::propertyAsExpected);
        } catch (ManifestException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private void print(List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}
