package org.netchannel.cli.conform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;
import org.netchannel.cli.conform.ConformReport.Told;
import org.netchannel.conformance.report.SequenceDiagram;
import org.netchannel.conformance.suite.FailedRun;
import org.netchannel.conformance.suite.PartResult;

/** The report for programs. */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int DIAGRAM_ROWS = 200;

    private JsonReport() {}

    /**
     * Writes it.
     *
     * @param report what to tell
     * @return one JSON object
     */
    public static String of(ConformReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("verdict", report.held() ? "HELD" : "VIOLATED");
        json.put("implementation", report.implementation());
        json.put("identity", report.result().identity());
        json.put("seed", report.seed());
        json.put("seconds", report.took().toMillis() / 1000.0);
        json.put("parts", report.result().parts().stream().map(JsonReport::json).toList());
        json.put("clauses", report.ids().stream().map(id -> clause(report, id)).toList());
        json.put("actions", report.result().actions());
        json.put("findings", report.findings().stream().map(JsonReport::json).toList());
        json.put("findingsNotTold", report.result().findings().size() - report.findings().size());
        json.put("othersThatFailed", report.result().others());
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report that can't be written", e);
        }
    }

    private static Map<String, Object> json(PartResult part) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("part", part.part().toString());
        json.put("runs", part.runs());
        json.put("failed", part.failed());
        json.put("traceLines", part.lines());
        json.put("tracesByTlc", part.byTlc());
        json.put("seconds", part.took().toMillis() / 1000.0);
        json.put("remark", part.remark());
        return json;
    }

    private static Map<String, Object> clause(ConformReport report, String id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("verdict", report.result().standing(id).verdict());
        json.put("runs", report.result().standing(id).runs());
        json.put("findings", report.naming(id));
        json.put("text", report.text(id));
        return json;
    }

    private static Map<String, Object> json(Told told) {
        FailedRun run = told.finding().smallest();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", told.title());
        json.put("clauses", told.finding().clauses());
        json.put("clausesInPlay", run.violation().clauses());
        json.put("part", run.part().toString());
        json.put("run", run.name());
        json.put("where", run.arrangement().toString());
        json.put("seed", run.seed());
        json.put("did", told.account().did());
        json.put("allowed", told.account().allowed());
        json.put("stateBefore", told.account().before());
        json.put("start", run.start());
        json.put("steps", run.steps());
        json.put("diagram", SequenceDiagram.of(run.trace(), DIAGRAM_ROWS));
        json.put("opinion", told.opinion());
        json.put("runs", told.finding().runs());
        json.put("alike", told.finding().alike());
        json.put("again", told.again());
        json.put("trace", told.trace().toString());
        return json;
    }
}
