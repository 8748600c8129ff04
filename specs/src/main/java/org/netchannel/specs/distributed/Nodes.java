package org.netchannel.specs.distributed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.netchannel.specs.tlc.ChildJvm;
import org.netchannel.specs.tlc.Workspace;

/** The workers and fingerprint sets of one run. One thread uses it. */
final class Nodes {
    private static final int LAST_LINES = 5;

    private final Workspace workspace;
    private final Path own;
    private final Cluster cluster;
    private final Map<String, String> properties;
    private final boolean isShort;
    private final List<Node> started = new ArrayList<>();

    /**
     * What runs on a host.
     *
     * @param name what and where, for a message
     * @param process here, or the ssh to it
     * @param said what it prints
     */
    private record Node(String name, Process process, Path said) {}

    Nodes(Workspace workspace, Path own, Cluster cluster, Map<String, String> properties, boolean isShort) {
        this.workspace = workspace;
        this.own = own;
        this.cluster = cluster;
        this.properties = properties;
        this.isShort = isShort;
    }

    void start(String role, Cluster.Host host, int megabytes) throws IOException {
        String name = role + "-" + (started.size() + 1);
        Path directory = Files.createDirectory(own.resolve(name));
        ChildJvm jvm = new ChildJvm(workspace, directory, directory, megabytes, properties, isShort);
        List<String> arguments = List.of(role, cluster.server().getHostAddress());
        ProcessBuilder builder = host.isLocal()
                ? jvm.builder(NodeMain.class, arguments)
                : new ProcessBuilder(cluster.ssh(), host.name(), remote(jvm, arguments));
        Path said = directory.resolve("said.txt");
        builder.redirectErrorStream(true).redirectOutput(said.toFile());
        started.add(new Node(role + " on " + host.name(), workspace.start(builder), said));
    }

    /** A line for the shell of another machine. Its files go with it, and it goes when standard input ends. */
    private static String remote(ChildJvm jvm, List<String> arguments) {
        String command = jvm.withTemporary("$d").command("java", NodeMain.class, arguments).stream()
                .map(word -> word.endsWith("=$d") ? "\"" + word + "\"" : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        return "d=$(mktemp -d) && cd \"$d\" && " + command + "; s=$?; cd /; rm -rf \"$d\"; exit $s";
    }

    /** Completes when the first of them ends. */
    CompletableFuture<?> anyEnd() {
        return CompletableFuture.anyOf(
                started.stream().map(node -> node.process.onExit()).toArray(CompletableFuture[]::new));
    }

    /** What those that have ended said last. */
    String lastWords() throws IOException {
        List<String> words = new ArrayList<>();
        for (Node node : started) {
            if (!node.process.isAlive()) {
                List<String> lines = Files.readAllLines(node.said);
                words.add("the " + node.name + " ended with exit status " + node.process.exitValue());
                words.addAll(lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
            }
        }
        return String.join("\n", words);
    }

    void end() {
        started.forEach(node -> workspace.end(node.process));
    }
}
