package org.netchannel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.netchannel.cli.trace.ImportReport;
import org.netchannel.conformance.capture.CaptureException;
import org.netchannel.conformance.capture.CaptureImport;
import org.netchannel.conformance.capture.CaptureReport;
import org.netchannel.conformance.capture.Format;
import org.netchannel.traces.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netchannel trace import}: captured channels as traces. */
@Command(
        name = "import",
        description = {
            "Read captured NetChannel channels (TCP) into traces, one for each pair of hosts, that can be checked.",
            "A capture has the packets and not the applications' calls: the least that explains the packets is put",
            "in. So a trace that is rejected shows packets that no application's behaviour explains; one that is",
            "accepted does not show that bytes were right, that nothing is missing, or that timers were kept.",
            "Traffic of the public kernel prototype is looked through for the races in its design.",
            "Needs tshark. Status 0: there are traces, or no race; 1: races of the prototype; 2: nothing to import."
        },
        footer = {
            "%nExamples:",
            "  netchannel trace import --pcap run.pcapng                       writes run.pcapng.ndjson",
            "  netchannel trace import --pcap run.pcap --trace run.ndjson && netchannel trace check run.ndjson",
            "  netchannel trace import --pcap run.pcap --set receiveBuffer=65536,B.holTimerNanos=500000",
            "  netchannel trace import --pcap prototype.pcap --format prototype"
        })
final class TraceImportCommand implements Callable<Integer> {
    private enum Wanted { AUTO, NETCHANNEL, PROTOTYPE }

    @Option(names = "--pcap", paramLabel = "FILE", required = true, description = "The capture, pcap or pcapng.")
    private String pcap;

    @Option(names = "--trace", paramLabel = "FILE",
            description = "Where the trace goes: FILE.ndjson of the capture when not given. With several pairs of "
                    + "hosts a number goes before the ending.")
    private String trace;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "AUTO",
            description = "What to look for: one of ${COMPLETION-CANDIDATES}; AUTO is both, when not given.")
    private Wanted format;

    @Option(names = "--set", paramLabel = "SETTING=VALUE", split = ",",
            description = "A setting that is not on the wire, where it is not the default: receiveBuffer, "
                    + "channelBudget, queueThreshold, holTimerNanos, ackDelayNanos, connectTimeoutNanos, "
                    + "socketLimit. Of both hosts, or with A. or B. before it of one.")
    private Map<String, String> settings = Map.of();

    @Option(names = "--tshark", paramLabel = "PROGRAM", defaultValue = "tshark", hidden = true)
    private String program;

    @Option(names = "--json", description = "Report as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments arguments = new Arguments(spec);
        Path capture = arguments.file("--pcap", pcap, Long.MAX_VALUE);
        Path to = arguments.output("--trace", trace == null ? pcap + ".ndjson" : trace);
        List<Config> configs = List.of(config(arguments, "A."), config(arguments, "B."));
        Progress progress = Progress.onStandardError(spec);
        PrintWriter out = spec.commandLine().getOut();
        try {
            CaptureReport report = CaptureImport.run(
                    new CaptureImport.Order(capture, to, formats(), configs, program), progress::show);
            progress.clear();
            ImportReport text = new ImportReport(report);
            if (json) {
                text.printJson(out);
            } else if (text.isEmpty()) {
                return failed(arguments, text.whyEmpty());
            } else {
                text.print(out);
            }
            return text.status();
        } catch (CaptureException e) {
            progress.clear();
            return failed(arguments, e.getMessage());
        }
    }

    private int failed(Arguments arguments, String why) {
        return Failures.usage(arguments.illegal(
                "--pcap", pcap + " (" + why + ")", "a pcap or pcapng file with channels from their first packet on"));
    }

    private Set<Format> formats() {
        return switch (format) {
            case AUTO -> Set.of(Format.NETCHANNEL, Format.PROTOTYPE);
            case NETCHANNEL -> Set.of(Format.NETCHANNEL);
            case PROTOTYPE -> Set.of(Format.PROTOTYPE);
        };
    }

    private Config config(Arguments arguments, String host) {
        Map<String, Long> given = new HashMap<>();
        settings.forEach((key, value) -> {
            long number = arguments.number("--set " + key, value, 1, Long.MAX_VALUE);
            if (key.startsWith(host)) {
                given.put(key.substring(host.length()), number);
            } else if (!key.matches("[AB]\\..*")) {
                given.putIfAbsent(key, number);
            }
        });
        Config config = new Config(given);
        if (!config.problem().isEmpty()) {
            throw arguments.illegal("--set", settings.toString(), config.problem());
        }
        return config;
    }
}
