package org.netchannel.optimized;

/** What happens when timers expire. Time is a parameter: nothing here looks at a clock. */
final class Timers {
    /** Time ends here (about 146 years), so that no deadline overflows. */
    static final long END_OF_TIME = Long.MAX_VALUE / 2;

    private final HostCore host;

    Timers(HostCore host) {
        this.host = host;
    }

    /**
     * Time moves on; every timer due by then expires, each at its own deadline.
     *
     * @param nowNs nanoseconds since the host was opened, not before the last time
     * @return how many timers have expired
     */
    int advance(long nowNs) {
        int count = 0;
        for (Timer timer = host.timers.expired(nowNs); timer != null; timer = host.timers.expired(nowNs)) {
            host.now = timer.expiredAt();
            expire(timer);
            count++;
        }
        host.now = nowNs;
        host.channels.forgetClosed();
        return count;
    }

    private void expire(Timer timer) {
        switch (timer.kind) {
            case CONNECT -> host.handshake.connectTimeoutExpires(timer.connection);
            case HEAD_OF_LINE -> host.headOfLine.timerExpires(timer.connection);
            case ACKNOWLEDGEMENT -> host.delivery.sendAck(timer.connection);
            case CHANNEL_LOST -> host.failure.channelLostTimerExpires(timer.connection);
            case ANSWER -> host.handshake.answerDelayExpires(timer.answer);
        }
    }
}
