package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** Channels come with a load and go with it, whatever they are over. */
@Timeout(120)
abstract class ScalingContract {
    private static final int MESSAGE = 100_000;

    private NetStack left;
    private NetStack right;
    private VirtualSocket sender;
    private VirtualSocket receiver;

    @BeforeEach
    void open() throws IOException {
        Threading threading = Threading.of(NetStack.Mode.DEDICATED).withChannelAgents(2);
        left = new NetStack(Config.DEFAULTS, threading, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        right = new NetStack(Config.DEFAULTS, threading, SchedulingPolicies.ROUND_ROBIN, 64 << 20);
        ChannelRange range = ChannelRange.between(1, 3)
                .after(TimeUnit.MILLISECONDS.toNanos(500), TimeUnit.MILLISECONDS.toNanos(500));
        dial(left, right, range);
        VirtualServerSocket server = right.listen(80, 1);
        sender = left.connect(80, ChannelClass.THROUGHPUT);
        receiver = server.accept();
    }

    /** One stack listens and the other one dials. */
    abstract void dial(NetStack dialing, NetStack listening, ChannelRange range) throws IOException;

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private int channels(ChannelClass trafficClass) {
        return left.activeChannels(trafficClass).length;
    }

    /** NC-CH-5, NC-SCH-2: twice over, and every byte arrives. */
    @Test
    void bulkHasChannelsComeAndIdlenessHasThemDrain() throws Exception {
        for (int i = 0; i < 2; i++) {
            awaitOne(left);
            awaitOne(right);
            int oldest = left.activeChannels(ChannelClass.THROUGHPUT)[0];
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Long> received = CompletableFuture.supplyAsync(() -> receiveAll(enough));
            long sent = 0;
            while (channels(ChannelClass.THROUGHPUT) < 2) {
                sent += sendOne(sent);
            }
            assertThat(channels(ChannelClass.LATENCY)).as("nothing is sent on these").isEqualTo(1);
            enough.set(true);
            sent += sendOne(sent);
            sender.send(ByteBuffer.wrap(new byte[] {-1}));
            assertThat(received.get()).isEqualTo(sent);
            awaitOne(left);
            awaitOne(right);
            assertThat(left.activeChannels(ChannelClass.THROUGHPUT)).as("the oldest one stays")
                    .containsExactly(oldest);
        }
    }

    private static void awaitOne(NetStack stack) {
        while (stack.activeChannels(ChannelClass.THROUGHPUT).length != 1) {
            Thread.yield();
        }
    }

    private long sendOne(long offset) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(MESSAGE);
        for (int i = 0; i < MESSAGE; i++) {
            message.put(at(offset + i));
        }
        sender.send(message.flip());
        return MESSAGE;
    }

    /** Never -1, which is the end. */
    private static byte at(long offset) {
        return (byte) ((offset * 31 + (offset >>> 8)) & 0x7f);
    }

    private long receiveAll(AtomicBoolean enough) {
        ByteBuffer target = ByteBuffer.allocate(70_000);
        long offset = 0;
        try {
            while (true) {
                receiver.receive(target.clear());
                target.flip();
                while (target.hasRemaining()) {
                    byte next = target.get();
                    if (next == -1 && enough.get()) {
                        return offset;
                    }
                    if (next != at(offset++)) {
                        throw new AssertionError("byte " + (offset - 1) + " is wrong");
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
