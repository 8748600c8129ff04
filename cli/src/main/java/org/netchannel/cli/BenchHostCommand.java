package org.netchannel.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.netchannel.bench.hosts.HostDevice;
import org.netchannel.bench.hosts.HostServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netchannel bench-host}: the other host of {@code netchannel bench --peer}. */
@Command(
        name = BenchHostCommand.NAME,
        description = {
            "Be the other host of netchannel bench --peer, until standard input ends.",
            "Everybody who reaches the address may measure, one at a time."
        },
        footer = {
            "%nExamples:",
            "  netchannel bench-host                         for this machine alone",
            "  netchannel bench-host --listen 10.0.0.2:7374",
            "  netchannel bench-host --listen 10.0.0.2:7374 --device 0000:03:00.0 --address 10.0.1.2/24"
        })
final class BenchHostCommand implements Callable<Integer> {
    static final String NAME = "bench-host";
    static final String DEFAULT_PORT = "7374";
    /** What stands before the address, in the first line. */
    static final String LISTENING = "measurements are served on ";

    @Option(names = "--listen", paramLabel = "ADDRESS", defaultValue = DEFAULT_PORT,
            description = "HOST:PORT, or a PORT of the loopback interface. Default: " + DEFAULT_PORT + ".")
    private String listen;

    @Mixin
    private DeviceOptions devices;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Arguments arguments = new Arguments(spec);
        InetSocketAddress address = arguments.address("--listen", listen, 0);
        Optional<HostDevice> device = devices.forMeasurements(arguments);
        try (HostServer server = arguments.listening("--listen", address,
                () -> new HostServer(address, device, this::say))) {
            HostServer.closeAtEndOf(System.in, server);
            spec.commandLine().getOut().println(LISTENING + Arguments.text(server.address()));
            spec.commandLine().getOut().flush();
            server.serve();
        }
        return ExitStatus.HELD;
    }

    /** On standard error: whoever has read the first line need not read any more. */
    private synchronized void say(String line) {
        spec.commandLine().getErr().println(Failures.oneLine(line));
        spec.commandLine().getErr().flush();
    }
}
