package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MainTest {
    private final Console console = new Console();

    @Test
    void helpNamesTheCommandsAndTheExitStatuses() {
        assertThat(console.run("--help")).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).contains("netchannel", "verify", "test", "Exit status:", "70");
        assertThat(console.out()).doesNotContain(TransferHostCommand.NAME);
        assertThat(console.err()).isEmpty();
    }

    @Test
    void versionIsOneLine() {
        assertThat(console.run("--version")).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).hasLineCount(1);
    }

    @Test
    void unknownCommandIsOneLineWithTheLegalOnes() {
        assertThat(console.run("verfiy")).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("'verfiy'", "legal are", "verify");
        assertThat(console.err()).doesNotContain(TransferHostCommand.NAME);
    }

    @Test
    void unknownOptionIsOneLineWithTheLegalOnes() {
        assertThat(console.run("test", "--ful")).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("--ful ", "legal are", "--full");
    }

    @Test
    void superfluousArgumentIsOneLine() {
        assertThat(console.run("test", "everything")).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).contains("'everything'");
    }

    @Test
    void withoutACommandItSaysSo() {
        assertThat(console.run()).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).isEqualToIgnoringNewLines("netchannel: COMMAND is missing; see netchannel --help");
    }

    @Test
    void whatWasTypedCannotSteerTheTerminal() {
        assertThat(console.run("\u001b[2Jx\ny\u202e")).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).hasLineCount(1).doesNotContain("\u001b", "\u202e").contains("\\u001b[2Jx");
    }

    @Test
    void everyCommandHasHelpWithExamples() {
        assertThat(Main.commands()).contains("verify", "test");
        for (String command : Main.commands()) {
            assertThat(console.run(command, "--help")).isEqualTo(ExitStatus.HELD);
            assertThat(console.out()).contains("Usage: netchannel " + command).contains("Example");
        }
    }
}
