package org.netchannel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.cli.verify.Workspace;

/** Whatever is typed, and whatever is in a file: one line, status 1 or 2, and nothing left behind. */
class HostileInputTest {
    private static final Path GOOD_TRACES =
            Path.of("..", "traces", "src", "main", "resources", "org", "netchannel", "traces", "examples", "good");

    @TempDir
    Path folder;

    private final Console console = new Console();
    private String home;
    private List<Path> before;

    @BeforeEach
    void standInTheRepository() throws IOException {
        home = System.setProperty(Home.PROPERTY, Path.of("..").toString());
        before = leftovers();
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        assertThat(leftovers()).isEqualTo(before);
        if (home == null) {
            System.clearProperty(Home.PROPERTY);
        } else {
            System.setProperty(Home.PROPERTY, home);
        }
    }

    private static List<Path> leftovers() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(file -> file.getFileName().toString().startsWith(Workspace.prefix())).sorted().toList();
        }
    }

    /** The command has to refuse, in one line that names everything in {@code named}. */
    private void refuses(List<String> args, String... named) {
        int status = console.run(args.toArray(String[]::new));
        assertThat(status).as("%s: %s", args, console.err()).isIn(ExitStatus.VIOLATION, ExitStatus.USAGE);
        assertThat(console.out()).as("standard output of %s", args).isEmpty();
        assertThat(console.err()).as("standard error of %s", args).hasLineCount(1);
        for (String name : named) {
            assertThat(console.err()).contains(name);
        }
        assertThat(console.err().length()).isLessThan(12_000);
    }

    static Stream<List<String>> wrongValues() {
        List<List<String>> wrong = new ArrayList<>();
        for (String number : new String[] {"", "0", "-1", "17", "x", "4.5", "99999999999999999999", "1e3"}) {
            wrong.add(List.of("verify", "--channels", number));
        }
        for (String number : new String[] {"", "-1", "x", "9223372036854775807", "0x1"}) {
            wrong.add(List.of("verify", "--seed", number));
        }
        for (String part : new String[] {"", "nothing", "models,x"}) {
            wrong.add(List.of("verify", "--only", part));
            wrong.add(List.of("verify", "--implementation", part));
        }
        for (String number : new String[] {"", "0", "-1", "x"}) {
            wrong.add(List.of("specs", "--parallel", number));
            wrong.add(List.of("specs", "--workers", number));
            wrong.add(List.of("specs", "--timeout-factor", number));
        }
        wrong.add(List.of("specs", "--timeout-factor", "NaN"));
        wrong.add(List.of("trace", "check", "--oracle", "nobody", "x"));
        return wrong.stream();
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueIsNamedWithItsOption(List<String> args) {
        refuses(args, args.get(args.size() - 1).equals("x") ? "--" : args.get(args.size() - 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--file", "--channels", "--seed", "--only", "--keep"})
    void anOptionWithoutItsValueIsNamed(String option) {
        refuses(List.of("verify", option), option);
    }

    static Stream<List<String>> commandsWithAFile() {
        return Stream.of(List.of("verify", "--only", "transfer", "--file"), List.of("trace", "check"),
                List.of("trace", "show"), List.of("trace", "diff", "pom.xml"), List.of("trace", "shrink"),
                List.of("trace", "merge", "pom.xml"));
    }

    private static List<String> with(List<String> command, String last) {
        List<String> args = new ArrayList<>(command);
        args.add(last);
        return args;
    }

    @ParameterizedTest
    @MethodSource("commandsWithAFile")
    void whatIsNoFileIsNamed(List<String> command) {
        refuses(with(command, ""));
        refuses(with(command, "missing"), "missing");
        refuses(with(command, folder.toString()), folder.toString());
        refuses(with(command, folder.resolve("a/b").toString()), folder.toString());
        refuses(with(command, "a\0b"));
        refuses(with(command, "x".repeat(5_000)));
        refuses(with(command, "\u001b[31mred\n"), "\\u001b[31mred");
        if (Files.exists(Path.of("/dev/zero"))) {
            refuses(with(command, "/dev/zero"), "/dev/zero");
        }
    }

    @Test
    void aFileThatIsTooLargeIsNotMoved() throws IOException {
        Path file = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1_000_000_001);
        }
        refuses(List.of("verify", "--only", "transfer", "--file", file.toString()), "--file", "1,000,000,001");
    }

    @Test
    void nothingCanBeKilledInTheMiddleOfAnEmptyFile() throws IOException {
        Path file = Files.createFile(folder.resolve("empty"));
        refuses(List.of("verify", "--kill-channel", "--file", file.toString()), "--file", "not empty");
    }

    @Test
    void tracesAreNotKeptWhereTheyCannotBe() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        refuses(List.of("verify", "--keep", file.toString()), "--keep");
        refuses(List.of("verify", "--keep", folder.resolve("a/b").toString()), "--keep");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    private void refusesTrace(byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("trace"), content);
        refuses(List.of("trace", "check", "--oracle", "reference", file.toString()), file.toString());
        assertThat(folder.toFile().list()).containsExactly("trace");
    }

    @Test
    void aTraceThatIsNoneIsRefused() throws IOException {
        refusesTrace(new byte[0]);
        refusesTrace(new byte[1_000_000]);
        refusesTrace("\n\n\n".getBytes(StandardCharsets.UTF_8));
        refusesTrace("[".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        refusesTrace("{\"trace\":".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        refusesTrace(("{\"trace\":\"" + "x".repeat(9_000_000)).getBytes(StandardCharsets.UTF_8));
        refusesTrace("{\"trace\":\"netchannel\",\"version\":1e999999999}".getBytes(StandardCharsets.UTF_8));
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        refusesTrace(noise);
    }

    @Test
    void whatIsNoTraceIsNotShownComparedShrunkOrMerged() throws IOException {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(goodTrace(), 90);
        for (byte[] content : List.of(new byte[0], new byte[1_000_000], noise, deep, cut)) {
            String file = Files.write(folder.resolve("trace"), content).toString();
            refuses(List.of("trace", "show", file), file);
            refuses(List.of("trace", "diff", file, file), file);
            refuses(List.of("trace", "shrink", file), file);
            refuses(List.of("trace", "merge", file, file), file);
            assertThat(folder.toFile().list()).containsExactly("trace");
        }
    }

    @Test
    void everyJudgeRefusesATraceThatIsNone() throws IOException {
        for (byte[] content : List.of(new byte[0], new byte[100], Arrays.copyOf(goodTrace(), 1_000))) {
            Path file = Files.write(folder.resolve("trace"), content);
            for (String oracle : List.of("spec", "tlc", "reference")) {
                refuses(List.of("trace", "check", "--oracle", oracle, file.toString()), file.toString());
            }
        }
    }

    @Test
    void aTraceThatIsCutOffInALineIsRefused() throws IOException {
        byte[] good = goodTrace();
        int firstLineEnds = indexOf(good, (byte) '\n');
        for (int length : new int[] {1, firstLineEnds / 2, firstLineEnds, firstLineEnds + 2, good.length - 3}) {
            refusesTrace(Arrays.copyOf(good, length));
        }
    }

    @Test
    void aTraceThatIsGarbledIsNeverAStackTrace() throws IOException {
        byte[] good = goodTrace();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] garbled = good.clone();
            for (int j = random.nextInt(1, 6); j > 0; j--) {
                garbled[random.nextInt(garbled.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("trace"), garbled);
            int status = console.run("trace", "check", "--oracle", "reference", file.toString());
            assertThat(status).as("seed %d, try %d: %s", seed, i, console.err())
                    .isIn(ExitStatus.HELD, ExitStatus.VIOLATION, ExitStatus.USAGE);
            assertThat(console.err().lines().count()).isLessThanOrEqualTo(1);
        }
    }

    private static byte[] goodTrace() throws IOException {
        try (Stream<Path> traces = Files.list(GOOD_TRACES)) {
            return Files.readAllBytes(
                    traces.filter(file -> file.toString().endsWith(".ndjson")).sorted().findFirst().orElseThrow());
        }
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void aDirectoryWithoutSpecsIsNamed() throws IOException {
        refuses(List.of("specs", "--directory", folder.toString()), "--directory");
        refuses(List.of("specs", "--directory", folder.resolve("missing").toString()), "--directory");
        Path manifest = folder.resolve("manifest.json");
        for (String content : new String[] {"", "{", "[]", "{\"models\":3}", "{\"models\":[{}]}", "[".repeat(10_000)}) {
            Files.writeString(manifest, content);
            refuses(List.of("specs", "--directory", folder.toString()), "manifest.json");
        }
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        Files.write(manifest, noise);
        refuses(List.of("specs", "--directory", folder.toString()), "manifest.json");
    }
}
