package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.netchannel.reference.Remembered.Entry;

/** What is remembered is bounded in time and in number. */
class RememberedTest {
    private static final long NANOS = 100;

    @Test
    void thingIsFoundUntilItsTimeIsOver() {
        Remembered<Long, String> memory = Remembered.<Long, String>nothing().plus(1L, "one", 10, NANOS);
        assertThat(memory.find(1L, 109, NANOS)).contains("one");
        assertThat(memory.find(1L, 110, NANOS)).isEmpty();
        assertThat(memory.find(2L, 10, NANOS)).isEmpty();
    }

    @Test
    void whatIsTooOldIsForgottenWhenSomethingIsRemembered() {
        Remembered<Long, String> memory = Remembered.<Long, String>nothing()
                .plus(1L, "one", 0, NANOS).plus(2L, "two", 1, NANOS).plus(3L, "three", 100, NANOS);
        assertThat(memory.entries()).containsOnlyKeys(2L, 3L);
    }

    @Test
    void rememberingAgainMakesAThingTheYoungest() {
        Remembered<Long, String> memory = Remembered.<Long, String>nothing()
                .plus(1L, "one", 0, NANOS).plus(2L, "two", 1, NANOS).plus(1L, "uno", 2, NANOS);
        assertThat(memory.oldestFirst()).containsExactly(new Entry<>("two", 1), new Entry<>("uno", 2));
    }

    @Test
    void replacingKeepsTimeAndPlace() {
        Remembered<Long, String> memory = Remembered.<Long, String>nothing()
                .plus(1L, "one", 0, NANOS).plus(2L, "two", 1, NANOS).replace(1L, "uno").replace(9L, "nine");
        assertThat(memory.oldestFirst()).containsExactly(new Entry<>("uno", 0), new Entry<>("two", 1));
    }

    @Test
    void oldestIsForgottenWhenThereAreTooMany() {
        Remembered<Long, String> memory = Remembered.nothing(3);
        for (long key = 0; key < 3; key++) {
            memory = memory.plus(key, "", 0, NANOS);
        }
        assertThat(memory.find(0L, 0, NANOS)).isPresent();
        memory = memory.plus(-1L, "", 0, NANOS);
        assertThat(memory.entries()).hasSize(3);
        assertThat(memory.find(0L, 0, NANOS)).isEmpty();
        assertThat(memory.find(1L, 0, NANOS)).isPresent();
    }
}
