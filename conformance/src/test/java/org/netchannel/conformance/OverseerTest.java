package org.netchannel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netchannel.conformance.run.ForwardingEndpoint;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;

/** Whatever a call does, a run is over in time, and says what was wrong. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OverseerTest {
    private static final Patience SHORT = Patience.ofCall(Duration.ofMillis(200));
    private static final Patience LONG = Patience.ofCall(Duration.ofSeconds(30));

    private final CountDownLatch release = new CountDownLatch(1);
    private final CompletableFuture<Thread> hanging = new CompletableFuture<>();

    @AfterEach
    void everyThreadEndsWhenItsCallDoes() throws Exception {
        release.countDown();
        if (hanging.isDone()) {
            hanging.get().join();
        }
    }

    /** Does not come back before the test ends, whoever interrupts it. */
    private void hang() {
        hanging.complete(Thread.currentThread());
        boolean released = false;
        while (!released) {
            try {
                released = release.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) { // it is deaf
                released = false;
            }
        }
    }

    private static Violation violation(Overseer overseer, java.util.concurrent.Callable<?> work) {
        ViolationFound found = catchThrowableOfType(ViolationFound.class, () -> overseer.run("test", work));
        assertThat(found).isNotNull();
        return found.violation();
    }

    @Test
    void callThatDoesNotComeBackIsNamedWithItsArguments() throws Exception {
        Overseer overseer = new Overseer(SHORT);
        Violation violation = violation(overseer, () -> overseer.make(() -> new ForwardingEndpoint() {
            @Override
            public Outcome<Delivery> deliver(int channel, Bytes packet) {
                hang();
                return super.deliver(channel, packet);
            }
        }).deliver(3, Bytes.of(new byte[40])));
        assertThat(violation.kind()).isEqualTo(Overseer.HANG);
        assertThat(violation.details()).containsExactly(
                "deliver(3, 40 bytes), after the last line of the trace, has taken longer than 0.2 s");
        assertThat(hanging.get().isDaemon()).isTrue();
    }

    @Test
    void endpointThatIsNeverMadeIsNamed() {
        Overseer overseer = new Overseer(SHORT);
        Violation violation = violation(overseer, () -> overseer.make(() -> {
            hang();
            return new ForwardingEndpoint();
        }));
        assertThat(violation.details().getFirst()).startsWith("new()");
    }

    @Test
    void endpointThatIsNeverClosedIsNamed() {
        final class NeverClosed extends ForwardingEndpoint implements AutoCloseable {
            @Override
            public void close() {
                hang();
            }
        }

        Overseer overseer = new Overseer(SHORT);
        Violation violation = violation(overseer, () -> {
            overseer.letGo(overseer.make(NeverClosed::new));
            return "let go of";
        });
        assertThat(violation.details().getFirst()).startsWith("close()");
    }

    @Test
    void callThatWaitsIsInterrupted() throws Exception {
        CompletableFuture<Thread> interrupted = new CompletableFuture<>();
        Overseer overseer = new Overseer(SHORT);
        violation(overseer, () -> overseer.make(() -> new ForwardingEndpoint() {
            @Override
            public Outcome<Outcome.Done> advance(long nanos) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    interrupted.complete(Thread.currentThread());
                }
                return super.advance(nanos);
            }
        }).advance(1));
        interrupted.get().join();
    }

    @Test
    void callsThatComeBackLateAreNotFollowedByOthers() throws Exception {
        AtomicInteger after = new AtomicInteger();
        Overseer overseer = new Overseer(SHORT);
        violation(overseer, () -> {
            Endpoint endpoint = overseer.make(() -> new ForwardingEndpoint() {
                @Override
                public Outcome<Outcome.Done> advance(long nanos) {
                    hang();
                    return super.advance(nanos);
                }
            });
            endpoint.advance(1);
            return after.incrementAndGet();
        });
        release.countDown();
        hanging.get().join();
        assertThat(after).hasValue(0);
    }

    @Test
    void runOfManySlowCallsEnds() {
        CountDownLatch never = new CountDownLatch(1);
        Overseer overseer = new Overseer(SHORT);
        Violation violation = violation(overseer, () -> {
            Endpoint slow = overseer.make(() -> new ForwardingEndpoint() {
                @Override
                public Outcome<Outcome.Done> advance(long nanos) {
                    try {
                        never.await(20, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("a call in time is not interrupted", e);
                    }
                    return super.advance(nanos);
                }
            });
            slow.open(Config.DEFAULTS, 1, OptionalLong.empty());
            while (true) {
                slow.advance(1);
            }
        });
        assertThat(violation.kind()).isEqualTo(Overseer.SLOW);
        assertThat(violation.details().getFirst()).endsWith("have taken longer than 2.4 s");
        assertThat(Overseer.isHang(violation)).isTrue();
    }

    @Test
    void errorOfAnEndpointIsAViolation() {
        Overseer overseer = new Overseer(LONG);
        Violation violation = violation(overseer, () -> overseer.make(() -> new ForwardingEndpoint() {
            @Override
            public Outcome<Outcome.Done> advance(long nanos) {
                return advance(nanos + 1);
            }
        }).advance(1));
        assertThat(violation.details()).first().isEqualTo("java.lang.StackOverflowError");
    }

    @Test
    void whatIsNotTheEndpointsFaultIsThrown() {
        Overseer overseer = new Overseer(LONG);
        assertThatThrownBy(() -> overseer.run("test", () -> {
            throw new IllegalArgumentException("ours");
        })).isInstanceOf(IllegalArgumentException.class).hasMessage("ours");
    }

    @Test
    void answersPassThrough() {
        Overseer overseer = new Overseer(LONG);
        assertThat(overseer.run("test", () -> {
            Endpoint endpoint = overseer.make(ForwardingEndpoint::new);
            endpoint.open(Config.DEFAULTS, 1, OptionalLong.empty());
            Outcome<Integer> sent = endpoint.send(7, Bytes.of((byte) 1));
            overseer.letGo(endpoint);
            return sent;
        })).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void patienceIsBounded() {
        assertThatThrownBy(() -> new Patience(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessageContaining("PT0S");
        assertThatThrownBy(() -> new Patience(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new Patience(Duration.ofSeconds(1), Duration.ofSeconds(1)).run()).isEqualTo(Duration.ofSeconds(1));
    }
}
