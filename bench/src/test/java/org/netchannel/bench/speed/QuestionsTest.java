package org.netchannel.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netchannel.bench.speed.Demand.Bound;

/** Every question can be asked, and what does not depend on the machine holds. */
class QuestionsTest {
    /** What is allocated for a packet, and on a heap that others use, too, what so few connections take. */
    private static final Set<Quantity> MAY_BE_NOTHING =
            EnumSet.of(Quantity.ALLOCATED_BYTES_PER_PACKET, Quantity.BYTES_PER_CONNECTION);

    static List<Question> questions() {
        return Questions.all();
    }

    /** The same question, with another bound behind each, which nothing can meet. */
    private static Question unreachable(Question question) {
        List<Demand> demands = new ArrayList<>();
        for (Demand demand : question.demands()) {
            boolean isLower = demand.bound() == null || demand.bound().isLower();
            Bound bound = isLower ? Bound.atLeast(Double.MAX_VALUE) : Bound.atMost(-1);
            demands.add(demand);
            demands.add(new Demand(demand.quantity(), demand.contender(), demand.comparator(), bound));
        }
        return new Question(question.name(), question.text(), question.contenders(), demands);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyContenderIsMeasuredAndEveryDemandJudged(Question question) throws IOException {
        Answer answer = new Interview(1, Duration.ofMillis(5), line -> {}).ask(unreachable(question));
        assertThat(answer.verdicts()).hasSize(2 * question.demands().size());
        for (int i = 1; i < answer.verdicts().size(); i += 2) {
            assertThat(answer.verdicts().get(i).isMet()).isFalse();
        }
        assertThat(answer.figures())
                .filteredOn(figure -> !MAY_BE_NOTHING.contains(figure.quantity()))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.spread().median()).isPositive());
        assertThat(answer.verdicts())
                .filteredOn(verdict -> verdict.demand().quantity() == Quantity.BYTES_PER_CONNECTION
                        && verdict.demand().bound().value() > 0)
                .allSatisfy(verdict -> assertThat(verdict.isMet()).isTrue());
    }
}
