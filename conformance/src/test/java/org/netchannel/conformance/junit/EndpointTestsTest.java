package org.netchannel.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.run.ForwardingEndpoint;
import org.netchannel.conformance.walk.Walk;
import org.netchannel.conformance.walk.Walks;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.PacketHeader;

/** A wrong implementation fails in an implementer's build, and is told why. */
class EndpointTestsTest {
    /** Loses every packet with payload but HELLO. */
    private static final class Losing extends ForwardingEndpoint {
        private static final int HELLO_BYTES = 64;

        @Override
        public Outcome<Delivery> deliver(int channel, Bytes packet) {
            boolean hasPayload = packet.length() > PacketHeader.BYTES;
            return hasPayload && packet.length() != HELLO_BYTES
                    ? Outcome.ok(new Delivery(true, false))
                    : super.deliver(channel, packet);
        }
    }

    private final EndpointTests wrong = new EndpointTests() {
        @Override
        protected Endpoint newEndpoint() {
            return new Losing();
        }

        @Override
        protected long seed() {
            return 4;
        }

        @Override
        protected int scenarios() {
            return 2;
        }
    };

    private static String failure(Stream<DynamicTest> tests, Predicate<String> name) {
        DynamicTest failing = tests.filter(test -> name.test(test.getDisplayName())).findFirst().orElseThrow();
        AssertionError error = catchThrowableOfType(AssertionError.class, failing.getExecutable()::execute);
        assertThat(error).as(failing.getDisplayName()).isNotNull();
        return error.getMessage();
    }

    @Test
    void drillsOfAWrongImplementationFailAndNameTheClauses() {
        assertThat(wrong.drills()).hasSizeGreaterThan(400);
        assertThat(failure(wrong.drills(), name -> name.startsWith("overlap with several pieces")))
                .startsWith("FAILED  drill \"overlap with several pieces")
                .contains("NC-DATA-1", "the specification says: ", "step  A", "DATA", "FORGED");
    }

    @Test
    void walksOfAWrongImplementationFailAndNameTheClauses() {
        assertThat(wrong.walks().count()).isEqualTo(Walks.builtIn().size());
        assertThat(failure(wrong.walks(), name -> name.equals("walk " + losing())))
                .startsWith("FAILED  a walk of ")
                .contains("clauses NC-", "the specification says: ", "AppSend", "step  A", "DATA");
    }

    /** A walk in which the implementation is both, and bytes are sent and arrive. */
    private static int losing() {
        List<Walk> walks = Walks.builtIn();
        return IntStream.rangeClosed(1, walks.size())
                .filter(number -> number % 3 == 0)
                .filter(number -> walks.get(number - 1).steps().stream()
                        .anyMatch(step -> step.action().equals("Arrive") && step.packet().equals("DATA")))
                .findFirst().orElseThrow();
    }

    @Test
    void testOfAnImplementationThatHangsFailsInTime() {
        CountDownLatch never = new CountDownLatch(1);
        EndpointTests hanging = new EndpointTests() {
            @Override
            protected Endpoint newEndpoint() {
                return new ForwardingEndpoint() {
                    @Override
                    public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return super.open(config, seed, incarnation);
                    }
                };
            }

            @Override
            protected Patience patience() {
                return Patience.ofCall(Duration.ofMillis(300));
            }
        };
        Stream.of(hanging.drills(), hanging.walks(), hanging.scenariosOfEachProfile()).forEach(tests ->
                assertThat(failure(tests, name -> true)).contains("a call did not come back", "endpoint.md",
                        "open(Config[", "has taken longer than 0.3 s"));
    }

    @Test
    void scenariosAreNamedByProfileAndSeed() {
        assertThat(wrong.scenariosOfEachProfile().map(DynamicTest::getDisplayName))
                .contains("data, seed 4", "data, seed 5", "head_of_line, seed 4").hasSize(12);
    }

    @Test
    void scenarioOfAWrongImplementationFailsWithADiagram() {
        assertThat(failure(wrong.scenariosOfEachProfile(), name -> name.equals("data, seed 4")))
                .contains("seed", "NC-DATA-", "step  A");
    }
}
