package org.netchannel.specs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.netchannel.specs.Expected;
import org.netchannel.specs.Finding;
import org.netchannel.specs.Model;
import org.netchannel.specs.ModelResult;
import org.netchannel.specs.counterexample.ActionCall;
import org.netchannel.specs.counterexample.Counterexample;
import org.netchannel.specs.counterexample.Ending;
import org.netchannel.specs.counterexample.Step;
import org.netchannel.specs.value.Change;
import org.netchannel.specs.value.Difference;
import org.netchannel.specs.value.TlaState;

/** Models and results for programs. */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    /**
     * The list of models.
     *
     * @param models the models
     * @return a JSON object with a key {@code models}
     */
    public static String of(List<Model> models) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("models");
        models.forEach(model -> describe(list.addObject(), model));
        return text(root);
    }

    /**
     * The results of a run.
     *
     * @param results the results
     * @param total how long all of it took
     * @return a JSON object
     */
    public static String of(List<ModelResult> results, Duration total) {
        ObjectNode root = JSON.createObjectNode();
        root.put("asExpected", results.stream().allMatch(ModelResult::asExpected));
        root.put("seconds", seconds(total));
        ArrayNode list = root.putArray("models");
        results.forEach(result -> describe(list.addObject(), result));
        return text(root);
    }

    private static String text(ObjectNode root) {
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static void describe(ObjectNode node, Model model) {
        node.put("name", model.name());
        node.put("module", model.module());
        node.put("config", model.config());
        node.put("description", model.description());
        strings(node.putArray("races"), model.races());
        strings(node.putArray("clauses"), model.clauses());
        ObjectNode expected = node.putObject("expected");
        switch (model.expected()) {
            case Expected.Holds() -> expected.put("result", "holds");
            case Expected.Violates(var kind, var property) -> {
                expected.put("result", "violates").put("kind", kind.text());
                property.ifPresent(name -> expected.put("property", name));
            }
        }
        model.twin().ifPresent(twin -> node.put("twin", twin));
        model.distinctStates().ifPresent(states -> node.put("expectedDistinctStates", states));
        node.put("size", model.size().name().toLowerCase(Locale.ROOT));
        model.simulation().ifPresent(simulation -> node.putObject("simulation")
                .put("depth", simulation.depth())
                .put("traces", simulation.traces())
                .put("seed", simulation.seed()));
    }

    private static void strings(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static void describe(ObjectNode node, ModelResult result) {
        describe(node, result.model());
        node.put("verdict", result.verdict().name());
        strings(node.putArray("differences"), result.differences());
        node.put("seconds", seconds(result.duration()));
        node.put("processorSeconds", seconds(result.processorTime()));
        node.put("generatedStates", result.counts().generated());
        node.put("distinctStates", result.counts().distinct());
        node.put("queue", result.counts().queue());
        node.put("traces", result.counts().traces());
        describe(node.putObject("found"), result.finding());
        result.counterexample().ifPresent(found -> describe(node.putObject("counterexample"), found));
    }

    private static void describe(ObjectNode node, Finding finding) {
        switch (finding) {
            case Finding.Holds() -> node.put("result", "holds");
            case Finding.NoneFound(long traces) -> node.put("result", "no violation found").put("traces", traces);
            case Finding.Violated(var kind, var candidates) -> {
                node.put("result", "violates").put("kind", kind.text());
                strings(node.putArray("properties"), candidates);
            }
            case Finding.Failed(var stage, var message) ->
                    node.put("result", "error").put("kind", stage.text()).put("message", message);
            case Finding.TimedOut(var limit) -> node.put("result", "timeout").put("limitSeconds", limit.toSeconds());
        }
    }

    private static void describe(ObjectNode node, Counterexample counterexample) {
        ArrayNode steps = node.putArray("steps");
        TlaState before = null;
        for (Step step : counterexample.steps()) {
            ObjectNode described = steps.addObject();
            described.put("number", step.number()).put("location", step.location());
            describe(described.putObject("action"), step.action());
            if (before != null) {
                changes(described.putArray("changes"), Difference.between(before, step.state()));
            }
            ObjectNode state = described.putObject("state");
            step.state().variables().forEach((name, value) -> state.put(name, value.toString()));
            before = step.state();
        }
        switch (counterexample.ending()) {
            case Ending.Finite() -> node.put("ending", "finite");
            case Ending.Stuttering() -> node.put("ending", "stuttering");
            case Ending.BackTo(var action, var step) -> {
                node.put("ending", "back").put("backToStep", step);
                describe(node.putObject("backAction"), action);
            }
        }
        counterexample.note().ifPresent(note -> node.put("note", note));
    }

    private static void describe(ObjectNode node, ActionCall action) {
        node.put("name", action.name());
        ArrayNode arguments = node.putArray("arguments");
        action.arguments().forEach(value -> arguments.add(value.toString()));
        ObjectNode choices = node.putObject("choices");
        action.choices().forEach((name, value) -> choices.put(name, value.toString()));
    }

    private static void changes(ArrayNode array, List<Change> changes) {
        for (Change change : changes) {
            ObjectNode node = array.addObject().put("path", change.path()).put("what", change.what().text());
            change.before().ifPresent(value -> node.put("before", value.toString()));
            change.after().ifPresent(value -> node.put("after", value.toString()));
        }
    }
}
