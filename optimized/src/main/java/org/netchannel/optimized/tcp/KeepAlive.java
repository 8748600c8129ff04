package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.TcpConnection.Failure;

/** Asks a peer that was silent for long whether it is still there (RFC 9293, section 3.8.4). Off by default. */
final class KeepAlive {
    private final TcpConnection connection;
    private final TcpTimer timer;
    private int probes;
    private boolean due;

    KeepAlive(TcpConnection connection) {
        this.connection = connection;
        this.timer = new TcpTimer(TcpTimer.Kind.KEEP_ALIVE, connection);
    }

    TcpTimer timer() {
        return timer;
    }

    /** A probe is to be sent: an acknowledgement of a position before the next one, which the peer has to answer. */
    boolean isDue() {
        return due;
    }

    void sent() {
        due = false;
        connection.layer.counters().count(Counter.KEEP_ALIVE_PROBES);
    }

    void stop() {
        timer.stop();
        due = false;
    }

    /** The peer has sent an acceptable segment. */
    void heard() {
        probes = 0;
        start(Setting.KEEP_ALIVE);
    }

    private void start(Setting after) {
        if (connection.layer.settings().isOn(Setting.KEEP_ALIVE)) {
            connection.layer.timers().start(timer, connection.layer.nowNs() + connection.layer.settings().get(after));
        }
    }

    void expire() {
        if (!connection.sending.sent.isEmpty()) {
            // What is in flight asks already.
            start(Setting.KEEP_ALIVE);
        } else if (probes >= connection.layer.settings().get(Setting.KEEP_ALIVE_PROBES)) {
            connection.fail(Failure.TIMEOUT);
        } else {
            probes++;
            due = true;
            connection.layer.ready(connection);
            start(Setting.KEEP_ALIVE_INTERVAL);
        }
    }
}
