package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestCountsTest {
    @Test
    void sumsOverModules() {
        TestCounts counts = TestCounts.NONE
                .plus("[ERROR] Tests run: 5, Failures: 1, Errors: 1, Skipped: 1")
                .plus("[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0");
        assertThat(counts).hasToString("5 passed, 2 failed, 1 skipped");
        assertThat(counts.allPassed()).isFalse();
    }

    @Test
    void aClassIsNotCountedBesideItsModule() {
        String line = "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in org.a.BTest";
        assertThat(TestCounts.NONE.plus(line))
                .isEqualTo(TestCounts.NONE);
    }

    @Test
    void noTestsAtAllIsNoSuccess() {
        assertThat(TestCounts.NONE.allPassed()).isFalse();
        assertThat(new TestCounts(0, 0, 1).allPassed()).isFalse();
        assertThat(new TestCounts(1, 0, 1).allPassed()).isTrue();
        assertThat(new TestCounts(1, 1, 0).allPassed()).isFalse();
    }
}
