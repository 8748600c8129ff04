package org.netchannel.conformance.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.run.ForwardingEndpoint;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;

/** Hosts that are wrong only when one call comes right after a certain other one. */
class WalkMutantsTest {
    private static SpecOracle oracle;

    @BeforeAll
    static void load() {
        oracle = new SpecOracle(Path.of("../specs/tla"));
    }

    /** Forgets a shutdown that comes right after a channel has failed. */
    private static final class ForgetsShutdown extends ForwardingEndpoint {
        private boolean channelFailed;

        @Override
        public Outcome<Done> channelDown(int channel) {
            channelFailed = true;
            return super.channelDown(channel);
        }

        @Override
        public Outcome<List<Bytes>> pull(int channel, int max) {
            channelFailed = false;
            return super.pull(channel, max);
        }

        @Override
        public Outcome<Delivery> deliver(int channel, Bytes packet) {
            channelFailed = false;
            return super.deliver(channel, packet);
        }

        @Override
        public Outcome<Done> shutdown(int socket) {
            return channelFailed ? Outcome.done() : super.shutdown(socket);
        }
    }

    /** Forgets a listener that is made right after a channel began to drain. */
    private static final class ForgetsListener extends ForwardingEndpoint {
        private boolean draining;

        @Override
        public Outcome<Done> channelDrain(int channel) {
            draining = true;
            return super.channelDrain(channel);
        }

        @Override
        public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
            draining = false;
            return super.channelUp(channel, channelClass, dialer);
        }

        @Override
        public Outcome<List<Bytes>> pull(int channel, int max) {
            draining = false;
            return super.pull(channel, max);
        }

        @Override
        public Outcome<Delivery> deliver(int channel, Bytes packet) {
            draining = false;
            return super.deliver(channel, packet);
        }

        @Override
        public Outcome<Done> listen(int port, int backlog) {
            return draining ? Outcome.done() : super.listen(port, backlog);
        }
    }

    private static List<WalkResult> failed(Supplier<Endpoint> mutant) {
        WalkRunner runner = new WalkRunner(mutant, oracle);
        return Walks.builtIn().stream()
                .map(walk -> runner.run(walk, 1))
                .filter(result -> result.violation().isPresent())
                .toList();
    }

    @Test
    void shutdownThatIsForgottenRightAfterAFailureIsFound() {
        assertThat(failed(ForgetsShutdown::new)).isNotEmpty().hasSizeLessThan(Walks.builtIn().size() / 4);
    }

    @Test
    void listenerThatIsForgottenRightAfterDrainingIsFound() {
        assertThat(failed(ForgetsListener::new)).isNotEmpty().hasSizeLessThan(Walks.builtIn().size() / 4);
    }
}
