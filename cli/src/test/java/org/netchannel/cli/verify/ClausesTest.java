package org.netchannel.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClausesTest {
    private static final Path PROTOCOL = Path.of("..", "docs", "protocol.md");

    @Test
    void everyClauseOfTheProtocolHasItsWholeText() throws IOException {
        Clauses clauses = Clauses.read(PROTOCOL);
        assertThat(clauses.ids()).hasSizeGreaterThanOrEqualTo(53).contains("NC-HDR-1", "NC-HS-11", "NC-FAIL-5");
        assertThat(clauses.text("NC-HDR-1"))
                .isEqualTo("Fields not listed for a type are sent as 0 and ignored on receipt.");
        assertThat(clauses.text("NC-CH-5")).startsWith("A data channel is").endsWith("lost by draining.");
        assertThat(clauses.texts().values()).noneMatch(String::isBlank);
    }

    @Test
    void aClauseThatIsNotThereIsSaidToBe() throws IOException {
        assertThat(Clauses.read(PROTOCOL).text("NC-X-1")).contains("not in docs/protocol.md");
    }
}
