package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MavenRunTest {
    @Test
    void aModuleIsProgress() {
        assertThat(MavenRun.progress("[INFO] Building NetChannel: traces 0.1.0-SNAPSHOT    [2/6]"))
                .contains("NetChannel: traces");
    }

    @Test
    void aTestClassIsProgressWhetherItPassedOrFailed() {
        assertThat(MavenRun.progress("[INFO] Tests run: 3, Failures: 0, Time elapsed: 0.1 s -- in org.a.OneTest"))
                .contains("  OneTest: Tests run: 3, Failures: 0, Time elapsed: 0.1 s");
        assertThat(MavenRun.progress(
                        "[ERROR]  Tests run: 3, Failures: 1, Time elapsed: 0.1 s <<< FAILURE! -- in org.a.OneTest"))
                .contains("  OneTest: Tests run: 3, Failures: 1, Time elapsed: 0.1 s <<< FAILURE!");
    }

    @Test
    void theScoreOfTheMutationTestsIsProgress() {
        assertThat(MavenRun.progress(">> Generated 980 mutations Killed 901 (92%)"))
                .contains("  Generated 980 mutations Killed 901 (92%)");
    }

    @Test
    void everythingElseIsNot() {
        assertThat(MavenRun.progress("[INFO] Running org.a.OneTest")).isEmpty();
        assertThat(MavenRun.progress("[INFO] Building jar: a.jar")).isEmpty();
        assertThat(MavenRun.progress("")).isEmpty();
    }
}
