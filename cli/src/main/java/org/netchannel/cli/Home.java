package org.netchannel.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The folder of the sources, as the launcher names it: the specification and the protocol's text are read from there.
 *
 * @param folder the folder of the topmost pom.xml
 */
public record Home(Path folder) {
    /** The system property by which the launcher names the folder. */
    public static final String PROPERTY = "netchannel.home";

    /**
     * Finds the folder.
     *
     * @param spec the command that needs it
     * @return the folder
     */
    static Home of(CommandSpec spec) {
        Path folder = Path.of(System.getProperty(PROPERTY, ""));
        if (!Files.isRegularFile(folder.resolve("pom.xml")) || !Files.isDirectory(folder.resolve("specs"))) {
            throw new ParameterException(
                    spec.commandLine(), "the sources are not there; run the launcher ./netchannel in the repository");
        }
        return new Home(folder);
    }

    /**
     * Where the TLA+ modules are.
     *
     * @return a directory
     */
    public Path modules() {
        return folder.resolve("specs/tla");
    }

    /**
     * The normative text.
     *
     * @return a file
     */
    public Path protocol() {
        return folder.resolve("docs/protocol.md");
    }

    /**
     * Where the command keeps what it makes.
     *
     * @return a directory, perhaps not there yet
     */
    public Path state() {
        return folder.resolve("target/netchannel");
    }
}
