package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();

    @Test
    void elsewhereThanOnATerminalItIsALineNowAndThen() {
        Progress progress = new Progress(new PrintWriter(err, true), false);
        progress.show("first");
        progress.show("too soon");
        assertThat(err.toString()).isEqualToIgnoringNewLines("first").endsWith("\n");
        progress.clear();
        progress.show("next part");
        assertThat(err.toString()).hasLineCount(2).contains("next part").doesNotContain("\u001b");
    }

    @Test
    void onATerminalItIsOneLineThatGoesAway() {
        Progress progress = new Progress(new PrintWriter(err, true), true);
        progress.clear();
        assertThat(err.toString()).isEmpty();
        progress.show("x".repeat(500));
        assertThat(err.toString()).hasSizeLessThan(130).doesNotContain("\n");
        progress.clear();
        assertThat(err.toString()).endsWith("\r\u001b[K");
    }
}
