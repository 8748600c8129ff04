package org.netchannel.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.netchannel.cli.testbed.Namespaces;
import org.netchannel.cli.testbed.TestbedHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code netchannel testbed up}. */
@Command(
        name = "up",
        description = "Make two network namespaces with a link between them. Needs root and iproute2.",
        footer = {
            "%nExamples:",
            "  sudo netchannel testbed up",
            "  sudo netchannel testbed up --mtu 9000"
        })
final class TestbedUpCommand implements Callable<Integer> {
    /** The largest that a veth device takes. */
    private static final int LARGEST_MTU = 65_535;
    private static final int SMALLEST_MTU = 576;
    static final String DEFAULT_MTU = "1500";

    @Option(names = "--mtu", paramLabel = "BYTES", defaultValue = DEFAULT_MTU,
            description = "The link's largest IP packet. Default: " + DEFAULT_MTU + ".")
    private String mtu;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        int bytes = checkMtu(new Arguments(spec), mtu);
        Namespaces namespaces = new Namespaces("ip");
        List<String> there = there(spec, namespaces);
        if (!there.isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    String.join(" and ", there) + " are there already; netchannel testbed down removes them");
        }
        up(spec, () -> namespaces.up(bytes));
        for (TestbedHost host : namespaces.hosts()) {
            spec.commandLine().getOut().println(host.name() + " has " + host.address());
        }
        return ExitStatus.HELD;
    }

    static int checkMtu(Arguments arguments, String mtu) {
        return (int) arguments.number("--mtu", mtu, SMALLEST_MTU, LARGEST_MTU);
    }

    /** Makes namespaces. */
    interface Making {
        void make() throws IOException;
    }

    /** The namespaces that are there; a machine without iproute2 is a missing prerequisite. */
    static List<String> there(CommandSpec spec, Namespaces namespaces) {
        try {
            return namespaces.there();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "network namespaces can't be used here (" + e.getMessage()
                    + "); iproute2 is needed");
        }
    }

    /** Where namespaces are not permitted, this says so. */
    static void up(CommandSpec spec, Making making) {
        try {
            making.make();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "network namespaces are not permitted here ("
                    + e.getMessage() + "); root can make them, outside of most containers");
        }
    }
}
