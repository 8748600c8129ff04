package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.PollKey;
import org.netchannel.optimized.Poller;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/**
 * One thread on each side serves several connections of both classes: with claims and views on one side, with several
 * buffers at once on the other, and one reader keeps its views until all others are done. What both stacks did is
 * allowed by the specification.
 */
@Timeout(300)
class PolledTracesTest {
    private static final int CONNECTIONS = 4;
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, 70_000).with(Setting.RECEIVE_BUFFER, 50_000)
            .with(Setting.CHANNEL_BUDGET, 40_000).with(Setting.MAX_PAYLOAD, 9_000);

    private final RecordedStacks stacks = new RecordedStacks(CONFIG);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSpecificationAcceptsWhatTwoPollersDid(boolean tcp) throws Exception {
        try (NetStack a = stacks.open("A"); NetStack b = stacks.open("B")) {
            RecordedStacks.connect(a, b, tcp, 2);
            VirtualServerSocket server = b.listen(80, CONNECTIONS);
            Future<?> accepting = threads.submit(() -> {
                accept(b, server);
                return null;
            });
            ask(a);
            accepting.get();
        } finally {
            threads.shutdownNow();
        }
        assertThat(stacks.accepted()).contains("NC-HOL-4", "NC-HOL-6", "NC-HOL-7", "NC-FIN-4");
    }

    private static void ask(NetStack stack) throws IOException {
        try (Poller poller = new Poller(stack)) {
            List<Talker> talkers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                ChannelClass trafficClass = i % 2 == 0 ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT;
                VirtualSocket socket = stack.startConnecting(80, trafficClass);
                Talker talker = new Talker(socket, 0, false, false);
                talkers.add(talker);
                poller.register(socket, PollKey.CONNECTED, talker);
            }
            serve(poller, null, talkers);
        }
    }

    private static void accept(NetStack stack, VirtualServerSocket server) throws IOException {
        try (Poller poller = new Poller(stack)) {
            poller.register(server, PollKey.ACCEPTABLE, null);
            serve(poller, server, new ArrayList<>());
        }
    }

    private static void serve(Poller poller, VirtualServerSocket server, List<Talker> talkers) throws IOException {
        PollKey[] ready = new PollKey[3];
        while (talkers.size() < CONNECTIONS || !talkers.stream().allMatch(Talker::isDone)) {
            int count = poller.poll(ready, Long.MAX_VALUE);
            for (int i = 0; i < count; i++) {
                if (ready[i].ready() == PollKey.ACCEPTABLE) {
                    VirtualSocket child = server.tryAccept().orElseThrow();
                    Talker talker = new Talker(child, 1, true, talkers.size() == CONNECTIONS - 1);
                    talkers.add(talker);
                    poller.register(child, PollKey.READABLE | PollKey.WRITABLE, talker);
                } else {
                    go(ready[i]);
                }
            }
            releaseWhatIsKept(talkers);
        }
    }

    private static void go(PollKey key) throws IOException {
        Talker talker = (Talker) key.attachment();
        int next = talker.go();
        if (!talker.isDone()) {
            key.interest(next);
        }
    }

    private static void releaseWhatIsKept(List<Talker> talkers) {
        boolean othersAreDone = talkers.size() == CONNECTIONS
                && talkers.stream().filter(talker -> !talker.keepsViews()).allMatch(Talker::isDone);
        if (othersAreDone) {
            talkers.stream().filter(Talker::keepsViews).forEach(Talker::release);
        }
    }
}
