package org.netchannel.conformance.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.conformance.Programs;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.optimized.MemoryLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.optimized.driver.Capture;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint.State;

/** What a stack captures of its own channels, whatever transport they have, is a capture like any other. */
@Timeout(120)
class StackCaptureTest {
    private static final int BYTES = 600_000;

    @TempDir
    private Path folder;

    @BeforeAll
    static void tsharkIsThere() {
        Programs.require("tshark");
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 16 << 20);
    }

    /** Both classes, both ways, large packets, a channel that drains, and one that is cut. */
    private Path captured(boolean atDialer) throws IOException {
        Path file = folder.resolve("stack.pcapng");
        try (Capture capture = new Capture(file, Capture.USUAL_BYTES);
                NetStack left = stack();
                NetStack right = stack()) {
            (atDialer ? left : right).decorate(capture);
            MemoryLink.connect(left, right, 2, 2);
            VirtualServerSocket server = right.listen(80, 10);
            List<VirtualSocket[]> pairs = new ArrayList<>();
            for (ChannelClass trafficClass : List.of(ChannelClass.LATENCY, ChannelClass.THROUGHPUT)) {
                VirtualSocket asking = left.startConnecting(80, trafficClass);
                while (asking.state() != State.ESTABLISHED) {
                    left.doWork();
                    right.doWork();
                }
                pairs.add(new VirtualSocket[] {asking, server.tryAccept().orElseThrow()});
            }
            for (VirtualSocket[] pair : pairs) {
                move(left, right, pair[0], pair[1]);
            }
            left.drain(left.activeChannels(ChannelClass.LATENCY)[0]);
            right.cut(right.activeChannels(ChannelClass.THROUGHPUT)[0]);
            for (VirtualSocket[] pair : pairs) {
                move(left, right, pair[1], pair[0]);
                pair[0].shutdown();
                pair[1].shutdown();
            }
            while (pairs.stream().anyMatch(it -> it[0].state() != State.CLOSED || it[1].state() != State.CLOSED)) {
                left.doWork();
                right.doWork();
            }
        }
        return file;
    }

    private static void move(NetStack left, NetStack right, VirtualSocket from, VirtualSocket to) throws IOException {
        ByteBuffer sent = ByteBuffer.allocate(BYTES);
        ByteBuffer received = ByteBuffer.allocate(BYTES);
        while (received.hasRemaining()) {
            from.trySend(sent);
            left.doWork();
            right.doWork();
            to.tryReceive(received);
        }
    }

    @Test
    void theSpecificationAcceptsWhatEitherStackCaptures() throws Exception {
        for (boolean atDialer : new boolean[] {true, false}) {
            CaptureReport report = CaptureImport.run(new CaptureImport.Order(captured(atDialer),
                    folder.resolve("x.ndjson"), Set.of(Format.NETCHANNEL), List.of(Config.DEFAULTS, Config.DEFAULTS),
                    "tshark"), _ -> { });
            assertThat(report.complaint()).isEmpty();
            assertThat(report.links()).hasSize(1);
            assertThat(report.links().getFirst().channels()).isEqualTo(5);
            assertThat(report.links().getFirst().hole()).isEmpty();
            assertThat(report.links().getFirst().packets()).isGreaterThan(4 * BYTES / 65_496);
            assertThat(Importing.verdict(report.links().getFirst().trace())).isInstanceOf(Verdict.Accepted.class);
        }
    }
}
