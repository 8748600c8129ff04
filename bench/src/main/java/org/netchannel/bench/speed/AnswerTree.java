package org.netchannel.bench.speed;

import java.util.LinkedHashMap;
import java.util.Map;

/** Answers as programs read them. */
public final class AnswerTree {
    private AnswerTree() {}

    /**
     * Lists, maps, texts and numbers.
     *
     * @param answer what rounds came to
     * @return for a writer of JSON
     */
    public static Map<String, Object> of(Answer answer) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("question", answer.question().name());
        tree.put("text", answer.question().text());
        tree.put("rounds", answer.rounds());
        tree.put("figures", answer.figures().stream().map(AnswerTree::of).toList());
        tree.put("demands", answer.verdicts().stream().map(AnswerTree::of).toList());
        tree.put("met", answer.isMet());
        return tree;
    }

    private static Map<String, Object> of(Answer.Figure figure) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("contender", figure.contender());
        tree.put("quantity", figure.quantity().name());
        put(tree, figure.spread());
        return tree;
    }

    private static Map<String, Object> of(Answer.Verdict verdict) {
        Demand demand = verdict.demand();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("contender", demand.contender());
        tree.put("quantity", demand.quantity().name());
        tree.put("dividedBy", demand.comparator());
        if (demand.bound() != null) {
            tree.put(demand.bound().isLower() ? "atLeast" : "atMost", demand.bound().value());
        }
        put(tree, verdict.spread());
        tree.put("met", verdict.isMet());
        return tree;
    }

    private static void put(Map<String, Object> tree, Spread spread) {
        tree.put("median", spread.median());
        tree.put("lowerQuartile", spread.lower());
        tree.put("upperQuartile", spread.upper());
    }
}
