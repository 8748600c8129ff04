package org.netchannel.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.run.ForwardingEndpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;

class DrillRunnerTest {
    private static final TraceChecker CONTENT = (header, lines) -> new Verdict.Accepted(1, Set.of("NC-HS-1"));

    private static Drill drill(Drill.Script script) {
        return Drill.of("test", "what happens", "NC-CH-5", Role.CONNECTING, script);
    }

    @Test
    void whatTheCheckerSaysComesBeforeWhatWasSeen() {
        TraceChecker strict = (header, lines) -> new Verdict.Rejected(2, Set.of("NC-HS-1"), List.of("so"));
        DrillResult result = new DrillRunner(ForwardingEndpoint::new, strict).run(drill(stage -> {
            stage.start(Stage.SMALL);
            throw new CannotGoOn("a socket");
        }));
        Violation violation = result.violation().orElseThrow();
        assertThat(violation.kind()).contains("rejected");
        assertThat(result.inPlay()).containsExactly("NC-CH-5", "NC-HS-1");
        assertThat(result.trace()).hasSize(2);
        assertThat(result.clauses()).isEmpty();
    }

    @Test
    void whatTheCheckerCannotSeeIsStillAViolation() {
        DrillResult result = new DrillRunner(ForwardingEndpoint::new, CONTENT).run(drill(stage -> {
            stage.start(Stage.SMALL);
            DrilledConnection connection = stage.connection();
            connection.stop(1);
            connection.send(10);
            connection.mustHaveSentAll();
        }));
        assertThat(result.violation().orElseThrow().kind()).contains("not sent");
        assertThat(result.inPlay()).containsExactly("NC-CH-5");
    }

    @Test
    void exceptionOfTheHostIsAViolation() {
        DrillResult result = new DrillRunner(ForwardingEndpoint::new, CONTENT).run(drill(stage -> {
            throw new IllegalStateException("broken");
        }));
        assertThat(result.violation().orElseThrow().toString()).contains("exception").contains("broken");
    }

    @Test
    void callThatDoesNotComeBackIsAViolation() {
        CountDownLatch end = new CountDownLatch(1);
        DrillRunner runner = new DrillRunner(() -> new ForwardingEndpoint() {
            @Override
            public Outcome<Done> channelDrain(int channel) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.channelDrain(channel);
            }
        }, CONTENT, Patience.ofCall(Duration.ofSeconds(2)));
        DrillResult result = runner.run(drill(stage -> {
            stage.open(Stage.SMALL);
            stage.drain(Stage.FIRST);
        }));
        end.countDown();
        assertThat(result.violation().orElseThrow().kind()).isEqualTo("a call did not come back");
        assertThat(result.trace()).hasSize(1);
        assertThat(runner.isStuck()).isTrue();
    }

    @Test
    void drillThatPassesTellsTheClauses() {
        DrillRunner runner = new DrillRunner(ForwardingEndpoint::new, CONTENT);
        DrillResult result = runner.run(drill(stage -> stage.start(Stage.SMALL)));
        assertThat(result.violation()).isEmpty();
        assertThat(result.clauses()).containsExactly("NC-HS-1");
        assertThat(runner.isStuck()).isFalse();
    }
}
