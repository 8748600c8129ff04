package org.netchannel.conformance.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.netchannel.conformance.forge.Forgery;

/** The weights of a profile's steps, given by theme. */
final class Rules {
    /** How many spans of time there are, see {@link Scale#span}. */
    static final int SPANS = 16;

    /** How many amounts of bytes there are, see {@link Scale#amount}. */
    static final int AMOUNTS = 14;

    private static final int HOSTS = 2;
    private static final int PICK = 12;
    private static final int PORTS = 6;
    private static final int BATCH = 9;
    private static final int SALT = 1 << 16;

    private final List<Rule> rules = new ArrayList<>();

    private Rules add(int weight, Function<int[], Step> make, int... bounds) {
        rules.add(new Rule(weight, bounds, make));
        return this;
    }

    /** Packets move, one channel at a time or many at once. */
    Rules moving(int weight) {
        return add(weight, n -> new Step.Pull(n[0], n[1], n[2]), HOSTS, PICK, BATCH)
                .add(weight, n -> new Step.Deliver(n[0], n[1], n[2]), HOSTS, PICK, BATCH)
                .add(1 + weight / 2, n -> new Step.Pump(n[0], n[1]), SALT, 24);
    }

    /** Streams grow, many calls in one step. */
    Rules conversing(int weight, int moves) {
        return add(weight, n -> new Step.Converse(n[0], n[1]), SALT, moves);
    }

    Rules time(int weight) {
        return add(weight, n -> new Step.Advance(n[0], n[1]), HOSTS + 1, SPANS);
    }

    Rules connecting(int weight) {
        return connecting(weight, 2);
    }

    /** With one class all connections share the same channels. */
    Rules connecting(int weight, int classes) {
        return add(weight, n -> new Step.Connect(n[0], n[1], n[2]), HOSTS, PORTS, classes)
                .add(weight, n -> new Step.Accept(n[0], n[1]), HOSTS, PORTS);
    }

    Rules listening(int weight) {
        return add(weight, n -> new Step.Listen(n[0], n[1], n[2]), HOSTS, PORTS, 3)
                .add(1 + weight / 2, n -> new Step.Unlisten(n[0], n[1]), HOSTS, PORTS);
    }

    Rules reading(int weight) {
        return add(weight, n -> new Step.Receive(n[0], n[1], n[2]), HOSTS, PICK, AMOUNTS);
    }

    Rules writing(int weight) {
        return add(weight, n -> new Step.Send(n[0], n[1], n[2]), HOSTS, PICK, AMOUNTS);
    }

    Rules closing(int weight) {
        return add(weight, n -> new Step.Shutdown(n[0], n[1]), HOSTS, PICK)
                .add(weight, n -> new Step.Close(n[0], n[1]), HOSTS, PICK);
    }

    Rules aborting(int weight) {
        return add(weight, n -> new Step.Abort(n[0], n[1]), HOSTS, PICK);
    }

    Rules asking(int weight) {
        return add(weight, n -> new Step.Status(n[0], n[1]), HOSTS, PICK);
    }

    /** Channels come and go without loss. */
    Rules channels(int weight) {
        return add(weight, n -> new Step.OpenChannel(n[0], n[1], n[2]), HOSTS, 2, HOSTS)
                .add(weight, n -> new Step.SeeOpening(n[0], n[1]), HOSTS, PICK)
                .add(weight, n -> new Step.Drain(n[0], n[1]), HOSTS, PICK);
    }

    /** Channels fail, and are dialed again. */
    Rules failing(int weight) {
        return add(weight, n -> new Step.Fail(n[0], n[1], n[2]), PICK, BATCH, BATCH)
                .add(weight, n -> new Step.SeeFailure(n[0], n[1]), HOSTS, PICK)
                .redialing(weight);
    }

    /** Control channels are dialed again: for a while there are two. */
    Rules redialing(int weight) {
        return add(weight, n -> new Step.Redial(n[0]), HOSTS)
                .add(weight, n -> new Step.SeeOpening(n[0], n[1]), HOSTS, PICK);
    }

    Rules forging(int weight) {
        return add(weight, n -> new Step.Forge(n[0], n[1], n[2]), HOSTS, Forgery.values().length, SALT);
    }

    List<Rule> list() {
        return List.copyOf(rules);
    }
}
