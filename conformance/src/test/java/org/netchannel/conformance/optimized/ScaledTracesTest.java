package org.netchannel.conformance.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.optimized.ChannelRange;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.TcpLink;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/**
 * Over TCP, with two threads for channels on each side, a bulk connection makes a channel come, and when it is idle the
 * channel drains: the specification allows all of it.
 */
@Timeout(300)
class ScaledTracesTest {
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, 200_000).with(Setting.RECEIVE_BUFFER, 100_000)
            .with(Setting.MAX_PAYLOAD, 5_000);
    private static final ChannelRange FIXED = ChannelRange.fixed(1);
    private static final ChannelRange SCALED = ChannelRange.between(1, 2)
            .after(TimeUnit.MILLISECONDS.toNanos(50), TimeUnit.MILLISECONDS.toNanos(200));

    private static final int MESSAGE = 100_000;

    private final ExecutorService application = Executors.newSingleThreadExecutor();
    private final RecordedStacks stacks = new RecordedStacks(CONFIG);

    @Test
    void theSpecificationAcceptsChannelsThatComeAndGoWithTheLoad() throws Exception {
        try (NetStack a = stacks.open("A", 2); NetStack b = stacks.open("B", 2)) {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            TcpLink.dial(a, TcpLink.listen(b, any), FIXED, SCALED);
            VirtualServerSocket server = b.listen(80, 1);
            VirtualSocket left = a.connect(80, ChannelClass.THROUGHPUT);
            VirtualSocket right = server.accept();
            Future<Long> received = application.submit(() -> PatternStream.receive(right, 0));
            long sent = 0;
            while (a.activeChannels(ChannelClass.THROUGHPUT).length < 2) {
                PatternStream.send(left, 0, sent, sent + MESSAGE);
                sent += MESSAGE;
            }
            while (a.activeChannels(ChannelClass.THROUGHPUT).length > 1) {
                Thread.yield();
            }
            PatternStream.send(left, 0, sent, sent + MESSAGE);
            left.shutdown();
            assertThat(received.get()).isEqualTo(sent + MESSAGE);
        } finally {
            application.shutdownNow();
        }
        assertThat(stacks.accepted()).contains("NC-CH-5");
    }
}
