package org.netchannel.conformance.scenario;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.link.Choices;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** What a scenario is about. Every profile has every kind of step that its theme needs; weights differ. */
public enum Profile {
    /** Connects, both ways and crossing, with and without listeners, full backlogs, reused ports, timeouts. */
    HANDSHAKE(70, Sizes.MIXED, new Rules()
            .moving(10).time(7).connecting(8).listening(4).writing(3).reading(3).closing(2).aborting(1).asking(2)
            .failing(1).channels(1).list()),
    /** Streams over several channels, cut and ordered in every way. */
    DATA(60, Sizes.ANY, new Rules()
            .moving(10).conversing(12, 60).time(6).connecting(2).writing(8).reading(8).closing(1).channels(1).list()),
    /** Small buffers and budgets, slow readers, many connections on the same channels. */
    HEAD_OF_LINE(70, Sizes.CROWDED, new Rules()
            .moving(10).conversing(6, 60).time(8).connecting(3, 1).writing(14).reading(5).closing(1).channels(1)
            .redialing(2).list()),
    /** Shutdown, close and abort at every moment. */
    CLOSE(70, Sizes.MIXED, new Rules()
            .moving(10).conversing(3, 30).time(5).connecting(4).listening(1).writing(6).reading(6).closing(5)
            .aborting(2).asking(2).failing(1).list()),
    /** Channels that fail, are dialed again and drained, seen at different times by the two hosts. */
    FAILURE(90, Sizes.MIXED, new Rules()
            .moving(10).conversing(5, 40).time(6).connecting(3).writing(6).reading(6).closing(2).aborting(1)
            .channels(4).failing(5).list()),
    /** Packets that no peer sent, among everything else. */
    HOSTILE(70, Sizes.MIXED, new Rules()
            .moving(10).conversing(4, 30).time(4).connecting(3).writing(5).reading(5).closing(2).channels(1)
            .failing(1).forging(14).list());

    private static final int MOST_PACKETS = 128;

    private final int mostSteps;
    private final Sizes sizes;
    private final List<Rule> rules;
    private final int weights;

    Profile(int mostSteps, Sizes sizes, List<Rule> rules) {
        this.mostSteps = mostSteps;
        this.sizes = sizes;
        this.rules = rules;
        weights = rules.stream().mapToInt(Rule::weight).sum();
    }

    /**
     * How long a scenario gets.
     *
     * @return the largest number of steps after the opening ones
     */
    public int mostSteps() {
        return mostSteps;
    }

    /**
     * What steps there are.
     *
     * @return the rules, never empty
     */
    public List<Rule> rules() {
        return rules;
    }

    /**
     * Makes a step.
     *
     * @param choices where everything comes from
     * @return the step
     */
    public Step draw(Choices choices) {
        int left = choices.below(weights);
        for (Rule rule : rules) {
            left -= rule.weight();
            if (left < 0) {
                return rule.draw(choices);
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    /**
     * Makes the first steps: listeners and connections, so that there is something to talk on.
     *
     * @param choices where everything comes from
     * @return a few steps
     */
    public List<Step> opening(Choices choices) {
        List<Step> steps = new ArrayList<>();
        for (int host = 0; host < 2; host++) {
            for (int port = choices.below(2); port < choices.between(1, 3); port++) {
                steps.add(new Step.Listen(host, port, choices.below(4)));
            }
        }
        int connects = this == HANDSHAKE ? choices.below(5) : choices.between(1, 5);
        for (int i = 0; i < connects; i++) {
            steps.add(new Step.Connect(choices.below(2), choices.below(2), crowded() ? 0 : choices.below(2)));
        }
        if (!choices.onceIn(3)) {
            steps.add(new Step.Pump(choices.below(1 << 16), choices.below(40)));
            steps.add(new Step.Accept(0, 0));
            steps.add(new Step.Accept(1, 0));
        }
        if (this != HANDSHAKE && !choices.onceIn(4)) {
            steps.add(new Step.Converse(choices.below(1 << 16), choices.below(80)));
        }
        return steps;
    }

    /** Many connections share few channels. */
    private boolean crowded() {
        return sizes == Sizes.CROWDED;
    }

    /**
     * Makes what a scenario starts from.
     *
     * @param choices where everything comes from
     * @return the start
     */
    public Setup setup(Choices choices) {
        int kind = choices.below(8);
        var a = sizes.config(kind, choices);
        var b = choices.onceIn(3) ? sizes.config(kind, choices) : a;
        int channels = crowded() && !choices.onceIn(3) ? 1 : choices.between(1, 4);
        boolean someNeverRead = crowded() ? choices.onceIn(2) : choices.onceIn(4);
        return new Setup(receiving(a, b), receiving(b, a), channels, crowded() ? 1 : choices.between(1, 4),
                choices.below(2), !choices.onceIn(3), someNeverRead ? choices.between(2, 4) : 0, choices.onceIn(3));
    }

    /** A full send buffer is at most so many packets: the specification takes time in proportion to its queues. */
    private static Config receiving(Config own, Config peer) {
        long least = Math.ceilDiv(peer.get(Setting.SEND_BUFFER), MOST_PACKETS);
        return own.get(Setting.MAX_PAYLOAD) < least ? own.with(Setting.MAX_PAYLOAD, least) : own;
    }
}
