package org.netchannel.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of Maven: everything it says goes to a log, a line for each module and test class to the caller. */
final class MavenRun {
    private static final Pattern MODULE = Pattern.compile("\\[INFO\\] Building (.*?) +\\S+ +\\[\\d+/\\d+\\]");
    private static final Pattern CLASS = Pattern.compile("\\[\\w+\\] +(Tests run: .*) -- in (\\S+)");
    private static final Pattern MUTANTS = Pattern.compile(">> (Generated \\d+ mutations Killed \\d+ \\(\\d+%\\))");
    private static final int MAX_COMPLAINTS = 200;

    private final Path home;
    private final Path log;
    private final List<String> complaints = new ArrayList<>();
    private TestCounts counts = TestCounts.NONE;

    /**
     * A run that has not begun.
     *
     * @param home the folder of the topmost pom.xml
     * @param log where everything is written
     */
    MavenRun(Path home, Path log) {
        this.home = home;
        this.log = log;
    }

    /** Runs Maven to its end on the JDK of this process and returns its exit status. */
    int run(List<String> goals, Consumer<String> progress) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-Dstyle.color=never"));
        command.addAll(goals);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Files.createDirectories(log.getParent());
        Process process = builder.start();
        Thread killer = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(killer);
        process.getOutputStream().close();
        try (BufferedReader reader = process.inputReader();
                BufferedWriter writer = Files.newBufferedWriter(log)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                writer.write(line);
                writer.newLine();
                progress(line).ifPresent(progress);
                counts = counts.plus(line);
                complain(line);
            }
        }
        int status = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(killer);
        return status;
    }

    /** What Maven said went wrong, the first lines of it. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** How many tests ran. */
    TestCounts counts() {
        return counts;
    }

    Path log() {
        return log;
    }

    static Optional<String> progress(String line) {
        Matcher module = MODULE.matcher(line);
        if (module.matches()) {
            return Optional.of(module.group(1));
        }
        Matcher mutants = MUTANTS.matcher(line);
        if (mutants.matches()) {
            return Optional.of("  " + mutants.group(1));
        }
        Matcher tests = CLASS.matcher(line);
        return tests.matches()
                ? Optional.of("  " + tests.group(2).replaceFirst(".*\\.", "") + ": " + tests.group(1))
                : Optional.empty();
    }

    private void complain(String line) {
        boolean goesOn = !complaints.isEmpty() && !line.startsWith("[INFO]") && !line.startsWith("[WARNING]");
        if ((line.startsWith("[ERROR]") || goesOn) && complaints.size() < MAX_COMPLAINTS) {
            complaints.add(line);
        }
    }
}
