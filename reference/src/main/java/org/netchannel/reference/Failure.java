package org.netchannel.reference;

import java.util.Optional;
import org.netchannel.reference.Connection.Side;
import org.netchannel.reference.Remembered.Entry;
import org.netchannel.reference.Sending.Fin;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.Reason;

/**
 * Section 9: channels fail, control channels are replaced, hosts restart. Offsets, epochs and connection ids make every
 * copy of a packet harmless, whichever host sees a failure first (NC-FAIL-4, NC-FAIL-5).
 */
final class Failure {
    private Failure() {}

    /** This host sees a channel fail. On one that is closed already there is no effect (endpoint.md). */
    static Step<Done> channelDown(HostState host, int number) {
        Optional<Channel> channel = host.channel(number);
        if (channel.isPresent()) {
            return Step.done(fail(host, channel.get()));
        }
        return host.link().gone().containsKey(number)
                ? Step.done(host)
                : Step.badRequest(host, "channel " + number + " does not exist");
    }

    /** NC-HDR-2, NC-HDR-5, NC-CH-2, NC-FAIL-3: a packet that may not be there fails its channel and is counted. */
    static HostState failBecauseOfPacket(HostState host, Channel channel) {
        return fail(host.dropping(Drop.MALFORMED), channel);
    }

    /** NC-FAIL-1: what a data channel was given and is unacknowledged is sent again. */
    private static HostState fail(HostState host, Channel channel) {
        HostState failed = host.with(host.link().without(channel));
        return channel.isControl()
                ? repeatOnOlder(host, failed)
                : Connections.settleAll(Connections.forEachLive(failed, (next, it) -> takeBack(next, it, channel)));
    }

    /** NC-DATA-5: the ack values that rode on the channel may be lost, so ACK is sent. */
    private static HostState takeBack(HostState host, Connection connection, Channel channel) {
        if (!connection.sending().used().contains(channel.number())) {
            return host;
        }
        return Delivery.acknowledge(host, connection.with(connection.sending().takeBack(channel.number())));
    }

    /** The channel is CLOSED: nothing was lost with it, and it cannot fail any more (NC-CH-5). */
    static HostState forgetUse(HostState host, Channel channel) {
        return Connections.forEachLive(host,
                (next, it) -> next.with(it.with(it.sending().takeBack(channel.number()))));
    }

    /** NC-FAIL-1: the timer runs while bytes wait and there is no active channel of the class. */
    static Connection withChannelLostTimer(HostState host, Connection connection) {
        Sending sending = connection.sending();
        boolean runs = sending.isWaiting() && !host.link().hasActive(connection.trafficClass());
        long deadline = Connections.deadline(runs, sending.lostDeadline(),
                host.now() + host.settings().connectTimeoutNanos());
        return deadline == sending.lostDeadline() ? connection : connection.with(sending.withLostDeadline(deadline));
    }

    /** NC-FAIL-1: no active channel for a connect timeout. */
    static HostState channelLostTimerExpires(HostState host, Connection connection) {
        return Closing.reset(host, connection, Reason.CHANNEL_LOST);
    }

    /** NC-FAIL-2: the newest control channel failed and an older one lives; whoever dials may not dial again (R55). */
    private static HostState repeatOnOlder(HostState before, HostState failed) {
        Optional<Integer> newest = failed.link().newestControl().map(Channel::number);
        boolean another = !newest.equals(before.link().newestControl().map(Channel::number));
        return newest.isPresent() && another ? repeatControlState(failed) : failed;
    }

    /** NC-FAIL-2: a control channel has come up: the control state of every connection, then the RSTs, go on it. */
    static HostState repeatControlState(HostState host) {
        HostState next = Connections.forEachLive(host, Failure::repeat);
        for (Entry<PacketHeader> reset : host.memory().sentResets().oldestFirst()) {
            if (host.now() - reset.since() < host.settings().connectTimeoutNanos()) {
                next = Channels.sendControl(next, reset.value());
            }
        }
        return next;
    }

    private static HostState repeat(HostState host, Connection connection) {
        if (connection.state() == State.SYN_SENT) {
            return Handshake.sendNcsyn(host, connection);
        }
        long id = connection.id();
        HostState next = connection.side() == Side.ACCEPTING
                ? Handshake.sendNcsynAck(host, connection)
                : Delivery.acknowledge(host, connection);
        next = HeadOfLine.repeat(next, next.connections().get(id));
        Connection current = next.connections().get(id);
        boolean finMissing = current.sending().fin() == Fin.SENT && !current.sending().isFinAcknowledged();
        return finMissing ? Closing.sendFin(next, current) : next;
    }

    /** NC-FAIL-3: the peer's earlier life is over: its channels fail, its connections are reset, SYN_SENT goes on. */
    static HostState peerRestarted(HostState host) {
        Link link = host.link();
        for (Channel channel : host.link().channels().values()) {
            link = channel.helloArrived() ? link.without(channel) : link;
        }
        HostState reset = Connections.forEachLive(host.with(link), (next, it) ->
                it.isEstablished() ? Closing.reset(next, it, Reason.HOST_RESTARTED) : next);
        return repeatOnOlder(host, reset);
    }
}
