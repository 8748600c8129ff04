package org.netchannel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.netchannel.cli.copy.Copied;
import org.netchannel.cli.copy.FileCopier;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.driver.Capture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel copy}: sends files to {@code netchannel serve}. */
@Command(
        name = "copy",
        description = {
            "Send files to a machine where netchannel serve runs.",
            "What breaks off goes on where it was when it is copied again; what arrived is compared by SHA-256."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every file is there",
            "1:some file is not: refused, or broken off",
            "2:the command was typed wrong, or names a file that can't be used",
            "70:a mistake in this program or a failure of this machine"
        },
        footer = {
            "%nExamples:",
            "  netchannel copy big.iso localhost:",
            "  netchannel copy *.log backup.example.net:7373",
            "  netchannel copy big.iso localhost: --capture run.pcapng",
            "  netchannel copy big.iso 10.0.0.1: --device net_af_packet0,iface=veth0 --address 10.0.0.2/24",
            "  netchannel copy big.iso [fd00::1]: --device net_af_packet0,iface=veth0 --address 10.0.0.2/24",
            "      --address fd00::2/64                          over IPv6"
        })
final class CopyCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Parameters(arity = "2..*", paramLabel = "FILE... HOST:[PORT]",
            description = "The files, and last where they go. Default port: " + ServeCommand.DEFAULT_PORT + ".")
    private List<String> arguments;

    @Option(names = "--channels", paramLabel = "N", defaultValue = "4",
            description = "How many data channels the link has. Default: 4.")
    private String channels;

    @Mixin
    private DeviceOptions devices;

    @Mixin
    private CaptureOption capturing;

    @Option(names = "--json", description = "Print what became of the files as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Arguments typed = new Arguments(spec);
        int count = (int) typed.number("--channels", channels, 1, TcpLink.MOST_CHANNELS);
        List<Path> files = new ArrayList<>();
        for (String file : arguments.subList(0, arguments.size() - 1)) {
            files.add(typed.file("FILE", file, Long.MAX_VALUE));
        }
        List<Copied> all = new ArrayList<>();
        try (Capture capture = capturing.open(typed);
                Transport transport = devices.open(typed);
                FileCopier copier = new FileCopier(
                        transport, server(typed, transport), count, CaptureOption.decorator(capture))) {
            for (Path file : files) {
                all.add(copy(copier, file));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JSON.writeValueAsString(Map.of("files", all)));
        }
        return all.stream().allMatch(one -> one.problem().isEmpty()) ? ExitStatus.HELD : ExitStatus.VIOLATION;
    }

    private InetSocketAddress server(Arguments typed, Transport transport) {
        String host = arguments.getLast();
        return typed.peer("HOST", host.endsWith(":") ? host + ServeCommand.DEFAULT_PORT : host, transport);
    }

    private Copied copy(FileCopier copier, Path file) {
        Progress progress = Progress.onStandardError(spec);
        String name = file.getFileName().toString();
        long size = file.toFile().length();
        long startedNs = System.nanoTime();
        Copied copied;
        try {
            copied = copier.copy(file, done -> progress.show(bar(name, done, size, startedNs)));
        } catch (IOException e) {
            copied = new Copied(name, size, 0, "", "broken off: " + e.getMessage());
        }
        progress.clear();
        if (!json) {
            double seconds = (System.nanoTime() - startedNs) / 1e9;
            spec.commandLine().getOut().println(Failures.oneLine(line(copied, seconds)));
            spec.commandLine().getOut().flush();
        }
        return copied;
    }

    private static String bar(String name, long done, long size, long startedNs) {
        double seconds = Math.max(1e-9, (System.nanoTime() - startedNs) / 1e9);
        int tenths = (int) (20 * done / Math.max(1, size));
        return String.format("%s [%s%s] %d %%, %.1f MB/s", name, "#".repeat(tenths), ".".repeat(20 - tenths),
                100 * done / Math.max(1, size), done / seconds / 1e6);
    }

    private static String line(Copied copied, double seconds) {
        if (!copied.problem().isEmpty()) {
            return copied.name() + ": not copied: " + copied.problem();
        }
        String before = copied.from() == 0 ? "" : String.format(", %,d of them there before", copied.from());
        return String.format("%s: %,d bytes%s in %.1f s, SHA-256 %s",
                copied.name(), copied.bytes(), before, seconds, copied.sha256());
    }
}
