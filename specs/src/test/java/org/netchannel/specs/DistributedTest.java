package org.netchannel.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.specs.ModelResult.Verdict;
import org.netchannel.specs.distributed.Cluster;

/** Distributed TLC over loopback finds what plain TLC finds. */
class DistributedTest {
    private static final List<String> TWICE = List.of("localhost", "127.0.0.1");

    @TempDir
    private Path directory;

    private static ModelResult run(Cluster cluster, Model model) throws Exception {
        return new ModelRunner(Toys.files(), Toys.SETTINGS, new RunMode.Distributed(cluster))
                .run(List.of(model), RunListener.NONE)
                .getFirst();
    }

    @AfterEach
    void noProcessIsLeft() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void modelThatHoldsHasTheSameNumberOfDistinctStates() throws Exception {
        ModelResult result = run(Cluster.of(TWICE, "ssh"), Toys.holds("Relay", "RelaySafe.cfg", 39));
        assertThat(result.differences()).isEmpty();
        assertThat(result.finding()).isEqualTo(new Finding.Holds());
        assertThat(result.counts().distinct()).isEqualTo(39);
    }

    @Test
    void violationIsNamedAndShownWithItsArguments() throws Exception {
        ModelResult result = run(
                Cluster.of(TWICE, "ssh"),
                Toys.violates("Relay", "RelayLossy.cfg", PropertyKind.INVARIANT, "NothingMissing"));
        assertThat(result.differences()).isEmpty();
        assertThat(result.counterexample().orElseThrow().steps().getLast().action().toString()).startsWith("Lose(");
    }

    @Test
    void deadlockIsFound() throws Exception {
        ModelResult result = run(
                Cluster.of(List.of("localhost"), "ssh"),
                Toys.violates("Relay", "RelayDeadlock.cfg", PropertyKind.DEADLOCK, null));
        assertThat(result.differences()).isEmpty();
        assertThat(result.counterexample().orElseThrow().steps()).hasSize(11);
    }

    @Test
    void temporalPropertyIsRefusedAndNotLeftOut() throws Exception {
        ModelResult result = run(Cluster.of(List.of("localhost"), "ssh"), Toys.holds("Relay", "Relay.cfg", 39));
        assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(result.finding().toString()).contains("it has temporal properties");
    }

    @Test
    void moduleThatDoesNotParseIsAnError() throws Exception {
        ModelResult result = run(Cluster.of(List.of("localhost"), "ssh"), Toys.holds("Broken", "Broken.cfg", 1));
        assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(((Finding.Failed) result.finding()).message()).contains("line 3, column 9");
    }

    @Test
    void otherMachineIsReachedThroughTheCommand() throws Exception {
        Path called = directory.resolve("called");
        Path ssh = Files.createFile(
                directory.resolve("ssh"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(ssh, "#!/bin/sh\necho \"$1\" >>" + called + "\nPATH=" + System.getProperty("java.home")
                + "/bin:$PATH exec sh -c \"$2\"\n");
        Cluster cluster = new Cluster(
                List.of(new Cluster.Host("far", false)), ssh.toString(), InetAddress.getLoopbackAddress());
        ModelResult result = run(cluster, Toys.holds("Relay", "RelaySafe.cfg", 39));
        assertThat(result.differences()).isEmpty();
        assertThat(Files.readAllLines(called)).containsExactly("far", "far");
    }

    @Test
    void machineThatCantBeReachedIsAnErrorWithItsLastWords() throws Exception {
        Cluster cluster = new Cluster(
                List.of(new Cluster.Host("far", false)), "false", InetAddress.getLoopbackAddress());
        ModelResult result = run(cluster, Toys.holds("Relay", "RelaySafe.cfg", 39));
        assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(result.finding().toString()).contains("the fingerprints on far ended with exit status 1");
    }

    @Test
    void interruptEndsEveryProcess() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().unstarted(() -> {
            try {
                new ModelRunner(
                                Toys.files(), new RunSettings(1, 1, Duration.ofMinutes(1), 1, false),
                                new RunMode.Distributed(Cluster.of(TWICE, "ssh")))
                        .run(List.of(Toys.holds("Counter", "CounterEndless.cfg", 1)), new RunListener() {
                            @Override
                            public void progress(Progress progress) {
                                interrupt();
                            }
                        });
            } catch (InterruptedException e) {
                interrupted.set(true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        toInterrupt = thread;
        thread.start();
        thread.join();
        assertThat(interrupted).isTrue();
    }

    private Thread toInterrupt;

    private void interrupt() {
        toInterrupt.interrupt();
    }

    @Test
    void unknownNameIsRefused() {
        assertThatThrownBy(() -> Cluster.of(List.of("no.such.host.invalid"), "ssh"))
                .isInstanceOf(UnknownHostException.class);
    }
}
