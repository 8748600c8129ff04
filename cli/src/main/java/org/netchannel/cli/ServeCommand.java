package org.netchannel.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.netchannel.cli.copy.FileServer;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.DriverDecorator;
import org.netchannel.optimized.driver.Capture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netchannel serve}: takes the files of {@code netchannel copy}, until it is interrupted. */
@Command(
        name = "serve",
        description = {
            "Take files that netchannel copy sends.",
            "Nothing that is there is overwritten. Everybody who reaches the address may send."
        },
        footer = {
            "%nExamples:",
            "  netchannel serve --dir inbox                      from this machine alone",
            "  netchannel serve --dir inbox --listen 0.0.0.0:7373",
            "  netchannel serve --dir inbox --device net_af_packet0,iface=veth0 --address 10.0.0.2/24"
        })
final class ServeCommand implements Callable<Integer> {
    /** Where files are taken if nothing else is said. */
    static final String DEFAULT_PORT = "7373";

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Where the files go.")
    private String folder;

    @Option(names = "--listen", paramLabel = "ADDRESS", defaultValue = DEFAULT_PORT,
            description = "HOST:PORT, or a PORT of the loopback interface, or of --device. "
                    + "Default: " + DEFAULT_PORT + ".")
    private String listen;

    @Mixin
    private DeviceOptions devices;

    @Mixin
    private CaptureOption capturing;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments arguments = new Arguments(spec);
        Path target = arguments.directory("--dir", folder);
        Files.createDirectories(target);
        try (Capture capture = capturing.open(arguments);
                Transport transport = devices.open(arguments);
                FileServer server = server(arguments, transport, target, CaptureOption.decorator(capture))) {
            say("taking files for " + target + " on " + Arguments.text(server.address()));
            server.end().get();
        } catch (ExecutionException e) {
            throw new IOException("no more files can be taken: " + e.getCause().getMessage(), e);
        }
        return ExitStatus.HELD;
    }

    private FileServer server(Arguments arguments, Transport transport, Path target, DriverDecorator decorator) {
        InetSocketAddress address = arguments.address("--listen", listen, 0, transport.home());
        return arguments.listening("--listen", address,
                () -> new FileServer(transport, address, target, this::say, decorator));
    }

    private synchronized void say(String line) {
        spec.commandLine().getOut().println(Failures.oneLine(line));
        spec.commandLine().getOut().flush();
    }
}
