package org.netchannel.bench.speed;

import java.util.List;
import java.util.Map;

/** Answers as people read them, made of what programs read. */
public final class AnswerText {
    private static final String FIGURE = "  %-18s %12s  [%s .. %s]  %s%n";
    private static final String VERDICT = "  %-6s %s %s, wanted at %s %s: %s [%s .. %s]%n";

    private static final String RATIO = "  %-6s %s %s is %s times %s [%s .. %s]%n";

    private AnswerText() {}

    /**
     * The question, a line for each figure, and one for each demand.
     *
     * @param tree an answer, of {@link AnswerTree#of}
     * @return medians, with the quartiles in brackets
     */
    public static String of(Map<String, Object> tree) {
        StringBuilder text = new StringBuilder();
        text.append(String.format("%s: %s%n", tree.get("question"), tree.get("text")));
        for (Map<String, Object> figure : parts(tree, "figures")) {
            Quantity quantity = quantity(figure);
            text.append(String.format(FIGURE, figure.get("contender"), quantity.text(number(figure, "median")),
                    quantity.text(number(figure, "lowerQuartile")), quantity.text(number(figure, "upperQuartile")),
                    quantity.unit()));
        }
        for (Map<String, Object> demand : parts(tree, "demands")) {
            text.append(verdict(demand));
        }
        return text.toString();
    }

    private static String verdict(Map<String, Object> demand) {
        Quantity quantity = quantity(demand);
        Object comparator = demand.get("dividedBy");
        if (!demand.containsKey("atLeast") && !demand.containsKey("atMost")) {
            return String.format(RATIO, "", demand.get("contender"), quantity.unit(), text(demand, "median"),
                    comparator, text(demand, "lowerQuartile"), text(demand, "upperQuartile"));
        }
        String bound = demand.containsKey("atLeast") ? "atLeast" : "atMost";
        String wanted = comparator == null
                ? quantity.text(number(demand, bound)) + " " + quantity.unit()
                : String.format("%.2f times %s", number(demand, bound), comparator);
        return String.format(VERDICT, demand.get("met").equals(true) ? "OK" : "MISSED", demand.get("contender"),
                quantity.unit(), bound.equals("atLeast") ? "least" : "most", wanted, text(demand, "median"),
                text(demand, "lowerQuartile"), text(demand, "upperQuartile"));
    }

    private static String text(Map<String, Object> demand, String name) {
        double value = number(demand, name);
        return demand.get("dividedBy") == null ? quantity(demand).text(value) : String.format("%.3f", value);
    }

    @SuppressWarnings("unchecked") // what AnswerTree makes
    private static List<Map<String, Object>> parts(Map<String, Object> tree, String name) {
        return (List<Map<String, Object>>) tree.get(name);
    }

    private static Quantity quantity(Map<String, Object> tree) {
        return Quantity.valueOf((String) tree.get("quantity"));
    }

    private static double number(Map<String, Object> tree, String name) {
        return ((Number) tree.get(name)).doubleValue();
    }
}
