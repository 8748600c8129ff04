package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
    @Command(name = "fails")
    static final class Fails implements Runnable {
        @Override
        public void run() {
            throw new UnsupportedOperationException("never called");
        }
    }

    private final StringWriter err = new StringWriter();
    private final CommandLine command = new CommandLine(new Fails()).setErr(new PrintWriter(err, true));

    @Test
    void anInternalErrorIsOneLineThatSaysWhatAndWhere() {
        assertThat(Failures.internal(new IllegalStateException("two\nlines"), command, false))
                .isEqualTo(ExitStatus.BROKEN);
        assertThat(err.toString()).hasLineCount(1)
                .contains("fails: internal error", "IllegalStateException: two lines", "FailuresTest.java:", "--debug");
    }

    @Test
    void aFailureOfTheMachineIsNoInternalError() {
        assertThat(Failures.internal(new IOException("disk full"), command, false)).isEqualTo(ExitStatus.BROKEN);
        assertThat(err.toString()).hasLineCount(1).contains("failed", "disk full").doesNotContain("internal");
    }

    @Test
    void theStackIsThereForWhoAsks() {
        Failures.internal(new OutOfMemoryError("heap"), command, true);
        assertThat(err.toString()).contains("\tat org.netchannel.cli.FailuresTest");
    }

    @Test
    void anErrorWithoutStackOrMessageIsOneLineToo() {
        Throwable bare = new IllegalStateException();
        bare.setStackTrace(new StackTraceElement[0]);
        Failures.internal(bare, command, false);
        assertThat(err.toString()).hasLineCount(1).contains("IllegalStateException");
    }
}
