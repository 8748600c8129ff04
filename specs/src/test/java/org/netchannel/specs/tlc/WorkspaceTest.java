package org.netchannel.specs.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.specs.Toys;

class WorkspaceTest {
    private static final int SIGTERM_STATUS = 143;
    private static final int SIGKILL_STATUS = 137;

    @TempDir
    private Path temporary;

    @Test
    void closingKillsProcessesAndRemovesFiles() throws Exception {
        Path directory;
        Process process;
        try (Workspace workspace = new Workspace()) {
            directory = workspace.directory("own");
            Files.writeString(Files.createDirectory(directory.resolve("inner")).resolve("file"), "text");
            process = workspace.start(new ProcessBuilder("cat"));
            assertThat(process.isAlive()).isTrue();
        }
        assertThat(process.isAlive()).isFalse();
        assertThat(directory.getParent()).doesNotExist();
    }

    @Test
    void closedWorkspaceStartsNothing() throws IOException {
        Workspace workspace = new Workspace();
        workspace.close();
        assertThatThrownBy(() -> workspace.start(new ProcessBuilder("cat"))).isInstanceOf(CancellationException.class);
    }

    @Test
    void endedRunLeavesNeitherProcessNorFiles() throws Exception {
        Process run = startEndlessRun();
        List<ProcessHandle> tlc = run.toHandle().descendants().toList();
        assertThat(tlc).isNotEmpty();
        run.destroy();
        assertThat(run.waitFor()).isEqualTo(SIGTERM_STATUS);
        assertThat(tlc).allMatch(WorkspaceTest::ends);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> path.toString().contains("netchannel"))).isEmpty();
        }
    }

    @Test
    void killedRunLeavesNoProcess() throws Exception {
        Process run = startEndlessRun();
        List<ProcessHandle> tlc = run.toHandle().descendants().toList();
        assertThat(tlc).isNotEmpty();
        run.destroyForcibly();
        assertThat(run.waitFor()).isEqualTo(SIGKILL_STATUS);
        assertThat(tlc).allMatch(WorkspaceTest::ends);
    }

    private static boolean ends(ProcessHandle process) {
        return process.onExit().orTimeout(30, TimeUnit.SECONDS).thenApply(ended -> !ended.isAlive()).join();
    }

    /** A process of its own that has started TLC on a model without end; returns when TLC has made progress. */
    private Process startEndlessRun() throws IOException {
        Process run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                        Toys.Endless.class.getName())
                .redirectErrorStream(true)
                .start();
        String line = run.inputReader().readLine();
        assertThat(line).isEqualTo("progress");
        return run;
    }
}
