package org.netchannel.optimized;

import org.netchannel.optimized.Connection.Fin;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Reason;

/**
 * Section 9: channels fail, control channels are replaced, hosts restart. Offsets, epochs and connection ids make every
 * copy of a packet harmless, whichever host sees a failure first (NC-FAIL-4, NC-FAIL-5).
 */
final class Failure {
    private final HostCore host;

    Failure(HostCore host) {
        this.host = host;
    }

    /** NC-HDR-2, NC-HDR-5, NC-CH-2, NC-FAIL-3: a packet that may not be there fails its channel and is counted. */
    void failBecauseOfPacket(Channel channel) {
        host.drop(Dropped.MALFORMED);
        fail(channel);
    }

    /** NC-FAIL-1: what a data channel was given and is unacknowledged is sent again. */
    void fail(Channel channel) {
        Channel newest = host.link.newestControl();
        cut(channel);
        if (channel.isControl()) {
            repeatOnOlder(newest);
            return;
        }
        for (Connection connection : host.allConnections()) {
            if (connection.isLive() && channel.users.contains(connection.id)) {
                takeBack(connection, channel);
            }
        }
        host.settleAll();
    }

    /** NC-FAIL-2: the newest control channel failed and an older one lives; whoever dials may not dial again (R55). */
    private void repeatOnOlder(Channel newestBefore) {
        Channel newest = host.link.newestControl();
        if (newest != null && newest != newestBefore) {
            repeatControlState();
        }
    }

    private void cut(Channel channel) {
        channel.hasFailed = true;
        host.statistics.channelFailed();
        FlightEvents.channelFailed(host, channel);
        host.link.remove(channel);
        host.channels.discard(channel);
    }

    /** NC-DATA-5: the ack values that rode on the channel may be lost, so ACK is sent. */
    private void takeBack(Connection connection, Channel channel) {
        connection.sending.takeBack(channel);
        host.delivery.sendAck(connection);
    }

    /** NC-FAIL-1: the timer runs while bytes wait and there is no active channel of the class. */
    void runChannelLostTimer(Connection connection) {
        boolean runs = connection.isWaiting() && !host.link.hasActive(connection.trafficClass);
        host.run(connection.lostTimer, runs, host.settings.connectTimeoutNs());
    }

    /** NC-FAIL-1: no active channel for a connect timeout. */
    void channelLostTimerExpires(Connection connection) {
        host.closing.reset(connection, Reason.CHANNEL_LOST);
    }

    /** NC-FAIL-2: a control channel has come up: the control state of every connection, then the RSTs, go on it. */
    void repeatControlState() {
        for (Connection connection : host.allConnections()) {
            if (connection.isLive()) {
                repeat(connection);
            }
        }
        host.memory.sentResets.forEach(host.now, host.closing::putReset);
    }

    private void repeat(Connection connection) {
        if (connection.state == State.SYN_SENT) {
            host.handshake.sendNcsyn(connection);
            return;
        }
        if (connection.accepting) {
            host.handshake.sendNcsynAck(connection);
        } else {
            host.delivery.sendAck(connection);
        }
        host.headOfLine.repeat(connection);
        if (connection.fin == Fin.SENT && !connection.isFinAcknowledged()) {
            host.closing.sendFin(connection);
        }
    }

    /** NC-FAIL-3: the peer's earlier life is over: its channels fail, its connections are reset, SYN_SENT goes on. */
    void peerRestarted() {
        Channel newest = host.link.newestControl();
        for (Channel channel : host.link.all()) {
            if (channel.helloArrived) {
                cut(channel);
            }
        }
        for (Connection connection : host.allConnections()) {
            if (connection.isEstablished()) {
                host.closing.reset(connection, Reason.HOST_RESTARTED);
            }
        }
        repeatOnOlder(newest);
    }
}
