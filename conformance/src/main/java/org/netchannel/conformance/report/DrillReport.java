package org.netchannel.conformance.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.drill.Drill;
import org.netchannel.conformance.drill.DrillResult;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceWriter;

/** Tells a person about a drill that failed, and writes the trace file that replays it. */
public final class DrillReport {
    private DrillReport() {}

    /**
     * Tells about a drill that failed: what it is about, what was wrong, the clauses in play, the diagram.
     *
     * @param result what it came to; it has a violation
     * @param mostRows how many rows the diagram may have
     * @return lines of text
     */
    public static List<String> of(DrillResult result, int mostRows) {
        Drill drill = result.drill();
        Violation violation = result.violation().orElseThrow();
        List<String> lines = new ArrayList<>(List.of("FAILED  drill \"" + drill.name() + "\""));
        lines.add("about   " + drill.about());
        lines.add("        " + String.join(" ", drill.clauses())
                + (drill.races().isEmpty() ? "" : "; races " + String.join(" ", drill.races())));
        lines.add("what    " + violation.kind());
        lines.add("clauses " + String.join(" ", result.inPlay()));
        violation.details().forEach(detail -> lines.add("        " + detail));
        lines.add("start   A " + result.header().config().given());
        lines.add("        the peer's packets are the drill's, hence FORGED");
        lines.add("");
        lines.addAll(SequenceDiagram.of(result.trace(), mostRows));
        return lines;
    }

    /**
     * Writes the trace of a drill.
     *
     * @param result what it came to
     * @param file where to
     * @throws IOException when it cannot be written; nothing is left behind then
     */
    public static void write(DrillResult result, Path file) throws IOException {
        try (TraceWriter writer = TraceWriter.create(file, result.header())) {
            for (TraceLine line : result.trace()) {
                writer.write(line);
            }
        }
    }
}
