package org.netchannel.conformance.run;

import java.util.List;
import org.netchannel.conformance.application.Applications;
import org.netchannel.conformance.application.Conversation;
import org.netchannel.conformance.forge.Forgery;
import org.netchannel.conformance.link.Choices;
import org.netchannel.conformance.link.Link;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.conformance.link.SeededChoices;
import org.netchannel.conformance.scenario.Scale;
import org.netchannel.conformance.scenario.Step;
import org.netchannel.traces.ChannelClass;

/** Takes the steps of a scenario: resolves their numbers against what there is, and skips what makes no sense. */
final class Stepper {
    private static final int[] PORTS = {80, 443, 80, 7, 80, 65_535};
    private static final int MOST_CONNECTIONS = 12;
    private static final int MOST_CHANNELS = 4;
    private static final int MOST_CONTROL_CHANNELS = 3;
    private static final ChannelClass[] DATA_CLASSES = {ChannelClass.LATENCY, ChannelClass.THROUGHPUT};

    private final World world;
    private final Link link;
    private final Applications applications;

    Stepper(World world) {
        this.world = world;
        link = world.link();
        applications = world.applications();
    }

    void take(List<Step> steps) {
        for (Step step : steps) {
            world.coverage().count(take(step) ? Counter.STEPS : Counter.STEPS_SKIPPED);
        }
    }

    private boolean take(Step step) {
        return switch (step) {
            case Step.Pull(int host, int pick, int max) -> pull(host, pick, max + 1);
            case Step.Deliver(int host, int pick, int max) -> deliver(host, pick, max + 1);
            case Step.Pump(int salt, int moves) -> pump(salt, moves + 1);
            case Step.Converse(int salt, int moves) -> converse(new SeededChoices(salt), moves + 1);
            case Step.Advance(int host, int span) -> advance(host, span);
            case Step.OpenChannel(int dialer, int trafficClass, int first) ->
                openChannel(dialer, DATA_CLASSES[trafficClass], first);
            case Step.Redial(int first) -> redial(first);
            case Step.SeeOpening(int host, int pick) -> seeOpening(host, pick);
            case Step.Drain(int host, int pick) -> drain(host, pick);
            case Step.Fail(int pick, int keptTowardA, int keptTowardB) -> fail(pick, keptTowardA, keptTowardB);
            case Step.SeeFailure(int host, int pick) -> seeFailure(host, pick);
            case Step.Forge(int host, int kind, int salt) -> forge(host, kind, salt);
            case Step.Listen(int host, int port, int backlog) -> listen(host, PORTS[port], backlog + 1);
            case Step.Unlisten(int host, int pick) -> applications.unlisten(host, pick);
            case Step.Connect(int host, int port, int trafficClass) ->
                connect(host, PORTS[port], DATA_CLASSES[trafficClass]);
            case Step.Accept(int host, int pick) -> applications.accept(host, pick);
            case Step.Send(int host, int pick, int amount) -> send(host, pick, amount);
            case Step.Receive(int host, int pick, int amount) -> receive(host, pick, amount);
            case Step.Shutdown(int host, int pick) -> onOpen(host, pick, applications.sockets()::shutdown);
            case Step.Close(int host, int pick) -> onOpen(host, pick, applications.sockets()::close);
            case Step.Abort(int host, int pick) -> onOpen(host, pick, applications.sockets()::abort);
            case Step.Status(int host, int pick) -> status(host, pick);
        };
    }

    private boolean pull(int host, int pick, int max) {
        LinkChannel channel = link.pick(pick, c -> c.up(host));
        if (channel != null) {
            link.pull(channel, host, max);
        }
        return channel != null;
    }

    private boolean deliver(int host, int pick, int max) {
        LinkChannel channel = link.pick(pick, c -> c.deliverable(host));
        if (channel != null) {
            link.deliver(channel, host, max);
        }
        return channel != null;
    }

    private boolean pump(int salt, int moves) {
        world.pump().move(new SeededChoices(salt), moves);
        return true;
    }

    /** Sometimes both applications read, sometimes one of them, sometimes none. */
    private boolean converse(Choices choices, int moves) {
        int readers = choices.below(4);
        boolean any = false;
        for (int i = 0; i < moves; i++) {
            int host = choices.below(2);
            boolean reads = (readers & 1 << host) != 0;
            any |= switch (choices.below(14)) {
                case 0, 1 -> send(host, choices.below(12), choices.below(14));
                case 2, 3, 4 -> reads && receive(host, choices.below(12), choices.below(14));
                case 5 -> advance(host, choices.below(11));
                case 6 -> applications.accept(host, choices.below(4));
                default -> world.pump().move(choices);
            };
        }
        return any;
    }

    private boolean advance(int host, int span) {
        for (int i = 0; i < 2; i++) {
            if (host == i || host == 2) {
                link.advance(i, Scale.span(span, link.host(i).config()));
            }
        }
        return true;
    }

    private boolean openChannel(int dialer, ChannelClass trafficClass, int first) {
        if (link.count(c -> c.channelClass() == trafficClass && c.lasting()) >= MOST_CHANNELS) {
            return false;
        }
        link.seeOpening(link.open(dialer, trafficClass), first);
        world.coverage().count(Counter.CHANNELS_OPENED);
        return true;
    }

    private boolean redial(int first) {
        if (link.count(c -> c.channelClass() == ChannelClass.CONTROL) >= MOST_CONTROL_CHANNELS) {
            return false;
        }
        link.open(link.dialingHost(), ChannelClass.CONTROL);
        // Openings of control channels are seen in their order.
        link.seeOpening(link.pick(0, c -> unseenControl(c, first)), first);
        world.coverage().count(Counter.REDIALS);
        return true;
    }

    private static boolean unseenControl(LinkChannel channel, int host) {
        return channel.channelClass() == ChannelClass.CONTROL && channel.view(host) == LinkChannel.View.UNSEEN;
    }

    private boolean seeOpening(int host, int pick) {
        LinkChannel channel = link.pick(pick, c -> c.view(host) == LinkChannel.View.UNSEEN);
        if (channel == null) {
            return false;
        }
        boolean control = channel.channelClass() == ChannelClass.CONTROL;
        link.seeOpening(control ? link.pick(0, c -> unseenControl(c, host)) : channel, host);
        return true;
    }

    private boolean drain(int host, int pick) {
        LinkChannel channel = link.pick(pick, c -> c.up(host) && c.channelClass() != ChannelClass.CONTROL);
        if (channel != null) {
            link.drain(channel, host);
            world.coverage().count(Counter.CHANNELS_DRAINED);
        }
        return channel != null;
    }

    private boolean fail(int pick, int keptTowardA, int keptTowardB) {
        LinkChannel channel = link.pick(pick, c -> !c.failed());
        if (channel != null) {
            link.fail(channel, keptTowardA % (channel.inFlight(0) + 1), keptTowardB % (channel.inFlight(1) + 1));
            world.coverage().count(Counter.CHANNELS_FAILED);
        }
        return channel != null;
    }

    private boolean seeFailure(int host, int pick) {
        LinkChannel channel = link.pick(pick, c -> c.failed() && c.view(host) != LinkChannel.View.DOWN);
        if (channel != null) {
            link.seeFailure(channel, host);
        }
        return channel != null;
    }

    private boolean forge(int host, int kind, int salt) {
        Forgery forgery = Forgery.values()[kind % Forgery.values().length];
        // A forged restart ends everything, so it is rare.
        boolean rare = forgery == Forgery.NEW_INCARNATION && salt % 16 != 0;
        boolean forged = !rare && world.forger().forge(host, forgery, new SeededChoices(salt));
        if (forged) {
            world.coverage().count(forgery);
        }
        return forged;
    }

    private boolean listen(int host, int port, int backlog) {
        applications.listen(host, port, backlog);
        return true;
    }

    private boolean connect(int host, int port, ChannelClass trafficClass) {
        if (applications.ledger().conversations().size() >= MOST_CONNECTIONS) {
            return false;
        }
        applications.connect(host, port, trafficClass);
        return true;
    }

    private boolean send(int host, int pick, int amount) {
        Conversation conversation = applications.sockets().pickOpen(host, pick);
        if (conversation != null) {
            applications.sockets().send(conversation, host, Scale.amount(amount, link.host(host).config()));
        }
        return conversation != null;
    }

    private boolean receive(int host, int pick, int amount) {
        Conversation conversation = applications.sockets().pickOpen(host, pick);
        if (conversation == null || world.neverRead(conversation)) {
            return false;
        }
        applications.sockets().receive(conversation, host, Scale.amount(amount, link.host(host).config()));
        return true;
    }

    /** A call on a socket. */
    private interface Call {
        void on(Conversation conversation, int host);
    }

    private boolean onOpen(int host, int pick, Call call) {
        Conversation conversation = applications.sockets().pickOpen(host, pick);
        if (conversation != null) {
            call.on(conversation, host);
        }
        return conversation != null;
    }

    private boolean status(int host, int pick) {
        List<Conversation> all = applications.ledger().conversations();
        if (all.isEmpty()) {
            return false;
        }
        Conversation conversation = all.get(pick % all.size());
        if (conversation.side(host).open()) {
            applications.sockets().status(conversation, host);
        } else if (conversation.side(host).attached()) {
            applications.sockets().statusOfGone(conversation, host);
        }
        return conversation.side(host).attached();
    }
}
