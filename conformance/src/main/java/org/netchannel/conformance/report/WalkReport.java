package org.netchannel.conformance.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.walk.WalkResult;
import org.netchannel.conformance.walk.WalkStep;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceWriter;

/** Tells a person about a walk whose replay failed, and writes the trace file that replays it. */
public final class WalkReport {
    private WalkReport() {}

    /**
     * Tells about a walk that failed: what was wrong, the clauses in play, the walk, the diagram.
     *
     * @param result what it came to; it has a violation
     * @param mostRows how many rows the diagram may have
     * @return lines of text
     */
    public static List<String> of(WalkResult result, int mostRows) {
        Violation violation = result.violation().orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.add("FAILED  a walk of " + result.walk().steps().size() + " steps through the model "
                + result.walk().model().config());
        lines.add("what    " + violation.kind());
        lines.add("clauses " + String.join(" ", violation.clauses()));
        violation.details().forEach(detail -> lines.add("        " + detail));
        lines.add("start   A and B " + result.header().config().given());
        lines.add("walk    as the specification takes it; - marks steps for which there was no occasion");
        List<WalkStep> steps = result.walk().steps();
        for (int i = 0; i < Math.min(steps.size(), result.taken().length()); i++) {
            lines.add("      " + (result.taken().get(i) ? "  " : "- ") + steps.get(i));
        }
        lines.add("        then everything settles, and is closed");
        lines.add("");
        lines.addAll(SequenceDiagram.of(result.trace(), mostRows));
        return lines;
    }

    /**
     * Writes the trace of a walk.
     *
     * @param result what it came to
     * @param file where to
     * @throws IOException when it cannot be written; nothing is left behind then
     */
    public static void write(WalkResult result, Path file) throws IOException {
        try (TraceWriter writer = TraceWriter.create(file, result.header())) {
            for (TraceLine line : result.trace()) {
                writer.write(line);
            }
        }
    }
}
