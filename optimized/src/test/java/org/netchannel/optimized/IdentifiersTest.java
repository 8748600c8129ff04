package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** NC-HS-1. */
class IdentifiersTest {
    @Test
    void noIdComesTwiceAndNoneIsZero() {
        Identifiers identifiers = new Identifiers(1, 2);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            assertThat(seen.add(identifiers.next())).isTrue();
        }
        assertThat(seen).doesNotContain(0L);
    }

    @Test
    void eitherHalfOfTheKeyChangesEveryId() {
        assertThat(new Identifiers(1, 2).next()).isEqualTo(new Identifiers(1, 2).next())
                .isNotEqualTo(new Identifiers(3, 2).next())
                .isNotEqualTo(new Identifiers(1, 3).next());
    }

    /** Half of the bits differ between one id and the next, give or take. */
    @Test
    void oneIdDoesNotLookLikeTheNext() {
        Identifiers identifiers = new Identifiers(1, 2);
        long before = identifiers.next();
        long differing = 0;
        for (int i = 0; i < 1_000; i++) {
            long id = identifiers.next();
            differing += Long.bitCount(id ^ before);
            before = id;
        }
        assertThat(differing).isBetween(31_000L, 33_000L);
    }
}
