package org.netchannel.conformance.run;

import java.util.List;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.link.Choices;
import org.netchannel.conformance.link.Link;
import org.netchannel.conformance.link.LinkChannel;

/** Moves packets from host to host, in an order that the caller leaves to choices or to the pump. */
public final class Pump {
    private static final int BATCH = 64;
    private static final int SMALL_BATCH = 5;
    private static final int MOST_ROUNDS = 2_000;

    private final Link link;

    Pump(Link link) {
        this.link = link;
    }

    /** Pulls on one channel or delivers from one; says whether a packet moved. */
    boolean move(Choices choices) {
        int host = choices.below(2);
        int pick = choices.below(1 << 16);
        int max = choices.onceIn(4) ? BATCH : choices.between(1, SMALL_BATCH);
        if (choices.below(2) == 0) {
            LinkChannel channel = link.pick(pick, c -> c.deliverable(host));
            if (channel != null) {
                return link.deliver(channel, host, max) > 0;
            }
        }
        LinkChannel channel = link.pick(pick, c -> c.up(host));
        return channel != null && link.pull(channel, host, max) > 0;
    }

    /** Makes so many moves in a chosen order, or fewer when many in a row find nothing to move. */
    void move(Choices choices, int moves) {
        int idle = 0;
        for (int i = 0; i < moves && idle < 2 * link.channels().size(); i++) {
            idle = move(choices) ? 0 : idle + 1;
        }
    }

    /**
     * Moves everything that can move without time passing.
     *
     * @return whether anything did
     */
    public boolean untilNothingMoves() {
        int rounds = 0;
        while (round()) {
            if (++rounds > MOST_ROUNDS) {
                throw neverQuiet("packets still move after " + rounds + " rounds in which no time passed");
            }
        }
        return rounds > 0;
    }

    static ViolationFound neverQuiet(String detail) {
        return new ViolationFound(Violation.of(
                "the hosts never get quiet", detail, "NC-HOL-4", "NC-HOL-7", "NC-HS-7", "NC-DATA-5"));
    }

    private boolean round() {
        boolean any = false;
        for (LinkChannel channel : List.copyOf(link.channels())) {
            for (int host = 0; host < 2; host++) {
                any |= channel.up(host) && link.pull(channel, host, BATCH) > 0;
            }
            for (int host = 0; host < 2; host++) {
                any |= channel.deliverable(host) && link.deliver(channel, host, BATCH) > 0;
            }
        }
        return any;
    }
}
