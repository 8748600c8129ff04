package org.netchannel.cli;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import org.netchannel.specs.distributed.Cluster;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of {@code netchannel specs --distributed}. */
final class DistributedOptions {
    @Option(
            names = "--distributed",
            split = ",",
            paramLabel = "HOST",
            description = "Run distributed TLC, one model after the other: the server here, a worker and a fingerprint "
                    + "set on each HOST. localhost is this machine; a name may be there several times. Another HOST is "
                    + "reached by ssh, without a password; it needs a java 25 on its PATH, these jars under the same "
                    + "path, and TCP connections to and from this machine.")
    List<String> hosts;

    @Option(
            names = "--ssh",
            paramLabel = "COMMAND",
            description = "With --distributed: what to call with HOST and a command line instead of ssh.")
    private String ssh;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Refuses options without the one that they belong to. */
    void check(boolean otherMode) {
        if (hosts == null && ssh != null) {
            throw wrong("--ssh is an option of --distributed");
        }
        if (hosts != null && otherMode) {
            throw wrong("--distributed goes neither with --simulate nor with checkpoints; "
                    + "name thorough models with --only");
        }
        if (hosts != null && (hosts.size() > Cluster.MOST_HOSTS || hosts.stream().anyMatch(String::isBlank))) {
            throw wrong("--distributed is '" + String.join(",", hosts) + "'; legal: 1 to " + Cluster.MOST_HOSTS
                    + " host names, with commas between them");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The machines. */
    Cluster cluster() throws IOException {
        try {
            return Cluster.of(hosts, ssh == null ? "ssh" : ssh);
        } catch (UnknownHostException e) {
            String name = e.getMessage().split(":")[0];
            throw wrong("--distributed is '" + String.join(",", hosts) + "'; no host is called '" + name + "'");
        }
    }
}
