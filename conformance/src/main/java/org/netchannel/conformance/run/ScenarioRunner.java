package org.netchannel.conformance.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.netchannel.conformance.Overseer;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.application.Conversation;
import org.netchannel.conformance.link.Host;
import org.netchannel.conformance.link.LinkWatcher;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.conformance.scenario.Setup;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.TraceHeader;

/** Runs scenarios on endpoints and checks what both applications see (the first depth: bytes). One thread calls. */
public final class ScenarioRunner {
    private final Supplier<Endpoint> endpointA;
    private final Supplier<Endpoint> endpointB;
    private final Patience patience;

    /**
     * Makes a runner for two implementations, or twice the same.
     *
     * @param endpointA makes an endpoint for host A, one for each run
     * @param endpointB makes an endpoint for host B, one for each run
     */
    public ScenarioRunner(Supplier<Endpoint> endpointA, Supplier<Endpoint> endpointB) {
        this(endpointA, endpointB, Patience.DEFAULT);
    }

    /**
     * Makes a runner for two implementations that may be slow.
     *
     * @param endpointA makes an endpoint for host A, one for each run
     * @param endpointB makes an endpoint for host B, one for each run
     * @param patience how long calls and runs may take
     */
    public ScenarioRunner(Supplier<Endpoint> endpointA, Supplier<Endpoint> endpointB, Patience patience) {
        this.endpointA = endpointA;
        this.endpointB = endpointB;
        this.patience = patience;
    }

    /**
     * Runs a scenario to its end, or to its first violation.
     *
     * @param scenario the scenario
     * @return what it came to; the same each time for endpoints that keep to endpoint.md
     */
    public Run run(Scenario scenario) {
        World world = new World(scenario.setup(), scenario.seed());
        Optional<Violation> violation =
                violationOf(world, List.of(), () -> new Stepper(world).take(scenario.steps()));
        count(world);
        return new Run(scenario, header(world, scenario.setup()), world.trace(), violation, world.coverage());
    }

    /**
     * Runs a script, and settles and checks everything after it as after a scenario, or runs to the first violation.
     *
     * @param setup what it starts from
     * @param seed fixes what the endpoints choose
     * @param script what happens
     * @return what it came to; the same each time for endpoints that keep to endpoint.md
     */
    public Played play(Setup setup, long seed, Script script) {
        World world = new World(setup, seed);
        Optional<Violation> violation = violationOf(
                world, List.of(script), () -> script.play(world.link(), world.applications(), world.pump()));
        return new Played(header(world, setup), world.trace(), violation);
    }

    private static TraceHeader header(World world, Setup setup) {
        return new TraceHeader(
                world.implementation(), List.of(Host.name(0), Host.name(1)), setup.configA(), world.seed());
    }

    private Optional<Violation> violationOf(World world, List<LinkWatcher> watchers, Runnable steps) {
        Overseer overseer = new Overseer(patience);
        try {
            return overseer.run("run", () -> violationOf(world, overseer, watchers, steps));
        } catch (ViolationFound found) {
            return Optional.of(found.violation());
        }
    }

    private Optional<Violation> violationOf(
            World world, Overseer overseer, List<LinkWatcher> watchers, Runnable steps) {
        Endpoint a = overseer.make(endpointA);
        try {
            Endpoint b = overseer.make(endpointB);
            try {
                return violationOf(world, a, b, watchers, steps);
            } finally {
                overseer.letGo(b);
            }
        } finally {
            overseer.letGo(a);
        }
    }

    private static Optional<Violation> violationOf(
            World world, Endpoint a, Endpoint b, List<LinkWatcher> watchers, Runnable steps) {
        try {
            world.open(a, b, watchers);
            steps.run();
            new Settlement(world).run();
            return Optional.empty();
        } catch (ViolationFound found) {
            return Optional.of(found.violation());
        } catch (RuntimeException thrown) { // the trace ends before the call that did
            return Optional.of(Overseer.thrown(thrown));
        }
    }

    private static void count(World world) {
        Coverage coverage = world.coverage();
        coverage.count(Counter.SCENARIOS);
        coverage.add(Counter.CALLS, world.trace().size());
        for (Conversation conversation : world.conversations()) {
            coverage.count(Counter.CONNECTS);
            boolean made = conversation.side(0).attached() && conversation.side(1).attached();
            coverage.add(Counter.CONNECTIONS, made ? 1 : 0);
            for (int host = 0; host < 2; host++) {
                coverage.add(Counter.BYTES_READ, conversation.side(host).read());
                coverage.add(Counter.STREAMS_ENDED, conversation.side(host).ended() ? 1 : 0);
                conversation.side(host).reason().ifPresent(coverage::count);
            }
        }
    }
}
