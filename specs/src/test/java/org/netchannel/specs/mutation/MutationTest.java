package org.netchannel.specs.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.specs.mutation.Mutation.Place;

class MutationTest {
    private static final String TEXT =
            """
            A == /\\ x = 1 /\\ y
                 /\\ \\/ x > 2
                    \\/ y
                 /\\ z
            """;

    private static Mutation mutation(Place place) {
        return new Mutation("M", "A", MutationKind.CONJUNCT, place, "TRUE", Set.of());
    }

    @Test
    void whatFollowsOnTheLineKeepsItsColumn() {
        Mutation mutation = mutation(new Place(1, 9, 1, 13));
        assertThat(mutation.original(TEXT)).isEqualTo("x = 1");
        assertThat(mutation.apply(TEXT)).isEqualTo(TEXT.replace("x = 1", "TRUE "));
    }

    @Test
    void severalLinesBecomeOneAndTheNextOnesKeepTheirNumbers() {
        Mutation mutation = mutation(new Place(2, 9, 3, 12));
        assertThat(mutation.original(TEXT)).isEqualTo("\\/ x > 2 \\/ y");
        assertThat(mutation.apply(TEXT).lines().map(String::stripTrailing))
                .containsExactly("A == /\\ x = 1 /\\ y", "     /\\ TRUE", "", "     /\\ z");
    }

    @Test
    void shortTextIsReplacedWhole() {
        assertThat(mutation(new Place(4, 9, 4, 9)).apply(TEXT)).endsWith("     /\\ TRUE\n");
    }
}
