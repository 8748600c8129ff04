package org.netchannel.conformance.walk;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.netchannel.conformance.application.Applications;
import org.netchannel.conformance.application.Conversation;
import org.netchannel.conformance.application.SocketCalls;
import org.netchannel.conformance.link.Link;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.conformance.link.LinkChannel.View;
import org.netchannel.conformance.link.PacketInFlight;
import org.netchannel.conformance.run.Pump;
import org.netchannel.conformance.run.Script;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.PacketType;

/**
 * Makes two endpoints do what a walk does. What the walk leaves to an implementation (where it cuts the stream, which
 * channel it chooses, when it acknowledges) the implementation decides: a packet is looked for on another data channel,
 * behind others, and after the acknowledgement delay. A step for which an implementation has no occasion is left out.
 */
final class WalkReplay implements Script {
    private static final int LISTENING_HOST = 1;
    private static final int PORT = 80;
    /** Where a listener comes too late for the connections that a model starts from. */
    private static final int OTHER_PORT = 443;
    private static final int BACKLOG = 2;

    private final Walk walk;
    private final Map<Integer, LinkChannel> channels = new HashMap<>();
    private final Map<String, Conversation> conversations = new HashMap<>();
    private final BitSet taken = new BitSet();
    private Link link;
    private Applications applications;
    private PacketMoves moves;
    private int nextRedialed = WalkStep.FIRST_REDIALED;

    WalkReplay(Walk walk) {
        this.walk = walk;
    }

    /** Which steps the implementation took as the walk does. */
    BitSet taken() {
        return taken;
    }

    @Override
    public void play(Link between, Applications both, Pump pump) {
        link = between;
        applications = both;
        nameChannels();
        if (walk.model().isEstablished()) {
            establish(pump);
        } else if (!walk.model().listensLate()) {
            listen();
        }
        moves = new PacketMoves(link);
        for (int i = 0; i < walk.steps().size(); i++) {
            taken.set(i, take(walk.steps().get(i)));
        }
    }

    private void nameChannels() {
        channels.put(WalkStep.FIRST_CONTROL, link.pick(0, channel -> channel.channelClass() == ChannelClass.CONTROL));
        List<Integer> names = walk.model().dataChannels();
        for (int i = 0; i < names.size(); i++) {
            channels.put(names.get(i), link.pick(i, channel -> channel.channelClass() == ChannelClass.THROUGHPUT));
        }
    }

    private void establish(Pump pump) {
        applications.listen(LISTENING_HOST, PORT, BACKLOG);
        for (String connection : walk.model().connections()) {
            connect(connection);
        }
        pump.untilNothingMoves();
        applications.acceptAll(LISTENING_HOST);
        applications.unlisten(LISTENING_HOST, 0);
        pump.untilNothingMoves();
    }

    private boolean take(WalkStep step) {
        return switch (step.action()) {
            case "AppListen" -> listen();
            case "AppConnect" -> connect(step.connection());
            case "AppAccept" -> applications.accept(LISTENING_HOST, 0);
            case "AppSend" -> on(step, (sockets, conversation) ->
                    sockets.send(conversation, step.host(), step.bytes()) == step.bytes());
            case "AppReceive" -> on(step, (sockets, conversation) ->
                    sockets.receive(conversation, step.host(), step.bytes()));
            case "AppShutdown" -> on(step, done((sockets, conversation) ->
                    sockets.shutdown(conversation, step.host())));
            case "AppClose" -> on(step, done((sockets, conversation) -> sockets.close(conversation, step.host())));
            case "AppAbort" -> on(step, done((sockets, conversation) -> sockets.abort(conversation, step.host())));
            case "PullPrompt", "PullFree" -> pull(step);
            case "Arrive" -> deliver(step);
            case "Move" -> true; // an endpoint has moved all that can move after every call
            case "HolTimerExpires" -> advance(step.host(), Setting.HOL_TIMER_NANOS);
            case "Redial" -> redial();
            case "AnswerDial" -> answer(channels.get(step.channel()));
            case "Break" -> fail(channels.get(step.channel()), step.host());
            case "Notice" -> notice(channels.get(step.channel()), step.host());
            case "StartDrain" -> drain(channels.get(step.channel()), step.host());
            default -> throw new IllegalArgumentException("no endpoint can do " + step);
        };
    }

    private boolean listen() {
        applications.listen(LISTENING_HOST, walk.model().isEstablished() ? OTHER_PORT : PORT, BACKLOG);
        return true;
    }

    private boolean connect(String connection) {
        int before = applications.ledger().conversations().size();
        applications.connect(0, PORT, ChannelClass.THROUGHPUT);
        conversations.put(connection, applications.ledger().conversations().get(before));
        return true;
    }

    private interface Call {
        boolean on(SocketCalls sockets, Conversation conversation);
    }

    private interface PlainCall {
        void on(SocketCalls sockets, Conversation conversation);
    }

    private static Call done(PlainCall call) {
        return (sockets, conversation) -> {
            call.on(sockets, conversation);
            return true;
        };
    }

    private boolean on(WalkStep step, Call call) {
        Conversation conversation = conversations.get(step.connection());
        return conversation != null && conversation.side(step.host()).open()
                && call.on(applications.sockets(), conversation);
    }

    private boolean advance(int host, Setting timer) {
        link.advance(host, link.host(host).get(timer));
        return true;
    }

    private boolean redial() {
        LinkChannel channel = link.open(link.dialingHost(), ChannelClass.CONTROL);
        channels.put(nextRedialed, channel);
        nextRedialed += 2;
        link.seeOpening(channel, link.dialingHost());
        return true;
    }

    private boolean answer(LinkChannel channel) {
        boolean unseen = channel.view(1 - link.dialingHost()) == View.UNSEEN;
        if (unseen) {
            link.seeOpening(channel, 1 - link.dialingHost());
        }
        return unseen;
    }

    /** What is under way to the peer may still arrive until the peer sees it too (NC-FAIL-5). */
    private boolean fail(LinkChannel channel, int host) {
        if (!channel.failed()) {
            link.fail(channel, channel.inFlight(0), channel.inFlight(1));
        }
        return notice(channel, host);
    }

    private boolean notice(LinkChannel channel, int host) {
        boolean up = channel.failed() && channel.up(host);
        if (up) {
            link.seeFailure(channel, host);
            moves.forget(channel);
        }
        return up;
    }

    private boolean drain(LinkChannel channel, int host) {
        boolean up = channel.up(host);
        if (up) {
            link.drain(channel, host);
        }
        return up;
    }

    private boolean pull(WalkStep step) {
        List<LinkChannel> places = places(step);
        if (moves.pull(step.host(), places, wanted(step))) {
            return true;
        }
        return switch (step.packet()) {
            // NC-DATA-5: it may be sent any time; an implementation waits.
            case "ACK" -> advance(step.host(), Setting.ACK_DELAY_NANOS)
                    && moves.pull(step.host(), places, wanted(step));
            // NC-DATA-2: the implementation has cut the stream elsewhere.
            case "DATA" -> moves.wasPulled(step.host(), places, like(step));
            default -> false;
        };
    }

    private boolean deliver(WalkStep step) {
        List<LinkChannel> places = places(step);
        return moves.deliver(step.host(), places, wanted(step)) || moves.deliver(step.host(), places, like(step));
    }

    /** The channel of the walk, and for DATA the others too. */
    private List<LinkChannel> places(WalkStep step) {
        LinkChannel named = channels.get(step.channel());
        List<LinkChannel> all = new ArrayList<>(List.of(named));
        if (step.packet().equals("DATA")) {
            walk.model().dataChannels().stream().map(channels::get).filter(other -> other != named).forEach(all::add);
        }
        return all;
    }

    /** The packet of the walk. */
    private Predicate<PacketInFlight> wanted(WalkStep step) {
        return like(step).and(packet -> !packet.is(PacketType.DATA) || packet.header().offset() == step.offset());
    }

    /** One of the same type and connection. */
    private Predicate<PacketInFlight> like(WalkStep step) {
        Conversation conversation = conversations.get(step.connection());
        long connection = conversation == null ? 0 : conversation.connection();
        PacketType type = PacketType.valueOf(step.packet());
        return packet -> packet.is(type) && packet.header().connection() == connection;
    }

    @Override
    public void pulled(int host, LinkChannel channel, PacketInFlight packet) {
        if (moves != null) {
            moves.pulled(packet);
        }
    }

    @Override
    public void delivered(int host, LinkChannel channel, PacketInFlight packet, boolean forged, Delivery delivery) {
        if (moves != null && delivery.accepted()) {
            moves.arrived(host, channel, packet);
        }
    }

    @Override
    public void advanced(int host) {
        // Time is the walk's own.
    }
}
