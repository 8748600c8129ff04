package org.netchannel.specs.tlc;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tlc2.TLC;

/**
 * A JVM of the same kind as this one, with TLC and this module on its class path and temporary files of its own: TLC
 * processes that share them fail at random.
 *
 * @param workspace what it dies with
 * @param directory where it works
 * @param temporary its {@code java.io.tmpdir}
 * @param megabytes its largest heap
 * @param properties system properties of it
 * @param isShort whether it will run for a few seconds only
 */
public record ChildJvm(
        Workspace workspace,
        Path directory,
        Path temporary,
        int megabytes,
        Map<String, String> properties,
        boolean isShort) {
    /** Keeps its own copy. */
    public ChildJvm {
        properties = Map.copyOf(properties);
    }

    /**
     * One without further system properties.
     *
     * @param workspace what it dies with
     * @param directory where it works
     * @param temporary its {@code java.io.tmpdir}
     * @param megabytes its largest heap
     */
    public ChildJvm(Workspace workspace, Path directory, Path temporary, int megabytes) {
        this(workspace, directory, temporary, megabytes, Map.of(), true);
    }

    /**
     * Starts a program in it. Its standard input stays open as long as this JVM lives.
     *
     * @param main class with the main method
     * @param arguments for the main method
     * @return the process
     * @throws IOException when it can't be started
     */
    public Process start(Class<?> main, List<String> arguments) throws IOException {
        return workspace.start(builder(main, arguments));
    }

    /**
     * Starts a program whose output nobody reads.
     *
     * @param main class with the main method
     * @param arguments for the main method
     * @return the process
     * @throws IOException when it can't be started
     */
    public Process startSilent(Class<?> main, List<String> arguments) throws IOException {
        return workspace.start(
                builder(main, arguments).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD));
    }

    /**
     * How it is started, for who wants to say where its output goes.
     *
     * @param main class with the main method
     * @param arguments for the main method
     * @return the builder
     */
    public ProcessBuilder builder(Class<?> main, List<String> arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(command(java, main, arguments)).directory(directory.toFile());
    }

    /**
     * The same with other temporary files.
     *
     * @param other its {@code java.io.tmpdir}; maybe on another machine
     * @return another one
     */
    public ChildJvm withTemporary(String other) {
        return new ChildJvm(workspace, directory, Path.of(other), megabytes, properties, isShort);
    }

    /**
     * Its command line.
     *
     * @param java the program
     * @param main class with the main method
     * @param arguments for the main method
     * @return the words
     */
    public List<String> command(String java, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xmx" + megabytes + "m",
                // Recursive operators go deep.
                "-Xss16m",
                "-XX:+UseParallelGC",
                "-Djava.io.tmpdir=" + temporary,
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        if (isShort) {
            // Code that the better compiler makes would pay only later.
            command.add("-XX:TieredStopAtLevel=1");
        }
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        return command;
    }

    private static String classPath() {
        return Stream.of(TLC.class, ChildJvm.class, ObjectMapper.class, JsonFactory.class, JsonInclude.class)
                .map(ChildJvm::location)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " was not loaded from a file", e);
        }
    }
}
