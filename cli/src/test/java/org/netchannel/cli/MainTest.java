package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void helpNamesTheCommandsAndTheExitStatuses() {
        assertThat(run("--help")).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("netchannel").contains("test").contains("Exit status:").contains("70");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void versionIsOneLine() {
        assertThat(run("--version")).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString().lines()).hasSize(1);
    }

    @Test
    void unknownCommandIsOneLineWithTheLegalOnes() {
        assertThat(run("verfiy")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("'verfiy'").contains("legal are").contains("test");
    }

    @Test
    void unknownOptionIsOneLineWithTheLegalOnes() {
        assertThat(run("test", "--ful")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("--ful ").contains("legal are").contains("--full");
    }

    @Test
    void superfluousArgumentIsOneLine() {
        assertThat(run("test", "everything")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("'everything'");
    }

    @Test
    void withoutACommandItSaysSo() {
        assertThat(run()).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).isEqualToIgnoringNewLines("netchannel: COMMAND is missing; see netchannel --help");
    }

    @Test
    void everyCommandHasHelpWithExamples() {
        for (String command : Main.commands()) {
            out.getBuffer().setLength(0);
            assertThat(run(command, "--help")).isEqualTo(ExitStatus.HELD);
            assertThat(out.toString()).contains("Usage: netchannel " + command).contains("Example");
        }
    }
}
