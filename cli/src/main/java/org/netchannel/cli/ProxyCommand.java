package org.netchannel.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.netchannel.cli.link.Transport;
import org.netchannel.cli.proxy.Proxy;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.driver.Capture;
import org.netchannel.traces.ChannelClass;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code netchannel proxy}: TCP connections of unmodified programs over virtual sockets, until it is interrupted. */
@Command(
        name = "proxy",
        description = {
            "Carry TCP connections of unmodified programs over virtual sockets.",
            "One half runs where the clients are, the other where the server is. An address is HOST:PORT, or a PORT of "
                    + "the loopback interface, or of --device. Everybody who reaches an address may use it."
        },
        footer = {
            "%nExamples:",
            "  netchannel proxy --listen 7000 --forward 6379   a Redis server is on port 6379",
            "  netchannel proxy --accept 6380 --peer 7000      then: redis-cli -p 6380",
            "  netchannel proxy --accept 6380 --peer 7000 --capture run.pcapng",
            "                                                  then: netchannel trace import --pcap run.pcapng",
            "  netchannel proxy --accept 6380 --peer 10.0.0.1:7000 --device net_af_packet0,iface=veth0",
            "      --address 10.0.0.2/24                       the link goes over a device of DPDK"
        })
final class ProxyCommand implements Callable<Integer> {
    private static final int MOST_CONNECTIONS = 100_000;
    private static final long REFRESH_MS = 500;

    /** The half at the clients. */
    static final class Entrance {
        @Option(names = "--accept", required = true, paramLabel = "ADDRESS", description = "Accept TCP clients there.")
        private String accept;

        @Option(names = "--peer", required = true, paramLabel = "ADDRESS", description = "The other half is there.")
        private String peer;
    }

    /** The half at the server. */
    static final class Exit {
        @Option(names = "--listen", required = true, paramLabel = "ADDRESS", description = "Listen for the other half.")
        private String listen;

        @Option(names = "--forward", required = true, paramLabel = "ADDRESS", description = "Where the server is.")
        private String forward;
    }

    /** One of the two. */
    static final class Half {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private Entrance entrance;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private Exit exit;
    }

    @ArgGroup(multiplicity = "1")
    private Half half;

    @Option(names = "--class", paramLabel = "CLASS", defaultValue = "throughput",
            description = "latency or throughput: the class of the connections; with --accept. Default: throughput.")
    private String trafficClass;

    @Option(names = "--channels", paramLabel = "N", defaultValue = "4",
            description = "How many data channels the link has; with --accept. Default: 4.")
    private String channels;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "1000",
            description = "How many connections there may be at a time. Default: 1000.")
    private String connections;

    @Mixin
    private DeviceOptions devices;

    @Mixin
    private CaptureOption capturing;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Progress progress = Progress.onStandardError(spec);
        Arguments arguments = new Arguments(spec);
        try (Capture capture = capturing.open(arguments);
                Transport transport = devices.open(arguments);
                Proxy proxy = half.entrance != null
                        ? entrance(arguments, transport, capture)
                        : exit(arguments, transport, capture)) {
            CompletableFuture<Void> end = proxy.end();
            while (!ended(end)) {
                progress.show(proxy.traffic().toString());
            }
        }
        return ExitStatus.HELD;
    }

    private static boolean ended(CompletableFuture<Void> end) throws IOException, InterruptedException {
        try {
            end.get(REFRESH_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("no more connections can be accepted: " + e.getCause().getMessage(), e);
        }
    }

    private Proxy entrance(Arguments arguments, Transport transport, Capture capture) {
        InetSocketAddress accept = arguments.address("--accept", half.entrance.accept, 0);
        InetSocketAddress peer = arguments.peer("--peer", half.entrance.peer, transport);
        ChannelClass chosen = switch (trafficClass.toLowerCase(Locale.ROOT)) {
            case "latency" -> ChannelClass.LATENCY;
            case "throughput" -> ChannelClass.THROUGHPUT;
            default -> throw arguments.illegal("--class", trafficClass, "latency or throughput");
        };
        int count = (int) arguments.number("--channels", channels, 1, TcpLink.MOST_CHANNELS);
        Proxy proxy = arguments.listening("--accept", accept,
                () -> Proxy.entrance(
                        transport, accept, peer, chosen, count, most(arguments), CaptureOption.decorator(capture)));
        say("accepting TCP connections on " + Arguments.text(proxy.address()) + ", carried to " + Arguments.text(peer));
        return proxy;
    }

    private Proxy exit(Arguments arguments, Transport transport, Capture capture) {
        InetSocketAddress listen = arguments.address("--listen", half.exit.listen, 0, transport.home());
        InetSocketAddress server = arguments.address("--forward", half.exit.forward, 1);
        Proxy proxy = arguments.listening("--listen", listen,
                () -> Proxy.exit(transport, listen, server, most(arguments), CaptureOption.decorator(capture)));
        say("listening for the other half on " + Arguments.text(proxy.address())
                + ", carrying on to " + Arguments.text(server));
        return proxy;
    }

    private int most(Arguments arguments) {
        return (int) arguments.number("--connections", connections, 1, MOST_CONNECTIONS);
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
