package org.netchannel.cli.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that are reached, and then say nothing. */
@Timeout(60)
class TestbedRunTest {
    @TempDir
    private Path folder;

    /** Something that is called like ssh, and says nothing but what is told for a command line. */
    private TestbedHost host(String name, String... cases) throws IOException {
        Path script = folder.resolve(name);
        Files.write(script, Stream.of("#!/bin/sh", "case \"$2\" in", String.join("\n", cases),
                "*) exec cat;;", "esac").toList());
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return TestbedHost.overSsh(name, "somebody", "127.0.0.1", "/", script.toString());
    }

    private void assertNamed(List<TestbedHost> hosts, String name, int seconds) {
        try (TestbedRun run = new TestbedRun(hosts, Duration.ofSeconds(seconds))) {
            assertThatThrownBy(() -> run.run(List.of("serve"), "listening on ", List.of("measure")))
                    .isInstanceOf(IOException.class)
                    .hasMessage(name + " has said nothing for " + seconds + " s");
        }
        assertThat(ProcessHandle.current().children().filter(it -> it.info().arguments()
                .filter(words -> List.of(words).contains(folder.resolve(name).toString())).isPresent())).isEmpty();
    }

    @Test
    void aHostThatSaysNothingIsNamedAndLeft() throws IOException {
        assertNamed(List.of(host("measure"), host("serve")), "measure", 1);
    }

    @Test
    void aHostThatDoesNotSayThatItServesIsNamedAndLeft() throws IOException {
        String doctor = "*doctor*) echo '[]';;";
        assertNamed(List.of(host("measure", doctor), host("serve", doctor)), "serve", 5);
    }
}
