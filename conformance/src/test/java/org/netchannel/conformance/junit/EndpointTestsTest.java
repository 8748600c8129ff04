package org.netchannel.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.run.ForwardingEndpoint;
import org.netchannel.traces.Bytes;
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

    @Test
    void drillsOfAWrongImplementationFailAndNameTheClauses() {
        List<DynamicTest> drills = wrong.drills().toList();
        assertThat(drills).hasSizeGreaterThan(400);
        DynamicTest failing = drills.stream()
                .filter(drill -> drill.getDisplayName().startsWith("overlap with several pieces"))
                .findFirst().orElseThrow();
        assertThatThrownBy(failing.getExecutable()::execute)
                .isInstanceOf(AssertionError.class).hasMessageContaining("NC-");
    }

    @Test
    void scenariosAreNamedByProfileAndSeed() {
        assertThat(wrong.scenariosOfEachProfile().map(DynamicTest::getDisplayName))
                .contains("data, seed 4", "data, seed 5", "head_of_line, seed 4").hasSize(12);
    }

    @Test
    void aScenarioOfAWrongImplementationFailsWithADiagram() {
        DynamicTest data = wrong.scenariosOfEachProfile()
                .filter(scenario -> scenario.getDisplayName().equals("data, seed 4")).findFirst().orElseThrow();
        assertThatThrownBy(data.getExecutable()::execute)
                .isInstanceOf(AssertionError.class).hasMessageContaining("seed");
    }
}
