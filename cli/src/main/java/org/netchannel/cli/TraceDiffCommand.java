package org.netchannel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.netchannel.cli.trace.LineDiff;
import org.netchannel.traces.MalformedTraceException;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceReader;
import org.netchannel.traces.TraceWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel trace diff}: where two traces part. Holds a few lines at a time. */
@Command(
        name = "diff",
        description = {
            "Find the first line where two traces differ. What the lines say is compared; the order of fields",
            "and fields that no trace has are not. Status 0: equal, 1: they differ, 2: one can't be read."
        },
        footer = {
            "%nExamples:",
            "  netchannel trace diff a.ndjson b.ndjson                    everything is compared",
            "  netchannel trace diff --ignore nanos a.ndjson b.ndjson     but when it happened",
            "  netchannel trace diff --ignore implementation,seed,incarnation,connection a.ndjson b.ndjson"
        })
final class TraceDiffCommand implements Callable<Integer> {
    private static final int CONTEXT = 3;

    @Parameters(index = "0", paramLabel = "A", description = "A trace.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "Another trace.")
    private String second;

    @Option(names = "--ignore", paramLabel = "FIELD", split = ",",
            description = "Fields that may differ, wherever they stand; implementation is also what open answers.")
    private List<String> ignore = List.of();

    @Spec
    private CommandSpec spec;

    private final Deque<TraceLine> before = new ArrayDeque<>();
    private long equal;

    @Override
    public Integer call() throws IOException {
        Arguments arguments = new Arguments(spec);
        for (String field : ignore) {
            if (!LineDiff.FIELDS.contains(field)) {
                throw arguments.illegal("--ignore", field, String.join(", ", new TreeSet<>(LineDiff.FIELDS)));
            }
        }
        Path a = arguments.file("A", first, Long.MAX_VALUE);
        Path b = arguments.file("B", second, Long.MAX_VALUE);
        try (TraceReader readerA = TraceReader.open(a);
                TraceReader readerB = TraceReader.open(b)) {
            return compare(readerA, readerB) ? ExitStatus.HELD : ExitStatus.VIOLATION;
        } catch (MalformedTraceException e) {
            return Failures.ofFile(spec, e);
        }
    }

    private boolean compare(TraceReader a, TraceReader b) throws IOException {
        LineDiff diff = new LineDiff(Set.copyOf(ignore));
        List<String> fields = diff.of(TraceWriter.json(a.header()), TraceWriter.json(b.header()));
        if (!fields.isEmpty()) {
            begin("the headers differ");
            out().println("- " + new TraceText(a.header()).ofHeader());
            out().println("+ " + new TraceText(b.header()).ofHeader());
            print(fields);
            return false;
        }
        while (true) {
            Optional<TraceLine> lineA = a.next();
            Optional<TraceLine> lineB = b.next();
            if (lineA.isEmpty() && lineB.isEmpty()) {
                out().printf("equal: %,d lines%n", equal);
                return true;
            }
            fields = lineA.isPresent() && lineB.isPresent()
                    ? fields(diff, lineA.get(), lineB.get())
                    : List.of((lineA.isEmpty() ? "A" : "B") + " ends here");
            if (!fields.isEmpty()) {
                // The header is line 1.
                begin(String.format("line %,d differs, after %,d equal ones", equal + 2, equal));
                tell(lineA, a, lineB, b, fields);
                return false;
            }
            remember(lineA.get());
        }
    }

    private void tell(
            Optional<TraceLine> lineA, TraceReader a, Optional<TraceLine> lineB, TraceReader b, List<String> fields)
            throws IOException {
        TraceText textA = new TraceText(a.header());
        TraceText textB = new TraceText(b.header());
        before.forEach(line -> out().println("  " + textA.of(line)));
        lineA.ifPresent(line -> out().println("- " + textA.of(line)));
        lineB.ifPresent(line -> out().println("+ " + textB.of(line)));
        print(fields);
        after("- ", textA, a);
        after("+ ", textB, b);
    }

    private static List<String> fields(LineDiff diff, TraceLine a, TraceLine b) {
        return a.equals(b) ? List.of() : diff.of(TraceWriter.json(a), TraceWriter.json(b));
    }

    private void remember(TraceLine line) {
        equal++;
        before.addLast(line);
        if (before.size() > CONTEXT) {
            before.removeFirst();
        }
    }

    private void begin(String what) {
        out().println(what);
        out().println("- A is " + Failures.printable(first));
        out().println("+ B is " + Failures.printable(second));
    }

    private void print(List<String> fields) {
        fields.forEach(field -> out().println("    " + Failures.printable(field)));
    }

    /** What follows is only there to be read; that it is no trace is no reason to hide the difference. */
    private void after(String sign, TraceText text, TraceReader reader) throws IOException {
        try {
            for (int i = 0; i < CONTEXT; i++) {
                reader.next().ifPresent(line -> out().println(sign + text.of(line)));
            }
        } catch (MalformedTraceException e) {
            out().println(sign + "(no trace from here: " + Failures.oneLine(e.getMessage()) + ")");
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
