package org.netchannel.conformance.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.RecordingEndpoint;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceWriter;

/**
 * One of the two processes of a transfer. It reads its {@link HostPlan}, writes {@link HostReport}s, and goes on until
 * its input says anything more or ends: so it dies with the process that started it.
 */
public final class TransferHost {
    private static final int VIRTUAL_PORT = 80;
    private static final long REPORT_NANOS = 200_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HostPlan plan;
    private final PrintWriter out;
    private final BooleanSupplier stop;
    private int port;
    private long traceLines;
    private String failure = "";
    private String sha256 = "";

    private TransferHost(HostPlan plan, PrintWriter out, BooleanSupplier stop) {
        this.plan = plan;
        this.out = out;
        this.stop = stop;
    }

    /**
     * Runs one side of a transfer to its end.
     *
     * @param in a plan as the first line; a second line, or the end, ends the process's part
     * @param out receives the reports
     * @throws IOException when the file, the trace or the sockets can't be used
     */
    public static void run(BufferedReader in, PrintWriter out) throws IOException {
        HostPlan plan = JSON.readValue(in.readLine(), HostPlan.class);
        AtomicBoolean stopped = new AtomicBoolean();
        Thread.ofPlatform().daemon().name("stop").start(() -> {
            awaitLine(in);
            stopped.set(true);
        });
        new TransferHost(plan, out, stopped::get).run();
    }

    private static void awaitLine(BufferedReader in) {
        try {
            in.readLine();
        } catch (IOException e) { // as good as the end of the input
            return;
        }
    }

    private void run() throws IOException {
        try (FileContent content = FileContent.open(Path.of(plan.file()))) {
            FileMover mover = new FileMover(content, plan.dials(), VIRTUAL_PORT, ChannelClass.THROUGHPUT);
            Pump pump;
            try (TraceWriter trace = TraceWriter.create(Path.of(plan.trace()), header())) {
                pump = openPump(open(content, trace));
                try (pump) {
                    report(HostReport.Phase.READY, mover, pump);
                    move(mover, pump);
                }
            }
            report(HostReport.Phase.CLOSED, mover, pump);
        }
    }

    private TraceHeader header() {
        return new TraceHeader(plan.implementation(), List.of(plan.host()), new Config(plan.config()), plan.seed());
    }

    private Endpoint open(FileContent content, TraceWriter trace) {
        Endpoint endpoint = Implementations.create(plan.implementation())
                .orElseThrow(() -> new IllegalArgumentException("no implementation " + plan.implementation()));
        Endpoint recording = new RecordingEndpoint(endpoint, plan.host(), content, line -> {
            traceLines++;
            trace.write(line);
        });
        if (recording.open(new Config(plan.config()), plan.seed(), OptionalLong.of(plan.incarnation()))
                instanceof Outcome.Failed<?> failed) {
            throw new IllegalStateException("open was answered with " + failed);
        }
        return recording;
    }

    private Pump openPump(Endpoint endpoint) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        if (plan.dials()) {
            SocketAddress peer = new InetSocketAddress(loopback, plan.port());
            LinkPlan link = new LinkPlan(plan.latencyChannels(), plan.throughputChannels());
            Pump pump = Pump.dialing(endpoint, peer, link, System::nanoTime);
            if (plan.killAfterBytes() >= 0) {
                pump.killDataChannelAfter(plan.killAfterBytes());
            }
            return pump;
        }
        ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(loopback, 0));
        port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        return Pump.accepting(endpoint, server, System::nanoTime);
    }

    private void move(FileMover mover, Pump pump) throws IOException {
        long reportedNs = System.nanoTime();
        long movedNs = reportedNs;
        long moved = 0;
        boolean done = false;
        while (!stop.getAsBoolean()) {
            pump.turn(mover);
            long nowNs = System.nanoTime();
            if (mover.sent() + mover.received() != moved) {
                moved = mover.sent() + mover.received();
                movedNs = nowNs;
            }
            if (!done && (mover.isDone() || nowNs - movedNs > plan.stallNanos())) {
                done = true;
                finish(mover);
                report(HostReport.Phase.DONE, mover, pump);
            } else if (!done && nowNs - reportedNs > REPORT_NANOS) {
                reportedNs = nowNs;
                report(HostReport.Phase.MOVING, mover, pump);
            }
        }
    }

    private void finish(FileMover mover) {
        failure = mover.isDone() ? mover.failure() : "nothing has moved for too long";
        sha256 = HexFormat.of().formatHex(mover.receivedSha256());
    }

    private void report(HostReport.Phase phase, FileMover mover, Pump pump) throws IOException {
        out.println(JSON.writeValueAsString(new HostReport(phase, port, mover.sent(), mover.received(), sha256,
                failure, pump.killed().orElse(0), pump.failures(), traceLines)));
        out.flush();
    }
}
