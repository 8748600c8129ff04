package org.netchannel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.netchannel.bench.hosts.HostClient;
import org.netchannel.bench.hosts.HostTransport;
import org.netchannel.bench.hosts.Order;
import org.netchannel.bench.speed.Answer;
import org.netchannel.bench.speed.AnswerText;
import org.netchannel.bench.speed.AnswerTree;
import org.netchannel.bench.speed.HostQuestions;
import org.netchannel.bench.speed.Interview;
import org.netchannel.bench.speed.Question;
import org.netchannel.bench.speed.Questions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel bench}: how fast the optimized stack is beside what it replaces. */
@Command(
        name = "bench",
        description = {
            "Measure the optimized stack beside what it replaces, and hold the ratios against what is promised.",
            "All that is compared is measured in turns, so that what else the machine does meets everything alike.",
            "Shown are medians over the rounds, and quartiles in brackets."
        },
        footer = {
            "%nExamples:",
            "  netchannel bench --list            the questions",
            "  netchannel bench                   all of them, some ten minutes",
            "  netchannel bench tcp --rounds 15   one of them, for longer",
            "  netchannel bench --json            for programs",
            "  netchannel bench --peer 10.0.0.2:7374   with a host where netchannel bench-host listens",
            "  netchannel bench --peer 10.0.0.2:7374 --device 0000:03:00.0 --address 10.0.1.1/24 --hugepages 1024"
        })
final class BenchCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int MOST_ROUNDS = 1_000;
    private static final int LONGEST_MS = 60_000;
    static final String DEFAULT_ROUNDS = "7";
    static final String DEFAULT_MS = "1000";

    @Parameters(arity = "0..*", paramLabel = "QUESTION", description = "What to ask. Default: everything.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Show the questions, and ask none.")
    private boolean list;

    @Option(names = "--peer", paramLabel = "ADDRESS",
            description = "Ask about this host and another one: HOST:PORT, or a PORT of the loopback interface, where "
                    + "netchannel bench-host listens.")
    private String peer;

    @Mixin
    private DeviceOptions devices;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = DEFAULT_ROUNDS,
            description = "How often each is measured, after once that takes five times as long and does not count. "
                    + "Default: " + DEFAULT_ROUNDS + ".")
    private String rounds;

    @Option(names = "--milliseconds", paramLabel = "MS", defaultValue = DEFAULT_MS,
            description = "How long each measurement takes. Default: " + DEFAULT_MS + ".")
    private String milliseconds;

    @Option(names = "--json", description = "Answers as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Arguments arguments = new Arguments(spec);
        checkCounts(arguments, rounds, milliseconds);
        int count = Integer.parseInt(rounds);
        Duration time = Duration.ofMillis(Long.parseLong(milliseconds));
        List<Question> questions = chosen(arguments);
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            questions.forEach(question -> out.printf("%-16s %s%n", question.name(), question.text()));
            return ExitStatus.HELD;
        }
        List<Answer> answers = ask(questions, count, time);
        if (json) {
            out.println(JSON.writeValueAsString(answers.stream().map(AnswerTree::of).toList()));
        }
        return answers.stream().allMatch(Answer::isMet) ? ExitStatus.HELD : ExitStatus.VIOLATION;
    }

    static void checkCounts(Arguments arguments, String rounds, String milliseconds) {
        arguments.number("--rounds", rounds, 1, MOST_ROUNDS);
        arguments.number("--milliseconds", milliseconds, 1, LONGEST_MS);
    }

    private List<Question> chosen(Arguments arguments) throws IOException {
        List<Question> all = peer == null ? ofThisHost(arguments) : ofTwoHosts(arguments);
        for (String name : names) {
            if (all.stream().noneMatch(question -> question.name().equals(name))) {
                throw arguments.illegal("QUESTION", name,
                        all.stream().map(Question::name).collect(Collectors.joining(", ")));
            }
        }
        return all.stream().filter(question -> names.isEmpty() || names.contains(question.name())).toList();
    }

    private List<Question> ofThisHost(Arguments arguments) {
        devices.requireNone(arguments, "--peer");
        return Questions.all();
    }

    private List<Question> ofTwoHosts(Arguments arguments) throws IOException {
        InetSocketAddress address = arguments.address("--peer", peer, 1);
        HostClient client = new HostClient(address, devices.forMeasurements(arguments));
        try {
            client.open(new Order(Order.Task.ECHO, HostTransport.NIO, 1), HostTransport.NIO).close();
        } catch (IOException e) {
            throw arguments.illegal("--peer", peer + " (" + e.getMessage() + ")",
                    "where netchannel bench-host listens");
        }
        return HostQuestions.all(client);
    }

    private List<Answer> ask(List<Question> questions, int count, Duration time) throws IOException {
        Progress progress = Progress.onStandardError(spec);
        Interview interview = new Interview(count, time, progress::show);
        List<Answer> answers = new ArrayList<>();
        for (Question question : questions) {
            Answer answer = interview.ask(question);
            answers.add(answer);
            progress.clear();
            if (!json) {
                spec.commandLine().getOut().println(AnswerText.of(AnswerTree.of(answer)));
            }
        }
        progress.clear();
        return answers;
    }
}
