package org.netchannel.specs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README, as it stands there: compiled, run, and its output compared. */
class ReadmeExampleTest {
    private static final Path README = Path.of("src/main/java/org/netchannel/specs/engine/README.md");
    private static final int MOST_LINES = 40;

    @TempDir
    Path directory;

    @Test
    void theExampleOfTheReadmePrintsWhatIsSaid() throws Exception {
        Files.writeString(directory.resolve("Lock.tla"), block("tla"));
        Files.writeString(directory.resolve("Lock.cfg"), "INIT Init NEXT Next\n");
        Path source = Files.writeString(directory.resolve("Example.java"), block("java"));
        assertThat(block("tla").lines().count() + block("java").lines().count()).isLessThanOrEqualTo(MOST_LINES);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null,
                "-cp", System.getProperty("java.class.path"), source.toString())).isZero();
        assertThat(run()).isEqualTo(block(""));
    }

    private static String block(String language) throws IOException {
        Matcher matcher = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(withoutOthers(language));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** The output stands in the only block without a language, behind the others. */
    private static String withoutOthers(String language) throws IOException {
        String text = Files.readString(README);
        return language.isEmpty() ? text.substring(text.indexOf("It prints")) : text;
    }

    private String run() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            loader.loadClass("Example").getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {directory.toString()});
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
