package org.netchannel.cli;

import java.time.Duration;
import java.util.function.Supplier;
import org.netchannel.conformance.exec.ExecImplementation;
import org.netchannel.conformance.suite.Subject;
import org.netchannel.conformance.transfer.Implementations;
import org.netchannel.traces.Endpoint;

/** The implementation that a user has named, and what has to be let go of afterwards. */
record TestedImplementation(Subject subject, Runnable end) implements AutoCloseable {
    private static final String EXEC = "exec:";
    /** Endpoints in this JVM can't be stopped, so a drill is given up after this time. */
    private static final Duration DRILL_LIMIT = Duration.ofSeconds(10);
    /** Every answer of a process has its own limit. */
    private static final Duration EXEC_DRILL_LIMIT = Duration.ofDays(1);

    static TestedImplementation of(String name, Duration answerLimit, int workers, Arguments arguments) {
        if (name.startsWith(EXEC) && name.length() > EXEC.length()) {
            ExecImplementation processes =
                    new ExecImplementation(name.substring(EXEC.length()), answerLimit, workers);
            return new TestedImplementation(new Subject(name, processes, EXEC_DRILL_LIMIT), processes::close);
        }
        Supplier<Endpoint> maker = Implementations.maker(name).orElseThrow(() -> arguments.illegal(
                "IMPLEMENTATION", name, "exec:\"COMMAND\", " + String.join(" or ", Implementations.names())));
        return new TestedImplementation(new Subject(name, maker, DRILL_LIMIT), () -> {});
    }

    @Override
    public void close() {
        end.run();
    }
}
