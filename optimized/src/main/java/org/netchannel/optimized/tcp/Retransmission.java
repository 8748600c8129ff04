package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.TcpConnection.Failure;

/**
 * The timer that keeps the sending direction alive: what is in flight is sent again (RFC 6298, section 5), and a peer
 * that has shut its window is probed (RFC 9293, section 3.8.6.1). When the peer says nothing for too long the
 * connection is given up (section 3.8.3: R2).
 */
final class Retransmission {
    private final TcpConnection connection;
    private final TcpTimer timer;
    /** Since when the peer owes an answer. */
    private long waitingSinceNs;
    /** What is in flight is one probe of a shut window: that it is not acknowledged says nothing of the network. */
    private boolean probing;
    /** The next piece goes out though the window does not allow it. */
    private boolean probeDue;
    private int probes;
    private boolean handshakeLost;
    /** Expiries since something was acknowledged. */
    private int expiries;

    Retransmission(TcpConnection connection) {
        this.connection = connection;
        this.timer = new TcpTimer(TcpTimer.Kind.RETRANSMISSION, connection);
    }

    TcpTimer timer() {
        return timer;
    }

    void begin() {
        waitingSinceNs = connection.layer.nowNs();
    }

    boolean isProbing() {
        return probing;
    }

    boolean isProbeDue() {
        return probeDue;
    }

    /** SYN timed out before the connection was established. */
    boolean wasHandshakeLost() {
        return handshakeLost;
    }

    /** Something was sent (RFC 6298, rule 5.1), or has to wait for the window or for the way to the peer. */
    void startUnlessRunning() {
        if (!timer.isRunning()) {
            waitingSinceNs = connection.layer.nowNs();
            start();
        }
    }

    private void start() {
        long now = connection.layer.nowNs();
        long most = connection.layer.settings().get(Setting.MOST_TIMEOUT);
        long timeout = connection.roundTrip.timeout();
        int shift = Math.min(probes, 20);
        long backedOff = timeout > most >> shift ? most : timeout << shift;
        connection.layer.timers().start(timer, Math.max(now + 1, Math.min(now + backedOff, givesUpAt())));
    }

    private long givesUpAt() {
        boolean connecting = !connection.state.isSynchronized();
        return waitingSinceNs
                + connection.layer.settings().get(connecting ? Setting.CONNECT_TIMEOUT : Setting.USER_TIMEOUT);
    }

    void stop() {
        timer.stop();
        probing = false;
        probeDue = false;
        probes = 0;
        expiries = 0;
    }

    /** The probe that was due is sent. */
    void probed() {
        probeDue = false;
        if (connection.sendWindow == 0) {
            probing = true;
            connection.layer.counters().count(Counter.WINDOW_PROBES);
        }
    }

    /** An acceptable acknowledgement arrived, and the window is up to date (RFC 6298, rules 5.2 and 5.3). */
    void onAck(boolean progress) {
        // A peer may keep its window shut as long as it likes (RFC 9293, section 3.8.6.1), but not when nobody is left
        // here who would mind.
        if (progress || connection.sendWindow == 0 && !connection.readingClosed) {
            waitingSinceNs = connection.layer.nowNs();
        }
        if (connection.sending.sent.isEmpty()) {
            boolean shut = connection.sendWindow == 0 && !connection.sending.unsent.isEmpty() && timer.isRunning();
            if (progress || !shut) {
                stop();
            }
            return;
        }
        if (probing && connection.sendWindow > 0) {
            probing = false;
            probes = 0;
            connection.recovery.resendFirst();
            start();
        } else if (progress) {
            expiries = 0;
            start();
        }
    }

    void expire() {
        if (connection.layer.nowNs() >= givesUpAt()) {
            connection.fail(Failure.TIMEOUT);
            return;
        }
        if (connection.sending.sent.isEmpty()) {
            if (connection.sending.unsent.isEmpty()) {
                return;
            }
            probeDue = connection.state.isSynchronized();
            probes++;
        } else if (probing) {
            connection.recovery.resendFirst();
            connection.layer.counters().count(Counter.WINDOW_PROBES);
            probes++;
        } else {
            timeout();
        }
        start();
        connection.layer.ready(connection);
    }

    /** RFC 6298, rules 5.4 to 5.6. */
    private void timeout() {
        connection.layer.counters().count(Counter.TIMEOUTS);
        if (connection.state.isSynchronized()) {
            connection.recovery.onTimeout(expiries++ == 0);
        } else {
            handshakeLost = true;
            connection.recovery.resendFirst();
        }
        connection.roundTrip.backOff();
    }
}
