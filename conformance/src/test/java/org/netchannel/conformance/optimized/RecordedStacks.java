package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.netchannel.conformance.check.ForkedTlcChecker;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.optimized.MemoryLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SchedulingPolicies;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.Threading;
import org.netchannel.traces.Config;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.RecordingEndpoint;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/** Two stacks with threads of their own, and the trace of what both did, to be judged by the specification. */
final class RecordedStacks {
    static final Path MODULES = Path.of("../specs/tla");

    private final Config config;
    private final Queue<TraceLine> lines = new ConcurrentLinkedQueue<>();
    private final AtomicLong steps = new AtomicLong();

    RecordedStacks(Config config) {
        this.config = config;
    }

    /** Steps are drawn with the turn, before another host can have the packet: they are in causal order. */
    NetStack open(String name) {
        return open(name, 1);
    }

    /** The same with so many threads for channels. */
    NetStack open(String name, int channelThreads) {
        Threading threading = Threading.of(NetStack.Mode.DEDICATED).withChannelAgents(channelThreads);
        return new NetStack(config, threading, SchedulingPolicies.ROUND_ROBIN, 64 << 20,
                told -> new RecordingEndpoint(
                        told, name, PayloadPattern::matches, steps::incrementAndGet, lines::add));
    }

    /** A link with some data channels of each class. */
    static void connect(NetStack a, NetStack b, boolean tcp, int channels) throws IOException {
        if (tcp) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            TcpLink.dial(a, TcpLink.listen(b, any), channels, channels);
        } else {
            MemoryLink.connect(a, b, channels, channels);
        }
    }

    /** The clauses that came into play in what happened, all of which is allowed. */
    Set<String> accepted() {
        return Set.copyOf(accepted(new SpecOracle(MODULES)).clauses());
    }

    /** Stock TLC allows it, too; it does not tell clauses. */
    void requireAcceptedByTlc() {
        accepted(new ForkedTlcChecker(MODULES, Duration.ofMinutes(4)));
    }

    private Verdict.Accepted accepted(TraceChecker checker) {
        List<TraceLine> trace = lines.stream().sorted(Comparator.comparingLong(TraceLine::step)).toList();
        assertThat(trace).hasSizeGreaterThan(1_000);
        return accepted(checker, new TraceHeader("optimized 1", List.of("A", "B"), config, 0), trace);
    }

    static Verdict.Accepted accepted(TraceChecker checker, TraceHeader header, Iterable<TraceLine> trace) {
        Verdict verdict = checker.check(header, trace);
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return (Verdict.Accepted) verdict;
    }
}
