package org.netchannel.bench.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Asks a question in rounds. In each round every contender has a turn, in another order than in the round before, so
 * that neither a drift of the machine nor what comes after what favours one. A first round warms up, which takes
 * longer, as two threads that spin leave the compiler little of two processors, and does not count.
 *
 * @param rounds how many count, at least 1
 * @param time how long each sample takes
 * @param progress is told what is measured now
 */
public record Interview(int rounds, Duration time, Consumer<String> progress) {
    /** Of the time of a sample. */
    static final int WARM_UP = 5;

    /**
     * Asks. The caller's thread does one side of most exchanges.
     *
     * @param question what to ask
     * @return what the rounds came to
     * @throws IOException when a connection fails, or a byte arrives that is wrong
     */
    public Answer ask(Question question) throws IOException {
        try {
            return Answer.of(question, rounds(question));
        } finally {
            question.contenders().forEach(Contender::close);
        }
    }

    private List<Round> rounds(Question question) throws IOException {
        List<Contender> order = new ArrayList<>(question.contenders());
        List<Round> counted = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            Map<String, Map<Quantity, Double>> samples = new HashMap<>();
            for (Contender contender : order) {
                progress.accept(String.format("%s: round %d of %d: %s", question.name(), round, rounds,
                        contender.name()));
                samples.put(contender.name(), contender.sample(round == 0 ? time.multipliedBy(WARM_UP) : time));
            }
            if (round > 0) {
                counted.add(new Round(samples));
            }
            Collections.rotate(order, 1);
        }
        return counted;
    }
}
