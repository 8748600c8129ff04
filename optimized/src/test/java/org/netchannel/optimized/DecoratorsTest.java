package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.optimized.driver.Capture;
import org.netchannel.optimized.driver.DelayingDriver;
import org.netchannel.optimized.driver.FailingDriver;
import org.netchannel.optimized.driver.ObservedDriver;
import org.netchannel.optimized.driver.PacketLog;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint.State;

/** What decorators change, each bound from both sides; and stacks that have them. */
@Timeout(60)
class DecoratorsTest {
    private final AtomicLong now = new AtomicLong();

    @Test
    void aChannelFailsAfterSoManyPackets() {
        try (DriverEnds ends = DriverEnds.memory(driver -> FailingDriver.afterPackets(driver, 3))) {
            ends.put(ends.left, 0, 0);
            ends.put(ends.left, 1, 10);
            assertThat(ends.left.hasRoom()).isTrue();
            assertThat(ends.left.hasFailed()).isFalse();
            ends.put(ends.left, 2, 0);
            assertThat(ends.left.hasRoom()).isFalse();
            assertThat(ends.left.hasFailed()).isTrue();
            assertThat(ends.left.hasNews()).isTrue();
            assertThat(ends.left.failure()).hasMessage("the channel was made to fail");
            assertThat(ends.take(ends.right, 0, 0) && ends.take(ends.right, 1, 10)).isTrue();
            assertThat(ends.right.hasFailed()).isFalse();
            assertThat(ends.take(ends.right, 2, 0)).isTrue();
            assertThat(ends.right.hasFailed()).isTrue();
        }
    }

    @Test
    void aChannelFailsAfterSoManyBytesOrAtATime() {
        try (DriverEnds ends = DriverEnds.memory(driver -> FailingDriver.afterBytes(driver, 100))) {
            ends.put(ends.left, 0, 99);
            assertThat(ends.left.hasFailed()).isFalse();
            ends.put(ends.left, 1, 1);
            assertThat(ends.left.hasFailed()).isTrue();
        }
        try (DriverEnds ends = DriverEnds.memory(driver -> FailingDriver.atTime(driver, 50, now::get))) {
            now.set(49);
            assertThat(ends.left.hasFailed()).isFalse();
            now.set(50);
            assertThat(ends.left.hasFailed()).isTrue();
            now.set(0);
            assertThat(ends.left.hasFailed()).isTrue();
        }
    }

    @Test
    void whatArrivesArrivesLaterAndNotBefore() {
        try (DriverEnds ends = DriverEnds.memory(driver -> new DelayingDriver(driver, 100, now::get))) {
            ends.put(ends.left, 0, 5);
            assertThat(ends.take(ends.right, 0, 5)).isFalse();
            now.set(60);
            ends.put(ends.left, 1, 6);
            ends.left.close();
            assertThat(ends.take(ends.right, 0, 5)).isFalse();
            now.set(99);
            assertThat(ends.take(ends.right, 0, 5)).isFalse();
            now.set(100);
            assertThat(ends.take(ends.right, 0, 5)).isTrue();
            assertThat(ends.take(ends.right, 1, 6)).isFalse();
            assertThat(ends.right.hasFailed()).isFalse();
            now.set(160);
            assertThat(ends.take(ends.right, 1, 6)).isTrue();
            assertThat(ends.right.hasFailed()).isTrue();
            assertThat(ends.pool.bytesInUse()).isZero();
        }
        assertThatThrownBy(() -> new DelayingDriver(MemoryDriver.pair()[0], -1, now::get))
                .hasMessage("delayNs is -1, legal is 0 and more");
    }

    @Test
    void packetsAreSaidAsText() {
        List<String> lines = new ArrayList<>();
        DriverEnds ends = DriverEnds.memory(
                driver -> new ObservedDriver(driver, new PacketLog(5, ChannelClass.LATENCY, lines::add)));
        ends.put(ends.left, 7, 3);
        ends.take(ends.right, 7, 3);
        ends.close();
        assertThat(lines).containsExactly("LATENCY 5 -> DATA connection 0000000000000007 offset 21 length 3",
                "LATENCY 5 <- DATA connection 0000000000000007 offset 21 length 3", "LATENCY 5 has ended",
                "LATENCY 5 has failed");
    }

    /** NC-FAIL-1, NC-FAIL-4: a channel that fails on the way, among others that are slow, loses no byte. */
    @Test
    void aStackGoesOnWhereAChannelFails() throws IOException {
        try (NetStack left = stack(); NetStack right = stack()) {
            left.decorate((number, channelClass, dialer, driver) -> number == 3
                    ? FailingDriver.afterBytes(driver, 300_000) : new DelayingDriver(driver, 50_000, System::nanoTime));
            MemoryLink.connect(left, right, 2, 0);
            VirtualServerSocket server = right.listen(80, 1);
            VirtualSocket asking = left.startConnecting(80, ChannelClass.LATENCY);
            DriverEnds.until(() -> left.doWork() + right.doWork() >= 0 && asking.state() == State.ESTABLISHED);
            VirtualSocket asked = server.tryAccept().orElseThrow();
            ByteBuffer sent = ByteBuffer.allocate(2 << 20);
            for (int i = 0; i < sent.capacity(); i++) {
                sent.put(i, (byte) (i * 7 + (i >> 8)));
            }
            ByteBuffer received = ByteBuffer.allocate(2 << 20);
            while (received.hasRemaining()) {
                asking.trySend(sent);
                left.doWork();
                right.doWork();
                asked.tryReceive(received);
            }
            assertThat(received.flip()).isEqualTo(sent.flip());
            assertThat(left.activeChannels(ChannelClass.LATENCY)).containsExactly(5);
        }
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 16 << 20);
    }

    @TempDir
    private Path folder;

    /** From both sides of the bound, and nothing half-written at the end of it. */
    @Test
    void aCaptureIsNoLongerThanItMayBe() throws IOException {
        Path file = folder.resolve("x.pcapng");
        Capture capture = new Capture(file, 1_000);
        try (DriverEnds ends = DriverEnds.memory(
                driver -> capture.decorate(3, ChannelClass.LATENCY, true, driver))) {
            for (int i = 0; i < 100; i++) {
                ends.put(ends.left, i, 10);
            }
        }
        assertThatThrownBy(capture::close).isInstanceOf(IOException.class)
                .hasMessage(file + " is not complete: it is as long as it may be");
        assertThat(Files.size(file)).isBetween(800L, 1_000L);
        capture.close();
        Capture longer = new Capture(file, 100_000);
        try (DriverEnds ends = DriverEnds.memory(driver -> longer.decorate(3, ChannelClass.LATENCY, true, driver))) {
            ends.put(ends.left, 0, 10);
        }
        longer.close();
        assertThatThrownBy(() -> new Capture(file, 999)).hasMessage("mostBytes is 999, legal is 1000 and more");
    }
}
