package org.netchannel.conformance.run;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.application.Applications;
import org.netchannel.conformance.application.Conversation;
import org.netchannel.conformance.application.Liveness;
import org.netchannel.conformance.link.Choices;
import org.netchannel.conformance.link.Host;
import org.netchannel.conformance.link.Link;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.conformance.link.PacketInFlight;
import org.netchannel.conformance.link.SeededChoices;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config.Setting;

/**
 * The end of a run: the network heals, everything moves until nothing does, and then everything that was promised must
 * have come true. One thread calls.
 */
final class Settlement {
    /** So many times in a row time passes and nothing moves: then nothing will. */
    private static final int QUIET_ROUNDS = 2;
    private static final int ROUNDS = 2_000;
    private static final int ROUNDS_PER_BYTE = 8;
    private static final int READ_BYTES = 1 << 20;
    private static final int MOST_MOVES = 12;
    private static final ChannelClass[] DATA_CLASSES = {ChannelClass.LATENCY, ChannelClass.THROUGHPUT};

    private final World world;
    private final Link link;
    private final Applications applications;
    private final Liveness liveness;

    Settlement(World world) {
        this.world = world;
        link = world.link();
        applications = world.applications();
        liveness = new Liveness(applications);
    }

    /** Settles and checks; throws {@link ViolationFound} at the first thing that is wrong. */
    void run() {
        heal();
        if (world.forger().restarted()) {
            // A host takes its peer for an earlier life: nothing is promised any more but the bytes.
            world.pump().untilNothingMoves();
            return;
        }
        // NC-HOL-10: those who never read must not keep the others from completing.
        if (applications.ledger().conversations().stream().anyMatch(world::neverRead)) {
            settle(world::neverRead);
            checkComplete(world::neverRead);
        }
        settle(conversation -> false);
        checkComplete(conversation -> false);
        shutDown();
        closeAll();
        checkGone();
        new Rebirth(world, this).run(world.seed());
    }

    /** Makes every failure and opening visible, and sees to a control channel and a channel of each class. */
    private void heal() {
        for (LinkChannel channel : List.copyOf(link.channels())) {
            for (int host = 0; host < 2; host++) {
                heal(channel, host);
            }
        }
        if (link.redialDue()) {
            world.openForBoth(link.dialingHost(), ChannelClass.CONTROL);
        }
        for (ChannelClass trafficClass : DATA_CLASSES) {
            if (link.count(c -> c.channelClass() == trafficClass && c.lasting()) == 0) {
                world.openForBoth(0, trafficClass);
            }
        }
    }

    private void heal(LinkChannel channel, int host) {
        if (channel.failed() && channel.view(host) != LinkChannel.View.DOWN) {
            link.seeFailure(channel, host);
        } else if (!channel.failed() && channel.view(host) == LinkChannel.View.UNSEEN) {
            link.seeOpening(channel, host);
        }
    }

    /** Moves packets and bytes, and lets time pass when nothing moves, until time makes no difference. */
    void settle(Predicate<Conversation> unread) {
        long rounds = ROUNDS + ROUNDS_PER_BYTE * outstanding();
        int quiet = 0;
        for (long round = 0; quiet < QUIET_ROUNDS; round++) {
            if (round == rounds) {
                throw Pump.neverQuiet("packets still move after " + rounds + " rounds");
            }
            quiet = world.pump().untilNothingMoves() | act(unread) ? 0 : quiet + 1;
            if (quiet > 0) {
                letTimePass(longestTimer());
            }
            world.coverage().count(Counter.SETTLING_ROUNDS);
        }
    }

    private long outstanding() {
        long bytes = 0;
        for (Conversation conversation : applications.ledger().conversations()) {
            bytes += conversation.side(0).taken() - conversation.side(1).read();
            bytes += conversation.side(1).taken() - conversation.side(0).read();
        }
        return bytes;
    }

    private boolean act(Predicate<Conversation> unread) {
        boolean any = applications.acceptAll(0) | applications.acceptAll(1);
        for (Conversation conversation : applications.ledger().conversations()) {
            for (int host = 0; host < 2; host++) {
                any |= conversation.side(host).readable() && !unread.test(conversation)
                        && applications.sockets().receive(conversation, host, READ_BYTES);
            }
        }
        return any;
    }

    private void letTimePass(long nanos) {
        link.advance(0, nanos);
        link.advance(1, nanos);
    }

    private long longestTimer() {
        long longest = 0;
        for (int i = 0; i < 2; i++) {
            Host host = link.host(i);
            longest = Math.max(longest, host.get(Setting.ACK_DELAY_NANOS));
            longest = Math.max(longest, host.get(Setting.HOL_TIMER_NANOS));
        }
        return longest;
    }

    /** Checks what is promised; a connect that only a forged packet can have lost gets its timeout first. */
    void checkComplete(Predicate<Conversation> unread) {
        if (liveness.askAll()) {
            liveness.checkAnswered(Conversation::isHit);
            long timeout = Math.max(link.host(0).get(Setting.CONNECT_TIMEOUT_NANOS),
                    link.host(1).get(Setting.CONNECT_TIMEOUT_NANOS));
            letTimePass(timeout);
            settle(unread);
            liveness.checkAnswered(conversation -> false);
        }
        liveness.checkComplete(unread);
    }

    private void shutDown() {
        onOpen((conversation, host) -> {
            if (conversation.isHit()) {
                applications.sockets().abort(conversation, host);
            } else if (!conversation.side(host).finished()) {
                applications.sockets().shutdown(conversation, host);
            }
        });
        if (world.failsAtEnd()) {
            failControl(new SeededChoices(world.seed()));
        }
        settle(conversation -> false);
        checkComplete(conversation -> false);
    }

    /** The control channels fail while connections end, and each host sees it in its own time (NC-FAIL-2, NC-FIN-6). */
    private void failControl(Choices choices) {
        world.pump().move(choices, choices.below(MOST_MOVES));
        for (LinkChannel channel : List.copyOf(link.channels())) {
            if (channel.channelClass() == ChannelClass.CONTROL && !channel.failed()) {
                link.fail(channel, choices.below(channel.inFlight(0) + 1), choices.below(channel.inFlight(1) + 1));
            }
        }
        world.pump().move(choices, choices.below(MOST_MOVES));
        heal();
    }

    void closeAll() {
        onOpen(applications.sockets()::close);
        for (int host = 0; host < 2; host++) {
            while (applications.unlisten(host, 0)) {
                // until none is left
            }
        }
        settle(conversation -> false);
    }

    /** Does something with every socket that an application holds. */
    private interface Act {
        void on(Conversation conversation, int host);
    }

    private void onOpen(Act act) {
        for (Conversation conversation : applications.ledger().conversations()) {
            for (int host = 0; host < 2; host++) {
                if (conversation.side(host).open()) {
                    act.on(conversation, host);
                }
            }
        }
    }

    /**
     * A new control channel repeats the state of every connection that is still there (NC-FAIL-2). One that a forged
     * packet has hit may be: a forged STOP holds bytes back for ever.
     */
    private void checkGone() {
        world.leftovers().begin(this::mustBeGone);
        world.openForBoth(link.dialingHost(), ChannelClass.CONTROL);
        settle(conversation -> false);
        PacketInFlight leftover = world.leftovers().leftover();
        if (leftover != null) {
            throw new ViolationFound(new Violation("a connection is still there after both sides have closed it",
                    Set.of("NC-FIN-5", "NC-FIN-6", "NC-DATA-5", "NC-RST-1", "NC-HS-8"),
                    List.of(applications.ledger().find(leftover.header().connection()).toString(), "host "
                            + Host.name(world.leftovers().leftBy()) + " sent " + leftover.header())));
        }
    }

    private boolean mustBeGone(long connection) {
        Conversation conversation = applications.ledger().find(connection);
        return conversation != null && !conversation.isHit();
    }
}
