package org.netchannel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.netchannel.bench.speed.AnswerText;
import org.netchannel.cli.conform.ReportFile;
import org.netchannel.cli.testbed.HostsFile;
import org.netchannel.cli.testbed.Namespaces;
import org.netchannel.cli.testbed.PassingNamespaces;
import org.netchannel.cli.testbed.TestbedHost;
import org.netchannel.cli.testbed.TestbedRun;
import org.netchannel.optimized.dpdk.Dpdk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel testbed run}. */
@Command(
        name = "run",
        description = {
            "Run netchannel bench between two hosts, and collect what it measures.",
            "Without --hosts they are the namespaces of netchannel testbed up; where those are not up, they are made "
                    + "for this run, which needs root and iproute2."
        },
        footer = {
            "%nExamples:",
            "  sudo netchannel testbed run",
            "  sudo netchannel testbed run stream --dpdk",
            "  sudo netchannel testbed run ping-pong --rounds 15 --results today.json",
            "  netchannel testbed run --hosts lab.properties",
            "%nA file of hosts names two machines that ssh reaches without a password, with this repository:",
            "  measure.ssh = user@alpha",
            "  measure.address = 10.0.0.1",
            "  measure.directory = /opt/netchannel",
            "  serve.ssh = user@beta",
            "  serve.address = 10.0.0.2",
            "  serve.directory = /opt/netchannel",
            "Either may have a device of DPDK to measure (netchannel bench-host --help):",
            "  measure.device = 0000:03:00.0",
            "  measure.device-address = 10.0.1.1/24 fd00::1/64",
            "  measure.device-hugepages = 1024"
        })
final class TestbedRunCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int LONGEST_FILE = 1 << 16;

    @Parameters(arity = "0..*", paramLabel = "QUESTION",
            description = "What to ask: stream, messages, ping-pong. Default: everything.")
    private List<String> questions = List.of();

    @Option(names = "--hosts", paramLabel = "FILE", description = "Two machines, see below.")
    private String hostsFile;

    @Option(names = "--ssh", paramLabel = "COMMAND", defaultValue = "ssh",
            description = "With --hosts: what to call with a host and a command line instead of ssh.")
    private String ssh;

    @Option(names = "--mtu", paramLabel = "BYTES", defaultValue = TestbedUpCommand.DEFAULT_MTU,
            description = "The largest IP packet of a link that is made for this run. Default: "
                    + TestbedUpCommand.DEFAULT_MTU + ".")
    private String mtu;

    @Option(names = "--dpdk",
            description = "Without --hosts: measure the stack on net_af_packet, too, against itself and against the "
                    + "kernel, and what dpdk-testpmd reaches on the same link. Needs ethtool.")
    private boolean dpdk;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = BenchCommand.DEFAULT_ROUNDS,
            description = "See netchannel bench.")
    private String rounds;

    @Option(names = "--milliseconds", paramLabel = "MS", defaultValue = BenchCommand.DEFAULT_MS,
            description = "See netchannel bench.")
    private String milliseconds;

    @Option(names = "--json", description = "Results as JSON.")
    private boolean json;

    @Option(names = "--results", paramLabel = "FILE", description = "Write the results there, too, as JSON.")
    private String results;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Arguments arguments = new Arguments(spec);
        BenchCommand.checkCounts(arguments, rounds, milliseconds);
        int bytes = TestbedUpCommand.checkMtu(arguments, mtu);
        Path target = results == null ? null : arguments.output("--results", results);
        if (dpdk) {
            checkDpdk(arguments);
        }
        if (hostsFile != null) {
            return tell(run(machines(arguments)), target);
        }
        Namespaces namespaces = new Namespaces("ip");
        boolean stay = !TestbedUpCommand.there(spec, namespaces).isEmpty();
        try (PassingNamespaces passing = new PassingNamespaces(namespaces, this::complain)) {
            if (!stay) {
                TestbedUpCommand.up(spec, () -> passing.up(bytes));
            }
            return tell(run(dpdk ? passing.hostsWithDevices() : namespaces.hosts()), target);
        }
    }

    private void checkDpdk(Arguments arguments) {
        if (hostsFile != null) {
            throw arguments.illegal("--dpdk", "true", "nothing with --hosts, where the file names devices");
        }
        if (Dpdk.missing().isPresent()) {
            throw new ParameterException(spec.commandLine(), Dpdk.missing().get());
        }
    }

    private void complain(String why) {
        spec.commandLine().getErr().println("netchannel testbed: " + why);
    }

    private List<TestbedHost> machines(Arguments arguments) {
        Path file = arguments.file("--hosts", hostsFile, LONGEST_FILE);
        try {
            return HostsFile.read(file, ssh);
        } catch (IOException e) {
            throw arguments.illegal("--hosts", hostsFile, "a file that names two machines (" + e.getMessage() + ")");
        }
    }

    private Map<String, Object> run(List<TestbedHost> hosts) throws IOException {
        List<String> measuring = new ArrayList<>(List.of("bench", "--json"));
        measuring.addAll(questions);
        measuring.addAll(List.of("--rounds", rounds, "--milliseconds", milliseconds, "--peer"));
        try (TestbedRun run = new TestbedRun(hosts)) {
            return run.run(List.of(BenchHostCommand.NAME, "--listen"), BenchHostCommand.LISTENING, measuring);
        }
    }

    @SuppressWarnings("unchecked") // what TestbedRun gives
    private int tell(Map<String, Object> found, Path target) throws IOException {
        String text = JSON.writeValueAsString(found);
        if (target != null) {
            ReportFile.write(target, text);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(text);
        } else {
            ((List<Map<String, Object>>) found.get("answers")).forEach(answer -> out.println(AnswerText.of(answer)));
        }
        return ExitStatus.HELD;
    }
}
