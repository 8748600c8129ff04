package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is typed for {@code trace import}, and what is said of it. */
class TraceImportCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path folder;

    private int imports(String... args) {
        List<String> all = new ArrayList<>(List.of("trace", "import"));
        all.addAll(List.of(args));
        return console.run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "--pcap /no/such/file; --pcap is '/no/such/file (there is no such file)', legal is a regular file",
        "--pcap FILE --trace /no/such/folder/x; --trace is '/no/such/folder/x', legal is a file that can be written",
        "--pcap FILE --format pcap; expected one of [AUTO, NETCHANNEL, PROTOTYPE]",
        "--pcap FILE --set receiveBuffer=0; --set receiveBuffer is '0', legal is 1 to",
        "--pcap FILE --set A.receiveBuffer=many; --set A.receiveBuffer is 'many', legal is a number",
        "--pcap FILE --set colour=3; --set is '{colour=3}', legal is",
        "--pcap FILE --tshark no-such-tshark; tshark is not there; it reads captures: apt-get install tshark",
        "--trace x; Missing required option: '--pcap=FILE'",
    })
    void whatIsTypedWrongIsNamed(String options, String problem) throws Exception {
        Path file = Files.write(folder.resolve("x.pcap"), new byte[24]);
        String[] args = options.replace("FILE", file.toString()).split(" ");
        assertThat(imports(args)).isEqualTo(ExitStatus.USAGE);
        assertThat(console.err()).contains(problem).hasLineCount(1);
        assertThat(folder.resolve("x.pcap.ndjson")).doesNotExist();
    }

    @Test
    void helpSaysWhatAVerdictIsWorth() {
        assertThat(imports("--help")).isEqualTo(ExitStatus.HELD);
        assertThat(console.out()).contains("Examples:").contains("does not show that bytes were right");
    }
}
