package org.netchannel.specs.distributed;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.netchannel.specs.Counts;
import org.netchannel.specs.Finding;
import org.netchannel.specs.Model;
import org.netchannel.specs.counterexample.ActionNames;
import org.netchannel.specs.tlc.ChildJvm;
import org.netchannel.specs.tlc.ServerOutput;
import org.netchannel.specs.tlc.StreamReaders;
import org.netchannel.specs.tlc.TlcReport;
import org.netchannel.specs.tlc.Workspace;

/**
 * One run of distributed TLC on one model. All its processes end with it.
 *
 * @param workspace where it keeps its files
 * @param specs directory with modules and configurations
 * @param model what to check
 * @param cluster where
 * @param workers threads of each worker
 * @param limit the time it has
 */
public record DistributedRun(
        Workspace workspace, Path specs, Model model, Cluster cluster, int workers, Duration limit) {
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;
    private static final int PORTS_TRIED = 20;
    private static final int WORKER_MEGABYTES = 1_024;
    private static final Duration LAST_SECONDS = Duration.ofSeconds(10);
    private static final Duration REPLAY_LIMIT = Duration.ofSeconds(60);

    /**
     * Runs it; blocks until it has ended.
     *
     * @param onProgress called from another thread about once a second
     * @return what it found
     * @throws IOException when a process can't be started or read
     * @throws InterruptedException when the calling thread is interrupted; all processes have been ended then
     */
    public TlcReport run(Consumer<Counts> onProgress) throws IOException, InterruptedException {
        Path own = workspace.directory(model.name());
        Map<String, String> properties = new HashMap<>();
        properties.put(NodeMain.PORT, Integer.toString(freePort()));
        properties.put(ServerNode.FINGERPRINT_SETS, Integer.toString(cluster.hosts().size()));
        properties.put(ServerNode.METADATA, own.resolve("states").toString());
        properties.put("tlc2.tool.distributed.TLCWorker.threadCount", Integer.toString(workers));
        Nodes nodes = new Nodes(workspace, own, cluster, properties, model.isShort());
        Process server = server(own, properties);
        try (StreamReaders readers = new StreamReaders()) {
            ServerOutput output = new ServerOutput(onProgress);
            readers.start(server.getInputStream(), output::readMessages);
            readers.start(server.getErrorStream(), output::readProgress);
            try {
                Optional<Finding> cutOff = watch(server, output, nodes);
                workspace.end(server);
                readers.await();
                return cutOff.isPresent() ? output.cutOff(cutOff.get()) : named(output, server.exitValue());
            } finally {
                workspace.end(server);
            }
        } finally {
            nodes.end();
            workspace.end(server);
            workspace.remove(own);
        }
    }

    /**
     * Not one of those that a system gives to outgoing connections: such a connection could take it before the server
     * does.
     */
    private int freePort() throws IOException {
        BindException taken = null;
        for (int i = 0; i < PORTS_TRIED; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT + 1);
            try (ServerSocket socket = new ServerSocket(port, 0, cluster.server())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                taken = e;
            }
        }
        throw taken;
    }

    private Process server(Path own, Map<String, String> properties) throws IOException {
        Path temporary = Files.createDirectory(own.resolve("tmp"));
        List<String> arguments = new ArrayList<>(List.of("server", cluster.server().getHostAddress(), "-tool"));
        if (!model.checkDeadlock()) {
            // Despite its name this switches the check off.
            arguments.add("-deadlock");
        }
        arguments.addAll(List.of("-fp", "0", "-config", model.config(), model.module()));
        return workspace.start(new ChildJvm(workspace, specs, temporary, model.megabytes(), properties, model.isShort())
                .builder(NodeMain.class, arguments));
    }

    /** Waits for the end; empty when the server has ended by itself. */
    private Optional<Finding> watch(Process server, ServerOutput output, Nodes nodes)
            throws IOException, InterruptedException {
        long endNs = System.nanoTime() + limit.toNanos();
        CompletableFuture<?> ended = server.onExit();
        if (!isDone(CompletableFuture.anyOf(ended, output.listening()), endNs)) {
            return Optional.of(new Finding.TimedOut(limit));
        }
        if (ended.isDone()) {
            return Optional.empty();
        }
        for (Cluster.Host host : cluster.hosts()) {
            nodes.start("fingerprints", host, model.megabytes());
            nodes.start("worker", host, Math.min(WORKER_MEGABYTES, model.megabytes()));
        }
        if (!isDone(CompletableFuture.anyOf(ended, nodes.anyEnd()), endNs)) {
            return Optional.of(new Finding.TimedOut(limit));
        }
        // At the end the workers go first.
        boolean regular = isDone(ended, System.nanoTime() + LAST_SECONDS.toNanos());
        return regular
                ? Optional.empty()
                : Optional.of(new Finding.Failed(Finding.Stage.TOOL, nodes.lastWords()));
    }

    private static boolean isDone(CompletableFuture<?> future, long endNs) throws InterruptedException {
        try {
            future.get(Math.max(1, endNs - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for the end of a process", e.getCause());
        }
    }

    /** Distributed TLC does not say what a behaviour violates: the replay does. */
    private TlcReport named(ServerOutput output, int exitStatus) throws InterruptedException {
        TlcReport report = output.report(exitStatus);
        if (exitStatus == ServerNode.TEMPORAL) {
            return report.with(new Finding.Failed(
                    Finding.Stage.TOOL, "it has temporal properties, which distributed TLC can't check"));
        }
        if (exitStatus != ServerNode.VIOLATION || report.counterexample().isEmpty()) {
            return report;
        }
        ActionNames replay = new ActionNames(workspace, specs, REPLAY_LIMIT);
        return replay.violation(model, report.counterexample().get()).map(report::with).orElse(report);
    }
}
