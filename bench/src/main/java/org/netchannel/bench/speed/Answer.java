package org.netchannel.bench.speed;

import java.util.ArrayList;
import java.util.List;

/**
 * What the rounds of a question came to.
 *
 * @param question what was asked
 * @param rounds how many there were
 * @param figures every quantity of every contender
 * @param verdicts one for each demand
 */
public record Answer(Question question, int rounds, List<Figure> figures, List<Verdict> verdicts) {
    /**
     * A quantity of one contender.
     *
     * @param contender whose it is
     * @param quantity what it is
     * @param spread over the rounds
     */
    public record Figure(String contender, Quantity quantity, Spread spread) {}

    /**
     * What a demand came to.
     *
     * @param demand what was wanted
     * @param spread over the rounds
     * @param isMet whether the median meets the bound
     */
    public record Verdict(Demand demand, Spread spread, boolean isMet) {}

    static Answer of(Question question, List<Round> rounds) {
        List<Figure> figures = new ArrayList<>();
        for (Contender contender : question.contenders()) {
            String name = contender.name();
            for (Quantity quantity : rounds.getFirst().samples().get(name).keySet()) {
                double[] values = rounds.stream().mapToDouble(round -> round.of(name, quantity)).toArray();
                figures.add(new Figure(name, quantity, Spread.of(values)));
            }
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (Demand demand : question.demands()) {
            Spread spread = Spread.of(rounds.stream().mapToDouble(demand::of).toArray());
            verdicts.add(new Verdict(demand, spread, demand.isMet(spread.median())));
        }
        return new Answer(question, rounds.size(), figures, verdicts);
    }

    /**
     * Whether every demand is met.
     *
     * @return true where nothing is demanded
     */
    public boolean isMet() {
        return verdicts.stream().allMatch(Verdict::isMet);
    }
}
