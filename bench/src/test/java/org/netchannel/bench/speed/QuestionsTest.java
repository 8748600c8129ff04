package org.netchannel.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every question can be asked, and what does not depend on the machine holds. */
class QuestionsTest {
    /** What is allocated for a packet, and on a heap that others use, too, what so few connections take. */
    private static final Set<Quantity> MAY_BE_NOTHING =
            EnumSet.of(Quantity.ALLOCATED_BYTES_PER_PACKET, Quantity.BYTES_PER_CONNECTION);

    static List<Question> questions() {
        return Questions.all();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyContenderIsMeasuredAndEveryDemandJudged(Question question) throws IOException {
        Answer answer = new Interview(1, Duration.ofMillis(5), line -> {}).ask(question);
        assertThat(answer.verdicts()).hasSameSizeAs(question.demands());
        assertThat(answer.figures())
                .filteredOn(figure -> !MAY_BE_NOTHING.contains(figure.quantity()))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.spread().median()).isPositive());
        assertThat(answer.verdicts())
                .filteredOn(verdict -> verdict.demand().quantity() == Quantity.BYTES_PER_CONNECTION)
                .allSatisfy(verdict -> assertThat(verdict.isMet()).isTrue());
    }
}
