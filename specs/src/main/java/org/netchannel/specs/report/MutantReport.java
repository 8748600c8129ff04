package org.netchannel.specs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.netchannel.specs.mutation.MutantResult;
import org.netchannel.specs.mutation.MutantResult.Outcome;
import org.netchannel.specs.mutation.Mutation;

/** What became of mutations. */
public final class MutantReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int PERCENT = 100;

    private MutantReport() {}

    /**
     * One line, or two where nothing noticed.
     *
     * @param result the result
     * @return lines without line ends
     */
    public static List<String> lines(MutantResult result) {
        String how = result.noticedBy()
                .map(by -> by.model().name() + ": " + by.finding()
                        + (result.outcome() == Outcome.STATES ? ", " + by.differences().getFirst() : ""))
                .orElse("by none of " + result.models() + " models");
        List<String> lines = new ArrayList<>();
        lines.add("%-20s %s, %s: %s, %s".formatted(result.outcome().text(), place(result.mutation()),
                result.mutation().kind().text(), how, Numbers.seconds(result.duration())));
        if (!result.outcome().isNoticed()) {
            lines.add("    " + result.original() + "  ->  " + result.mutation().replacement());
        }
        return lines;
    }

    private static String place(Mutation mutation) {
        return mutation.module() + " " + mutation.place().beginLine() + " " + mutation.definition();
    }

    /**
     * How many of them were noticed, and how.
     *
     * @param results the results
     * @param possible how many changes are possible
     * @param seed what they were drawn with
     * @param total how long all of it took
     * @return lines without line ends
     */
    public static List<String> summary(List<MutantResult> results, int possible, long seed, Duration total) {
        long unparsable = count(results, Outcome.UNPARSABLE);
        long counted = results.size() - unparsable;
        long noticed = results.stream().filter(result -> result.outcome().isNoticed()).count();
        List<String> lines = new ArrayList<>();
        lines.add("%d of %d mutants noticed%s, drawn from %d with seed %d, %s".formatted(noticed, counted,
                counted == 0 ? "" : " (%.0f %%)".formatted((double) PERCENT * noticed / counted), possible, seed,
                Numbers.seconds(total)));
        lines.add("  by " + Arrays.stream(Outcome.values())
                .filter(Outcome::isNoticed)
                .map(outcome -> outcome.text() + " " + count(results, outcome))
                .collect(Collectors.joining(", "))
                + (unparsable == 0 ? "" : "; " + unparsable + " more do not parse"));
        return lines;
    }

    private static long count(List<MutantResult> results, Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    /**
     * The same for programs.
     *
     * @param results the results
     * @param possible how many changes are possible
     * @param seed what they were drawn with
     * @param total how long all of it took
     * @return a JSON object
     */
    public static String json(List<MutantResult> results, int possible, long seed, Duration total) {
        ObjectNode root = JSON.createObjectNode();
        root.put("seed", seed).put("possible", possible).put("seconds", total.toMillis() / 1_000.0);
        ObjectNode outcomes = root.putObject("outcomes");
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(name(outcome), count(results, outcome));
        }
        results.forEach(result -> describe(root.withArray("mutants").addObject(), result));
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void describe(ObjectNode node, MutantResult result) {
        Mutation mutation = result.mutation();
        node.put("module", mutation.module()).put("definition", mutation.definition());
        node.put("beginLine", mutation.place().beginLine()).put("beginColumn", mutation.place().beginColumn());
        node.put("endLine", mutation.place().endLine()).put("endColumn", mutation.place().endColumn());
        node.put("kind", name(mutation.kind()));
        node.put("original", result.original()).put("replacement", mutation.replacement());
        node.put("outcome", name(result.outcome())).put("modelsRun", result.models());
        result.noticedBy().ifPresent(by ->
                node.put("noticedBy", by.model().name()).put("found", by.finding().toString()));
    }
}
