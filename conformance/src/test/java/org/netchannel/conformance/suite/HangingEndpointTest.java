package org.netchannel.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.conformance.Overseer;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.run.ForwardingEndpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;

/** An endpoint in this JVM that hangs is a finding of every part, and no part waits for it for ever. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingEndpointTest {
    private static final Patience PATIENCE = Patience.ofCall(Duration.ofSeconds(2));

    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void release() {
        end.countDown();
    }

    private final class HangingAtClose extends ForwardingEndpoint {
        @Override
        public Outcome<Done> close(int socket) {
            try {
                end.await();
            } catch (InterruptedException e) { // like the locks of many
                Thread.currentThread().interrupt();
            }
            return super.close(socket);
        }
    }

    /** But of that which looks at lines: an endpoint in this JVM has none. */
    @ParameterizedTest
    @EnumSource(value = Part.class, mode = EnumSource.Mode.EXCLUDE, names = "LINES")
    void hangIsFoundAndEndsThePart(Part part) throws Exception {
        Plan plan = new Plan(Set.of(part), EnumSet.of(Topic.CLOSE), List.of(Arrangement.SELF), 1, 1_000,
                Duration.ofMinutes(1), 3, 1);
        Subject subject = new Subject("hanging", HangingAtClose::new, PATIENCE);
        Result result = new Suite(subject, plan, Path.of("../specs/tla")).run(progress -> { });
        Finding finding = result.findings().getFirst();
        assertThat(finding.smallest().violation().kind()).isEqualTo(Overseer.HANG);
        assertThat(finding.clauses()).containsExactly(Overseer.CLAUSE);
        assertThat(finding.smallest().violation().details().getFirst()).startsWith("close(");
        assertThat(finding.smallest().isWithoutAnswer()).isTrue();
        assertThat(finding.smallest().trace()).isNotEmpty();
        assertThat(result.parts().getFirst().remark()).isEqualTo("ended after 3 runs that took too long");
    }
}
