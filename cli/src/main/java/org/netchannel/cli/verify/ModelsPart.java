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
import org.netchannel.specs.RunSettings;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.report.ResultText;

/** The quick models, each checked by TLC and compared with the manifest. */
public final class ModelsPart implements Part {
    private static final int WIDTH = 110;

    private final Home home;

    /**
     * Models that have not been run yet.
     *
     * @param home where the specification is
     */
    public ModelsPart(Home home) {
        this.home = home;
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
            return finding(new ModelRunner(files, RunSettings.DEFAULT).run(models, listener));
        } catch (ManifestException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Finding finding(List<ModelResult> results) {
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
        String summary = String.format("%d models, %d of them with a repair switched off; %,d distinct states; %s",
                results.size(), breaking, distinct,
                violations.isEmpty() ? "TLC finds in each what the manifest says"
                        : violations.size() + " are not as the manifest says");
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
