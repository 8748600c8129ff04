package org.netchannel.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.cli.Home;
import org.netchannel.cli.Main;
import org.netchannel.cli.Progress;

class TransferPartTest {
    private static final Home HOME = new Home(Path.of(".."));

    @TempDir
    Path folder;

    private Finding run(Path file, String implementation, List<String> hostCommand)
            throws IOException, InterruptedException {
        Progress progress = new Progress(new PrintWriter(new StringWriter()), false);
        try (Workspace workspace = new Workspace(Optional.of(folder.resolve("kept")), folder.resolve("evidence"))) {
            TransferPart.Settings settings =
                    new TransferPart.Settings(implementation, Optional.of(file), 2, false, 1, hostCommand);
            return new TransferPart(settings, HOME, workspace).run(progress);
        }
    }

    private static List<String> hosts() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), Main.class.getName(), "transfer-host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"optimized", "reference"})
    void aTransferThatHeldIsReportedWithItsNumbers(String implementation) throws Exception {
        Finding finding = run(Files.write(folder.resolve("file"), new byte[1_000_000]), implementation, hosts());
        assertThat(finding.violations()).isEmpty();
        assertThat(finding.numbers())
                .containsEntry("bytes", 1_000_000L)
                .containsEntry("dataChannels", 2)
                .containsEntry("killedChannel", 0)
                .containsKeys("traceLines", "transferSeconds", "specSeconds", "tlcSeconds");
        assertThat(finding.clauses()).contains("NC-HS-1");
        assertThat(finding.summary()).contains("1,000,000 bytes", "SHA-256 equal", "accepted");
        assertThat(folder.resolve("kept").toFile().list())
                .containsExactlyInAnyOrder("A.ndjson", "B.ndjson", "merged.ndjson");
    }

    @Test
    void aTransferThatWentWrongIsAViolation() throws Exception {
        Finding finding = run(Files.write(folder.resolve("file"), new byte[1]), "reference", List.of("false"));
        assertThat(finding.violations()).hasSize(1);
        assertThat(finding.violations().getFirst().explanation()).first().asString().contains("status 1");
        assertThat(finding.summary()).contains("not complete");
    }
}
