package org.netchannel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.util.Arrays;

/** Programs that tests need and that are no part of this project. */
public final class Programs {
    private Programs() {}

    /** Skips the test when a program is not there; but where the environment has CI, it has to be. */
    public static void require(String name) {
        boolean there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, name).canExecute());
        if (System.getenv("CI") != null) {
            assertThat(there).as("%s is installed; .ci/packages installs it", name).isTrue();
        }
        assumeTrue(there, name + " is not installed");
    }
}
