package org.netchannel.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The repository checks its own tidiness. */
class TidyTest {
    private static final Path ROOT = Path.of("..");
    private static final Set<String> SKIPPED = Set.of(".git", "target", "states");

    @Test
    void everySourceFileIsTidy() throws IOException {
        List<String> complaints = new ArrayList<>();
        int files = 0;
        try (Stream<Path> all = Files.walk(ROOT)) {
            for (Path file : all.filter(TidyTest::isSource).toList()) {
                complaints.addAll(Tidy.complaints(ROOT.relativize(file).toString(), lines(file)));
                files++;
            }
        }
        assertThat(complaints).isEmpty();
        assertThat(files).isGreaterThan(50);
    }

    private static List<String> lines(Path file) {
        try {
            return List.of(Files.readString(file).split("\n", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is no text", e);
        }
    }

    private static boolean isSource(Path file) {
        for (Path part : file) {
            if (SKIPPED.contains(part.toString())) {
                return false;
            }
        }
        return Files.isRegularFile(file) && Tidy.isSource(file.getFileName().toString());
    }

    private static List<String> of(String name, String... lines) {
        return Tidy.complaints(name, List.of(String.join("\n", lines).concat("\n").split("\n", -1)));
    }

    @Test
    void aTidyFileHasNoComplaints() {
        assertThat(of("a/src/main/java/A.java", "class A {", "}")).isEmpty();
    }

    @Test
    void lineLengthIsHeldFromBothSides() {
        assertThat(of("A.java", "x".repeat(120))).isEmpty();
        assertThat(of("A.java", "x".repeat(121))).containsExactly("A.java:1: 121 characters, legal is at most 120");
        assertThat(of("A.tla", "x".repeat(100))).isEmpty();
        assertThat(of("A.tla", "x".repeat(101))).containsExactly("A.tla:1: 101 characters, legal is at most 100");
    }

    @Test
    void fileLengthIsHeldFromBothSides() {
        String[] lines = new String[500];
        java.util.Arrays.fill(lines, "x");
        assertThat(of("A.java", lines)).isEmpty();
        lines = new String[501];
        java.util.Arrays.fill(lines, "x");
        assertThat(of("A.java", lines)).containsExactly("A.java: 501 lines, legal is at most 500");
    }

    @Test
    void blanksAreWhereTheyBelong() {
        assertThat(of("A.md", "a\tb")).containsExactly("A.md:1: a tab");
        assertThat(of("A.md", "a ")).containsExactly("A.md:1: blanks at the end of the line");
        assertThat(of("A.md", "a\r")).containsExactly("A.md:1: a carriage return");
        assertThat(of("A.md", "a", "")).containsExactly("A.md: an empty line at the end");
        assertThat(Tidy.complaints("A.md", List.of("a"))).containsExactly("A.md: no line feed at the end");
    }

    @Test
    void whatIsLeftForLaterIsNoPartOfTheProduct() {
        assertThat(of("A.java", "// TO" + "DO later")).hasSize(1);
        assertThat(of("A.java", "// FIX" + "ME")).hasSize(1);
        assertThat(of("A.java", "@Dis" + "abled")).hasSize(1);
    }

    @Test
    void pathsOfAMachineAreNoPartOfTheProduct() {
        assertThat(of("A.java", "\"/ro" + "ot/x\"")).hasSize(1);
        assertThat(of("A.md", "see /ho" + "me/me/x")).hasSize(1);
        assertThat(of("A.md", "see /wo" + "rk/x")).hasSize(1);
        assertThat(of("A.md", "frame/worker and a/home/b")).isEmpty();
    }

    @Test
    void aTestDoesNotSleep() {
        assertThat(of("a/src/test/java/ATest.java", "Thread.sl" + "eep(1);")).hasSize(1);
        assertThat(of("a/src/main/java/A.java", "Thread.sl" + "eep(1);")).isEmpty();
    }
}
