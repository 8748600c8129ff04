package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher in a repository of its own, with a Maven and a JDK that only write down how they were called. */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "bash", "git", "sed", "head", "find", "sort", "dirname", "readlink", "mkdir", "touch", "cat", "rm", "mv",
            "cp", "sleep", "flock", "grep");

    @TempDir
    Path temp;

    private Path home;
    private Path bin;
    private Path jdk;
    private Path builds;

    private record Result(int status, String out, String err) {}

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(temp.resolve("a path/with spaces"));
        bin = Files.createDirectories(temp.resolve("bin"));
        builds = Files.createFile(temp.resolve("builds"));
        Files.copy(Path.of("..", "netchannel"), home.resolve("netchannel"));
        Files.createDirectories(home.resolve("cli/src/main"));
        Files.createDirectories(home.resolve("specs"));
        Files.writeString(home.resolve("pom.xml"), "root");
        Files.writeString(home.resolve("cli/pom.xml"), "cli");
        Files.writeString(home.resolve("cli/src/main/A.java"), "A");
        for (String tool : TOOLS) {
            provide(tool);
        }
        script(bin.resolve("mvn"), """
                echo built >>'%s'
                [ ! -e broken ] || { echo "cannot compile A"; exit 1; }
                for argument; do case $argument in -Dnetchannel.lib=*) mkdir -p "${argument#*=}" ;; esac; done
                mkdir -p cli/target
                touch cli/target/netchannel-cli-1.jar
                """.formatted(builds));
        jdk = jdk("25.0.1");
    }

    private Path jdk(String version) throws IOException {
        Path folder = Files.createDirectories(temp.resolve("jdk " + version));
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(folder.resolve("bin/javac"), "");
        script(folder.resolve("bin/java"), "for argument; do echo \"$argument\"; done\nexit 3\n");
        return folder;
    }

    /** Puts a tool on the PATH of the launcher, which has nothing else there. */
    private void provide(String tool) throws IOException {
        Path real = find(tool);
        if (real != null) {
            script(bin.resolve(tool), "exec '" + real + "' \"$@\"\n");
        }
    }

    private static Path find(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!" + find("bash") + "\n" + text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Process start(Path launcher, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(find("bash").toString(), launcher.toString()));
        command.addAll(Arrays.asList(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("JAVA_HOME", jdk.toString());
        return builder.start();
    }

    private static Result finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, err);
    }

    private Result run(String... args) throws IOException, InterruptedException {
        return finish(start(home.resolve("netchannel"), args));
    }

    private long builds() throws IOException {
        try (Stream<String> lines = Files.lines(builds)) {
            return lines.count();
        }
    }

    @Test
    void buildsOnceAndHandsArgumentsAndStatusThrough() throws Exception {
        Result first = run("verify", "--file", "a b", "");
        assertThat(first.status()).isEqualTo(3);
        assertThat(first.out()).endsWith("org.netchannel.cli.Main\nverify\n--file\na b\n\n");
        assertThat(first.out()).contains("-Dnetchannel.home=" + home.toRealPath() + "\n");
        assertThat(first.err().lines()).hasSize(1);
        Result second = run("verify");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void changedAddedAndRemovedSourcesAreBuiltAgain() throws Exception {
        run();
        Files.writeString(home.resolve("cli/src/main/A.java"), "B");
        run();
        assertThat(builds()).isEqualTo(2);
        Files.writeString(home.resolve("specs/New.tla"), "");
        run();
        assertThat(builds()).isEqualTo(3);
        Files.delete(home.resolve("cli/src/main/A.java"));
        run();
        assertThat(builds()).isEqualTo(4);
    }

    @Test
    void worksThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("link"), home.resolve("netchannel"));
        Path second = Files.createSymbolicLink(bin.resolve("second"), Path.of("../link"));
        assertThat(finish(start(link)).status()).isEqualTo(3);
        assertThat(finish(start(second)).status()).isEqualTo(3);
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aBuildThatFailsIsShownAndLeavesNothing() throws Exception {
        Files.createFile(home.resolve("broken"));
        Result result = run();
        assertThat(result.status()).isEqualTo(70);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("cannot compile A").contains("the build failed");
        try (Stream<Path> left = Files.list(home.resolve("target/netchannel"))) {
            assertThat(left.filter(Files::isDirectory)).isEmpty();
        }
        Files.delete(home.resolve("broken"));
        assertThat(run().status()).isEqualTo(3);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Process first = start(home.resolve("netchannel"));
        Process second = start(home.resolve("netchannel"));
        assertThat(finish(first).status()).isEqualTo(3);
        assertThat(finish(second).status()).isEqualTo(3);
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void worksWhereThereIsNoFlock() throws Exception {
        Files.deleteIfExists(bin.resolve("flock"));
        assertThat(run().status()).isEqualTo(3);
        assertThat(run("test").status()).isEqualTo(3);
        assertThat(home.resolve("target/netchannel/lock.d")).doesNotExist();
    }

    @Test
    void aMissingMavenIsOneLine() throws Exception {
        Files.delete(bin.resolve("mvn"));
        Result result = run();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).startsWith("netchannel: Maven is missing").hasLineCount(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aMissingGitIsOneLine() throws Exception {
        Files.delete(bin.resolve("git"));
        Result result = run();
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).startsWith("netchannel: git is missing").hasLineCount(1);
    }

    @Test
    void anOldJavaHomeIsNotUsed() throws Exception {
        jdk = jdk("24.0.2");
        assertThat(run().out()).doesNotContain("Main\n");
        jdk = jdk("26");
        assertThat(run().out()).contains("Main\n");
    }
}
