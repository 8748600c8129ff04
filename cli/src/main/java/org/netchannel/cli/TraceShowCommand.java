package org.netchannel.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.netchannel.cli.trace.LineFilter;
import org.netchannel.conformance.report.SequenceDiagram;
import org.netchannel.traces.MalformedTraceException;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel trace show}: a trace for a person. Holds one line at a time. */
@Command(
        name = "show",
        description = {
            "Show a trace: a line for each call, with its step, host, time in seconds, arguments and result.",
            "[1] is channel 1, s1 socket 1, #8f0c a connection whose id begins so, 5+10 ten bytes from offset 5."
        },
        footer = {
            "%nExamples:",
            "  netchannel trace show run.ndjson                       all of it",
            "  netchannel trace show --from 100 --to 120 run.ndjson   the steps 100 to 120",
            "  netchannel trace show --connection 8f0c run.ndjson     what concerns one connection",
            "  netchannel trace show --diagram run.ndjson             both hosts with the channels between them"
        })
final class TraceShowCommand implements Callable<Integer> {
    /** Who reads may have seen enough; asked now and then. */
    private static final int LINES_BETWEEN_LOOKS = 1_000;

    private static final String ID = "[0-9a-f]{1,16}";

    @Parameters(index = "0", paramLabel = "FILE", description = "The trace.")
    private String file;

    @Option(names = "--from", paramLabel = "STEP", defaultValue = "1", description = "The first step to show.")
    private String from;

    @Option(names = "--to", paramLabel = "STEP", description = "The last step to show.")
    private String to;

    @Option(names = "--host", paramLabel = "NAME", description = "Show this host's calls only.")
    private String host;

    @Option(names = "--connection", paramLabel = "ID",
            description = "Show calls and packets of connections only whose id begins with these digits.")
    private String connection;

    @Option(names = "--diagram", description = "Show a diagram of two hosts and the channels between them.")
    private boolean diagram;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Arguments arguments = new Arguments(spec);
        long first = arguments.number("--from", from, 1, Long.MAX_VALUE);
        long last = to == null ? Long.MAX_VALUE : arguments.number("--to", to, first, Long.MAX_VALUE);
        if (connection != null && !connection.matches(ID)) {
            throw arguments.illegal("--connection", connection, "1 to 16 lower-case hexadecimal digits");
        }
        Path trace = arguments.file("FILE", file, Long.MAX_VALUE);
        PrintWriter out = new PrintWriter(new BufferedWriter(spec.commandLine().getOut()));
        try (TraceReader reader = TraceReader.open(trace)) {
            check(reader.header());
            LineFilter filter =
                    new LineFilter(first, last, Optional.ofNullable(host), Optional.ofNullable(connection));
            show(reader, filter, out);
        } catch (MalformedTraceException e) {
            out.flush();
            return Failures.ofFile(spec, e);
        }
        out.flush();
        return ExitStatus.HELD;
    }

    private void check(TraceHeader header) {
        if (host != null && !header.hosts().contains(host)) {
            throw new Arguments(spec).illegal("--host", host, "one of " + TraceText.names(header));
        }
        if (diagram && header.hosts().size() > 2) {
            throw new Arguments(spec).illegal("--diagram", file, "a trace of one or two hosts");
        }
    }

    private void show(TraceReader reader, LineFilter filter, PrintWriter out) throws IOException {
        TraceText text = new TraceText(reader.header());
        out.println(diagram ? SequenceDiagram.heading(text.name(0), text.name(1)) : text.ofHeader());
        long read = 0;
        long shown = 0;
        for (Optional<TraceLine> next = reader.next(); next.isPresent(); next = reader.next()) {
            Optional<TraceLine> wanted = filter.of(next.get());
            if (wanted.isPresent()) {
                shown++;
                rows(text, wanted.get()).forEach(out::println);
            }
            if (++read % LINES_BETWEEN_LOOKS == 0 && nobodyReads(out)) {
                return;
            }
        }
        if (shown == 0) {
            out.println(read == 0 ? "no line after the header" : "none of its lines is asked for");
        }
    }

    private List<String> rows(TraceText text, TraceLine line) {
        if (!diagram) {
            return List.of(text.of(line));
        }
        boolean onTheLeft = text.isFirst(line.host());
        return SequenceDiagram.rows(line, onTheLeft).stream().map(Failures::printable).toList();
    }

    private boolean nobodyReads(PrintWriter out) {
        out.flush();
        return spec.commandLine().getOut().checkError();
    }
}
