package org.netchannel.conformance.exec;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.netchannel.reference.ReferenceEndpoint;

/** The reference as a process of its own. */
final class ServedReference {
    /** What starts it, for the shell. */
    static final String COMMAND = command(ServedReference.class);

    private ServedReference() {}

    /** What starts a class of the tests, for the shell. */
    static String command(Class<?> main) {
        return String.join(" ",
                quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-cp", quoted(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                main.getName());
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Answers until the end of input. */
    public static void main(String[] args) throws IOException {
        new EndpointServer(new ReferenceEndpoint()).serve(System.in, new FileOutputStream(FileDescriptor.out));
    }
}
