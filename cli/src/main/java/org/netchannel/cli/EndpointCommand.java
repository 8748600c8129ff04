package org.netchannel.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.netchannel.conformance.exec.EndpointServer;
import org.netchannel.conformance.transfer.Implementations;
import org.netchannel.traces.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel endpoint}: an endpoint behind the line protocol, to be talked to. */
@Command(
        name = "endpoint",
        description = {
            "Serve an endpoint over the line protocol of docs/endpoint.md: requests on standard input, answers on"
                    + " standard output, one JSON object a line. End of input ends it."
        },
        footer = {
            "%nExamples:",
            "  echo '{\"op\":\"open\",\"config\":{},\"seed\":1}' | netchannel endpoint reference",
            "  netchannel conform exec:\"./netchannel endpoint reference\" --runs 10"
        })
final class EndpointCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "What answers: optimized or reference.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Endpoint endpoint = Implementations.create(name).orElseThrow(() -> new Arguments(spec)
                .illegal("NAME", name, String.join(" or ", Implementations.names())));
        // Answers leave as they are made; nothing else is written here.
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            new EndpointServer(endpoint).serve(System.in, out);
        }
        return ExitStatus.HELD;
    }
}
