package org.netchannel.conformance.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceWriter;

/**
 * Judges traces by stock TLC in a process of its own: the authority, and slower than {@link SpecOracle} by the second
 * it takes to start. It shares with the oracle only the reading of the file. Several may run at the same time.
 */
public final class ForkedTlcChecker implements TraceChecker {
    private static final Pattern CLAUSE = Pattern.compile("NC-[A-Z]+-\\d+");

    private final Path modules;
    private final Duration timeout;
    private final Path temporary;

    /**
     * Makes a checker.
     *
     * @param modules the directory with the TLA+ modules
     * @param timeout when to give up on one run of TLC
     */
    public ForkedTlcChecker(Path modules, Duration timeout) {
        this(modules, timeout, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Keeps its files in a given directory, as long as it needs them. */
    ForkedTlcChecker(Path modules, Duration timeout, Path temporary) {
        this.modules = modules;
        this.timeout = timeout;
        this.temporary = temporary;
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException if TLC cannot be started, or its files cannot be written
     */
    @Override
    public Verdict check(TraceHeader header, Iterable<TraceLine> lines) {
        try {
            Path folder = Files.createTempDirectory(temporary, "trace-check");
            try {
                return check(folder, header, lines);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict.Incomplete(0, "interrupted");
        }
    }

    private Verdict check(Path folder, TraceHeader header, Iterable<TraceLine> lines)
            throws IOException, InterruptedException {
        copyModules(folder, 0);
        Path trace = folder.resolve("trace.ndjson");
        TraceCopy copy = TraceCopy.write(header, lines, trace);
        if (copy.events() == 0) {
            return copy.ending().orElse(new Verdict.Vacuous());
        }
        TlcProcess run = TlcProcess.run(folder, trace, copy.events(), timeout);
        long step = copy.stepOf(Math.min(run.explained() + 1, copy.events()));
        if (run.timedOut()) {
            return new Verdict.Incomplete(step - 1, run.failure());
        }
        if (!run.failure().isEmpty()) {
            return new Verdict.EvaluationError(step, run.failure());
        }
        if (run.explained() == copy.events()) {
            return copy.ending().orElse(new Verdict.Accepted(copy.lines(), Set.of()));
        }
        copyModules(folder, run.explained() + 1);
        List<String> expected = TlcProcess.run(folder, trace, copy.events(), timeout).expected();
        return rejected(step, copy.textOf(run.explained() + 1), expected);
    }

    private static Verdict rejected(long step, String line, List<String> expected) {
        List<String> text = new ArrayList<>();
        text.add("line: " + line);
        text.addAll(expected);
        Set<String> clauses = new TreeSet<>();
        expected.forEach(said -> CLAUSE.matcher(said).results().map(MatchResult::group).forEach(clauses::add));
        return new Verdict.Rejected(step, clauses, text);
    }

    /** Copies the modules, because TLC can only read files of its folder, and configures the model. */
    private void copyModules(Path folder, int explainAt) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(modules, "*.tla")) {
            for (Path file : files) {
                Path copy = folder.resolve(file.getFileName().toString());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        String config = Files.readString(modules.resolve("TraceNetChannel.cfg"));
        Files.writeString(folder.resolve("TraceCheck.cfg"), config(config, explainAt));
    }

    /** The constants of the trace specification, with this model's beginning, steps and events. */
    private static String config(String traceSpecification, int explainAt) {
        String constants = traceSpecification.replaceAll("(?m)^(INIT|NEXT) .*$", "");
        return "INIT CheckInit\nNEXT CheckNext\n" + constants
                + "\nCONSTANTS Event <- CurrentEvent\n          ExplainAt = " + explainAt + "\n";
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, IOException failure) throws IOException {
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
