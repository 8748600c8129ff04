package org.netchannel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.netchannel.cli.conform.ConformReport;
import org.netchannel.cli.conform.HtmlReport;
import org.netchannel.cli.conform.JsonReport;
import org.netchannel.cli.conform.JunitReport;
import org.netchannel.cli.conform.ReportFile;
import org.netchannel.cli.conform.TerminalReport;
import org.netchannel.cli.conform.Teller;
import org.netchannel.cli.verify.Clauses;
import org.netchannel.cli.verify.Workspace;
import org.netchannel.conformance.suite.Arrangement;
import org.netchannel.conformance.suite.Part;
import org.netchannel.conformance.suite.Plan;
import org.netchannel.conformance.suite.Result;
import org.netchannel.conformance.suite.Suite;
import org.netchannel.conformance.suite.Topic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel conform}: does an implementation, in whatever language, keep to the protocol? */
@Command(
        name = "conform",
        description = {
            "Put an implementation through checks of its lines, drills, walks and scenarios; say where each clause"
                    + " stands, and what is wrong."
        },
        footer = {
            "%nExamples:",
            "  netchannel conform exec:\"python3 endpoint.py\"            everything, a few minutes",
            "  netchannel conform exec:./endpoint --only drills         what each clause asks for, one by one",
            "  netchannel conform exec:./endpoint --only lines          what docs/endpoint.md asks of requests",
            "  netchannel conform exec:./endpoint --theme head-of-line  drills and scenarios about section 6",
            "  netchannel conform class:org.example.Stack --classpath target/classes",
            "  netchannel conform reference --html report.html --junit report.xml"
        })
final class ConformCommand implements Callable<Integer> {
    private static final long MAX_ANSWER_SECONDS = 3_600;
    private static final int MOST_FINDINGS = 100;
    private static final int MOST_WORKERS = 4;

    private enum Peer {
        SELF(Arrangement.SELF),
        REFERENCE(Arrangement.BEFORE_REFERENCE, Arrangement.BEHIND_REFERENCE),
        BOTH(Arrangement.SELF, Arrangement.BEFORE_REFERENCE, Arrangement.BEHIND_REFERENCE);

        private final List<Arrangement> arrangements;

        Peer(Arrangement... arrangements) {
            this.arrangements = List.of(arrangements);
        }
    }

    @Parameters(paramLabel = "IMPLEMENTATION", description = {
        "exec:\"COMMAND\" runs COMMAND in a shell and talks to it in the line protocol of docs/endpoint.md; class:NAME"
                + " is an org.netchannel.traces.Endpoint; or optimized, or reference."
    })
    private String implementation;

    @Option(names = "--classpath", paramLabel = "PATH", description = "Where class:NAME is looked for.")
    private String classPath;

    @Option(names = "--peer", paramLabel = "PEER", defaultValue = "BOTH",
            description = "The other host of walks and scenarios: SELF, REFERENCE, or BOTH in turn (the default).")
    private Peer peer;

    @Mixin
    private ScenarioOptions scenarios;

    @Option(names = "--only", paramLabel = "PART", split = ",",
            description = "Leave the other parts out; PART is one of ${COMPLETION-CANDIDATES}.")
    private List<Part> only;

    @Option(names = "--theme", paramLabel = "THEME", split = ",", converter = TopicConverter.class, description = {
        "Drills and scenarios about this alone, nothing else: handshake, data, head-of-line, close, failure,"
                + " scheduling, hostile."
    })
    private List<Topic> themes;

    @Option(names = "--findings", paramLabel = "N", defaultValue = "3",
            description = "Tell so many findings in full, and then look for no more; 1 to 100; 3 when not given.")
    private String findings;

    @Option(names = "--answer-timeout", paramLabel = "SECONDS", defaultValue = "10",
            description = "So long for each answer, 1 to 3600; 10 when not given. A run has twelve times as long.")
    private String answerTimeout;

    @Option(names = "--json", description = "Report as JSON.")
    private boolean json;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the report as JUnit XML, too.")
    private String junit;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the report as an HTML page, too.")
    private String html;

    @Option(names = "--keep", paramLabel = "DIR", description = "Put the traces of findings there.")
    private String keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Home home = Home.of(spec);
        Arguments arguments = new Arguments(spec);
        int most = (int) arguments.number("--findings", findings, 1, MOST_FINDINGS);
        Plan plan = plan(arguments, most);
        if (plan.parts().equals(EnumSet.of(Part.LINES)) && !TestedImplementation.isProcess(implementation)) {
            throw arguments.illegal("--only", "lines", "another part: only exec:\"COMMAND\" has lines");
        }
        Duration limit = Duration.ofSeconds(
                arguments.number("--answer-timeout", answerTimeout, 1, MAX_ANSWER_SECONDS));
        Optional<Path> page = Optional.ofNullable(html).map(file -> arguments.output("--html", file));
        Optional<Path> xml = Optional.ofNullable(junit).map(file -> arguments.output("--junit", file));
        Optional<Path> kept = Optional.ofNullable(keep).map(directory -> arguments.directory("--keep", directory));
        Clauses clauses = Clauses.read(home.protocol());
        String now = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now());
        try (TestedImplementation tested = TestedImplementation.of(
                        implementation, Optional.ofNullable(classPath), limit, plan.workers(), arguments);
                Workspace workspace = new Workspace(kept, home.state().resolve("conform-" + now))) {
            PrintWriter out = spec.commandLine().getOut();
            if (!json) {
                out.println("seed " + plan.seed());
            }
            long startNs = System.nanoTime();
            Progress progress = Progress.onStandardError(spec);
            Result result = new Suite(tested.subject(), plan, home.modules()).run(progress::show);
            Teller teller = new Teller(home.modules(), workspace, command());
            List<ConformReport.Told> told =
                    teller.tell(result.findings().stream().limit(most).toList(), progress::show);
            progress.clear();
            ConformReport report = new ConformReport(implementation, plan.seed(),
                    Duration.ofNanos(System.nanoTime() - startNs), result, clauses, told);
            write(report, page, xml, out);
            return report.held() ? ExitStatus.HELD : ExitStatus.VIOLATION;
        }
    }

    private Plan plan(Arguments arguments, int most) {
        Set<Part> parts = only == null ? EnumSet.allOf(Part.class) : EnumSet.copyOf(only);
        if (themes != null && only == null) {
            parts.removeAll(EnumSet.of(Part.LINES, Part.WALKS));
        }
        Set<Topic> topics = themes == null ? EnumSet.allOf(Topic.class) : EnumSet.copyOf(themes);
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);
        return new Plan(
                parts, topics, peer.arrangements, scenarios.seed(arguments), scenarios.runs(arguments),
                scenarios.time(arguments), most, workers);
    }

    /** What was typed, for those who want to see a finding again. */
    private String command() {
        StringBuilder command = new StringBuilder("./netchannel conform ").append(quoted(implementation));
        if (classPath != null) {
            command.append(" --classpath ").append(quoted(classPath));
        }
        if (peer != Peer.BOTH) {
            command.append(" --peer ").append(peer.name().toLowerCase(Locale.ROOT));
        }
        if (themes != null) {
            command.append(" --theme ").append(themes.stream()
                    .map(topic -> topic.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(",")));
        }
        return command.toString();
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9:./_-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private void write(ConformReport report, Optional<Path> page, Optional<Path> xml, PrintWriter out)
            throws IOException {
        if (page.isPresent()) {
            ReportFile.write(page.get(), HtmlReport.of(report));
        }
        if (xml.isPresent()) {
            ReportFile.write(xml.get(), JunitReport.of(report));
        }
        if (json) {
            out.println(JsonReport.of(report));
        } else {
            TerminalReport.print(report, out);
            page.ifPresent(file -> out.println("page       " + file));
            xml.ifPresent(file -> out.println("JUnit XML  " + file));
        }
    }
}
