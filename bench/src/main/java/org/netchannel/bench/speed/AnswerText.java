package org.netchannel.bench.speed;

import java.util.Locale;

/** An answer as people read it. */
public final class AnswerText {
    private static final String FIGURE = "  %-18s %12s  [%s .. %s]  %s%n";
    private static final String VERDICT = "  %-6s %s, wanted %s: %s [%s .. %s]%n";

    private AnswerText() {}

    /**
     * The question, a line for each figure, and one for each demand.
     *
     * @param answer what rounds came to
     * @return medians, with the quartiles in brackets
     */
    public static String of(Answer answer) {
        StringBuilder text = new StringBuilder();
        text.append(String.format("%s: %s%n", answer.question().name(), answer.question().text()));
        for (Answer.Figure figure : answer.figures()) {
            Quantity quantity = figure.quantity();
            Spread spread = figure.spread();
            text.append(String.format(FIGURE, figure.contender(), quantity.text(spread.median()),
                    quantity.text(spread.lower()), quantity.text(spread.upper()), quantity.unit()));
        }
        for (Answer.Verdict verdict : answer.verdicts()) {
            Demand demand = verdict.demand();
            Spread spread = verdict.spread();
            text.append(String.format(VERDICT, verdict.isMet() ? "OK" : "MISSED",
                    demand.contender() + " " + demand.quantity().unit(), demand.wanted(),
                    text(demand, spread.median()), text(demand, spread.lower()), text(demand, spread.upper())));
        }
        return text.toString();
    }

    private static String text(Demand demand, double value) {
        return demand.comparator() == null ? demand.quantity().text(value) : String.format(Locale.ROOT, "%.3f", value);
    }
}
