package org.netchannel.conformance.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.link.SeededChoices;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.specs.SpecFiles;

/**
 * Finds walks and writes them into the sources: what {@code -Dwalks.write=true} does. Pairs count when the reference
 * takes them in a replay.
 */
final class WalkWriter {
    private static final Path RESOURCES = Path.of("src/main/resources/org/netchannel/conformance/walk");
    private static final int LEAST_WALKS = Integer.getInteger("walks.least", 300);
    private static final int MOST_WALKS = 6_000;
    private static final int MOST_STEPS = 80;
    private static final int BATCH = 100;

    private final WalkRunner runner =
            new WalkRunner(ReferenceEndpoint::new, (header, lines) -> new Verdict.Accepted(0, Set.of()));
    private final Pairs seen = new Pairs(WalkStep::kind);
    private final WalkCoverage taken = new WalkCoverage();
    private final List<WalkResult> results = new ArrayList<>();
    private final List<Walker> walkers = new ArrayList<>();

    private WalkWriter() {}

    /** Keeps the walks that still are behaviours, looks for more, writes them, and returns them. */
    static List<Walk> write(long seed) throws IOException {
        WalkWriter writer = new WalkWriter();
        writer.keep();
        writer.find(seed);
        List<Walk> few = Walks.cover(writer.results);
        List<String> lines = new ArrayList<>(List.of("# Behaviours of WalkNetChannel, written by WalksTest."));
        few.forEach(walk -> lines.addAll(WalkText.lines(walk)));
        Path part = Files.createTempFile(RESOURCES, ".", ".part");
        Files.write(part, lines);
        Files.move(part, RESOURCES.resolve(Walks.FILE), StandardCopyOption.REPLACE_EXISTING);
        return few;
    }

    /** The walks in the sources. */
    static List<Walk> read() throws IOException {
        return WalkText.parse(Files.readAllLines(RESOURCES.resolve(Walks.FILE)).stream());
    }

    private void keep() throws IOException {
        List<Walk> walks = read();
        for (WalkModel model : WalkModel.values()) {
            WalkSpec spec = WalkSpec.load(SpecFiles.builtIn(), model);
            walkers.add(new Walker(spec, seen));
            for (Walk walk : walks) {
                if (walk.model() == model && spec.follow(walk.steps()) == walk.steps().size()) {
                    seen.count(walk.steps());
                    replay(walk);
                }
            }
        }
    }

    private void find(long seed) {
        for (int i = 0; i < MOST_WALKS && (i < LEAST_WALKS || !taken.missing().isEmpty()); i++) {
            if (i % BATCH == 0) {
                // A walk has them, but in no replay there was occasion for both.
                taken.missing().stream().map(pair -> pair.split(", ")).forEach(pair -> seen.forget(pair[0], pair[1]));
            }
            WalkModel model = WalkModel.values()[i % walkers.size()];
            List<WalkStep> steps = walkers.get(model.ordinal()).walk(new SeededChoices(seed + i), MOST_STEPS);
            if (!steps.isEmpty()) {
                replay(new Walk(model, steps));
            }
        }
    }

    private void replay(Walk walk) {
        WalkResult result = runner.run(walk, 0);
        taken.add(result);
        results.add(result);
    }
}
