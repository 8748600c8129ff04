package org.netchannel.conformance.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.run.Failure;
import org.netchannel.conformance.run.Run;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.conformance.scenario.Setup;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceWriter;

/** Tells a person about a failing scenario, and writes the trace file that replays it. */
public final class FailureReport {
    private FailureReport() {}

    /**
     * Tells about a failure: what was wrong and the clauses in play, the seed, the steps, the diagram.
     *
     * @param failure the failure
     * @param mostRows how many rows the diagram may have
     * @return lines of text
     */
    public static List<String> of(Failure failure, int mostRows) {
        Run run = failure.smallest();
        Scenario original = failure.original();
        List<String> lines = new ArrayList<>(List.of(
                "FAILED  profile " + original.profile() + ", seed " + original.seed() + " (" + original.steps().size()
                        + " steps, shrunk to " + run.scenario().steps().size() + ")"));
        Violation violation = run.violation().orElseThrow();
        lines.add("what    " + violation.kind());
        lines.add("clauses " + String.join(" ", violation.clauses()));
        violation.details().forEach(detail -> lines.add("        " + detail));
        lines.add("start");
        start(run.scenario().setup()).forEach(line -> lines.add("        " + line));
        lines.add("steps");
        run.scenario().steps().forEach(step -> lines.add("        " + step));
        lines.add("");
        lines.addAll(SequenceDiagram.of(run.trace(), mostRows));
        return lines;
    }

    /**
     * What a scenario starts from.
     *
     * @param setup the start
     * @return lines of text
     */
    public static List<String> start(Setup setup) {
        return List.of(
                "A " + setup.configA().given(),
                "B " + setup.configB().given(),
                setup.latencyChannels() + " LATENCY and " + setup.throughputChannels()
                        + " THROUGHPUT channels" + (setup.identified() ? "" : ", no HELLO has arrived")
                        + (setup.neverRead() > 0 ? ", nobody reads every " + setup.neverRead() + "th connection" : ""));
    }

    /**
     * Writes the trace of a failure.
     *
     * @param failure the failure
     * @param file where to
     * @throws IOException when it cannot be written; nothing is left behind then
     */
    public static void write(Failure failure, Path file) throws IOException {
        try (TraceWriter writer = TraceWriter.create(file, failure.smallest().header())) {
            for (TraceLine line : failure.smallest().trace()) {
                writer.write(line);
            }
        }
    }
}
