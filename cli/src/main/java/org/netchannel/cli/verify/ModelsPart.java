package org.netchannel.cli.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SequencedMap;
import org.netchannel.cli.Home;
import org.netchannel.cli.Progress;
import org.netchannel.cli.verify.Finding.Violation;
import org.netchannel.specs.Manifest;
import org.netchannel.specs.ManifestException;
import org.netchannel.specs.Model;
import org.netchannel.specs.ModelResult;
import org.netchannel.specs.ModelRunner;
import org.netchannel.specs.RunListener;
import org.netchannel.specs.RunMode;
import org.netchannel.specs.RunSettings;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.coverage.Coverage;
import org.netchannel.specs.coverage.CoverageReport;
import org.netchannel.specs.coverage.Explanation;
import org.netchannel.specs.report.ResultText;

/** The quick models, each checked by TLC and compared with the manifest; if wanted, also what none of them reaches. */
public final class ModelsPart implements Part {
    private static final int WIDTH = 110;

    private final Home home;
    private final boolean isCovering;

    /**
     * Models that have not been run yet.
     *
     * @param home where the specification is
     */
    public ModelsPart(Home home) {
        this(home, false);
    }

    /**
     * Models that have not been run yet.
     *
     * @param home where the specification is
     * @param isCovering whether it is a violation, too, that none of them reaches some expression, and nobody has
     *     explained why
     */
    public ModelsPart(Home home, boolean isCovering) {
        this.home = home;
        this.isCovering = isCovering;
    }

    @Override
    public String name() {
        return "models";
    }

    @Override
    public Finding run(Progress progress) throws IOException, InterruptedException {
        SpecFiles files = SpecFiles.in(home.modules());
        try {
            List<Model> models = Manifest.read(files).quick();
            Listener listener = new Listener(progress, models.size());
            if (!isCovering) {
                return finding(new ModelRunner(files, RunSettings.DEFAULT).run(models, listener), List.of(), "");
            }
            List<Explanation> explanations = Explanation.read(files);
            Coverage counted = new Coverage();
            List<ModelResult> results = new ModelRunner(files, RunSettings.DEFAULT, new RunMode.Covering(counted))
                    .run(models, listener);
            CoverageReport report = CoverageReport.of(counted, files, explanations);
            return finding(results, violations(report), "; " + report.lines().getLast());
        } catch (ManifestException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static List<Violation> violations(CoverageReport report) {
        return report.isGood() ? List.of() : List.of(new Violation(
                "the models don't reach what they should, or " + Explanation.FILE + " is not right", Set.of(),
                report.lines(), List.of()));
    }

    private static Finding finding(List<ModelResult> results, List<Violation> uncovered, String coverage) {
        long distinct = results.stream().mapToLong(result -> result.counts().distinct()).sum();
        long generated = results.stream().mapToLong(result -> result.counts().generated()).sum();
        long breaking = results.stream().filter(result -> result.model().twin().isPresent()).count();
        SequencedMap<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("models", results.size());
        numbers.put("modelsWithoutRepair", breaking);
        numbers.put("distinctStates", distinct);
        numbers.put("generatedStates", generated);
        List<Violation> violations = new ArrayList<>();
        if (results.isEmpty()) {
            violations.add(new Violation(
                    "there is no quick model", Set.of(), List.of("checking nothing proves nothing"), List.of()));
        }
        results.stream().filter(result -> !result.asExpected()).map(ModelsPart::violation).forEach(violations::add);
        String summary = String.format("%d models, %d of them with a repair switched off; %,d distinct states; %s%s",
                results.size(), breaking, distinct,
                violations.isEmpty() ? "TLC finds in each what the manifest says"
                        : violations.size() + " are not as the manifest says",
                coverage);
        violations.addAll(uncovered);
        return new Finding(summary, numbers, Set.of(), violations);
    }

    private static Violation violation(ModelResult result) {
        return new Violation("model " + result.model().name() + " is not as the manifest says",
                new HashSet<>(result.model().clauses()), ResultText.details(result, WIDTH), List.of());
    }

    /** Called by the runner's threads, one at a time. */
    private static final class Listener implements RunListener {
        private final Progress progress;
        private final int total;
        private int finished;

        Listener(Progress progress, int total) {
            this.progress = progress;
            this.total = total;
        }

        @Override
        public void progress(org.netchannel.specs.Progress state) {
            progress.show(String.format("models: %d of %d done, %s: %,d states, %,d a second, %,d in the queue",
                    finished, total, state.model().name(), state.counts().distinct(), state.generatedPerSecond(),
                    state.counts().queue()));
        }

        @Override
        public void finished(ModelResult result) {
            finished++;
        }
    }
}
