package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.dpdk.Dpdk;

class SetupCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void dryRunShowsWhatItWouldCall() {
        assertThat(run("setup", "dpdk", "--dry-run")).isEqualTo(ExitStatus.HELD);
        assertThat(out.toString()).contains("apt-get update", "libdpdk-dev").hasLineCount(2);
    }

    @Test
    void partThatIsNoneIsNamedWithWhatIsLegal() {
        assertThat(run("setup", "moon")).isEqualTo(ExitStatus.USAGE);
        assertThat(err.toString()).contains("PART is 'moon', legal is dpdk").hasLineCount(1);
    }

    @Test
    void doctorsStatusSaysWhetherDpdkCanBeUsed() throws IOException {
        assertThat(run("doctor")).isEqualTo(Dpdk.missing().isEmpty() ? ExitStatus.HELD : ExitStatus.VIOLATION);
        assertThat(out.toString()).contains("JDK", "DPDK", "hugepages", "devices", "processors");
        out.getBuffer().setLength(0);
        run("doctor", "--json");
        assertThat(new ObjectMapper().readTree(out.toString()).findValuesAsText("name")).contains("DPDK", "hugepages");
    }
}
