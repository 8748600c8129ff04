package org.netchannel.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.netchannel.conformance.Overseer;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.exec.ExecImplementation;
import org.netchannel.conformance.suite.Subject;
import org.netchannel.conformance.transfer.Implementations;
import org.netchannel.traces.Endpoint;
import picocli.CommandLine.ParameterException;

/**
 * The implementation that a user has named, and what has to be let go of afterwards.
 *
 * @param subject what makes its endpoints
 * @param end lets go
 */
record TestedImplementation(Subject subject, Runnable end) implements AutoCloseable {
    private static final String EXEC = "exec:";
    private static final String CLASS = "class:";

    /** Whether a name stands for a command. */
    static boolean isProcess(String name) {
        return name.startsWith(EXEC);
    }

    /** Finds what a name stands for; a name that stands for nothing is named with what is legal. */
    static TestedImplementation of(
            String name, Optional<String> classPath, Duration answerLimit, int workers, Arguments arguments)
            throws InterruptedException {
        if (isProcess(name) && !name.substring(EXEC.length()).isBlank()) {
            ExecImplementation processes =
                    new ExecImplementation(name.substring(EXEC.length()), answerLimit, workers);
            String problem = processes.problem();
            if (!problem.isEmpty()) {
                throw illegal(name, " (" + problem + ")", arguments);
            }
            return new TestedImplementation(new Subject(name, processes, Patience.ofWatched(answerLimit)),
                    processes::close);
        }
        if (name.startsWith(CLASS)) {
            return ofClass(name, classPath, Patience.ofCall(answerLimit), arguments);
        }
        Supplier<Endpoint> maker = Implementations.maker(name).orElseThrow(() -> illegal(name, "", arguments));
        return new TestedImplementation(new Subject(name, maker, Patience.ofCall(answerLimit)), () -> { });
    }

    private static ParameterException illegal(String name, String why, Arguments arguments) {
        return arguments.illegal("IMPLEMENTATION", name + why,
                "exec:\"COMMAND\", class:NAME, " + String.join(" or ", Implementations.names()));
    }

    private static TestedImplementation ofClass(
            String name, Optional<String> classPath, Patience patience, Arguments arguments) {
        URLClassLoader loader = new URLClassLoader(urls(classPath, arguments), Endpoint.class.getClassLoader());
        try {
            Class<?> found = Class.forName(name.substring(CLASS.length()), true, loader);
            if (!Endpoint.class.isAssignableFrom(found)) {
                throw illegal(name, " (no " + Endpoint.class.getName() + ")", arguments);
            }
            Constructor<?> constructor = found.getConstructor();
            Overseer overseer = new Overseer(patience);
            overseer.run("new", () -> overseer.make(() -> made(constructor)));
            return new TestedImplementation(
                    new Subject(name, () -> made(constructor), patience), () -> close(loader));
        } catch (ClassNotFoundException e) {
            throw illegal(name, " (not on the class path)", arguments);
        } catch (NoSuchMethodException e) {
            throw illegal(name, " (it has no public constructor without arguments)", arguments);
        } catch (ViolationFound e) {
            throw illegal(name, " (" + e.violation().details().getFirst() + ")", arguments);
        } catch (LinkageError | IllegalStateException e) {
            throw illegal(name, " (" + e + ")", arguments);
        }
    }

    private static Endpoint made(Constructor<?> constructor) {
        try {
            return (Endpoint) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    constructor + " ended in " + Optional.ofNullable(e.getCause()).orElse(e), e);
        }
    }

    private static URL[] urls(Optional<String> classPath, Arguments arguments) {
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath.map(path -> path.split(File.pathSeparator)).orElse(new String[0])) {
            Path path = Path.of(entry);
            if (!Files.exists(path)) {
                throw arguments.illegal("--classpath", entry, "folders and jars that are there");
            }
            try {
                urls.add(path.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new UncheckedIOException(e);
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static void close(URLClassLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end.run();
    }
}
