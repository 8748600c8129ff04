package org.netchannel.optimized;

/**
 * Section 6: the response queue in front of the receive buffer, STOP and RESUME. A reader that never reads holds up a
 * channel until its budget is free again: for the head-of-line timer and the answer to STOP (NC-HOL-10).
 */
final class HeadOfLine {
    private final HostCore host;

    HeadOfLine(HostCore host) {
        this.host = host;
    }

    /** NC-HOL-1: DATA leaves its channel at once and is charged to its budget; then whatever can move moves. */
    void arrive(Connection connection, Channel channel, Piece piece) {
        if (connection.responses.isEmpty() && canMove(connection, piece)) {
            connection.receiving.store(piece);
            return;
        }
        piece.channel = channel;
        channel.charge += piece.charge;
        connection.responses.add(piece);
        // Nothing that waited before can move unless the new packet does.
        if (canMove(connection, piece)) {
            move(connection);
        }
    }

    /** NC-HOL-2: every waiting packet that can move does, in order of arrival, again until none can. */
    void move(Connection connection) {
        int before;
        do {
            before = connection.responses.size();
            for (Piece piece = connection.responses.first(); piece != null; ) {
                Piece next = piece.next;
                if (canMove(connection, piece)) {
                    moveOne(connection, piece);
                }
                piece = next;
            }
        } while (connection.responses.size() < before && !connection.responses.isEmpty());
    }

    /** NC-HOL-2 and NC-HOL-6: it fits, or nothing else can be read, or the peer has stopped and this was on its way. */
    private boolean canMove(Connection connection, Piece piece) {
        ReceiveBuffer receiving = connection.receiving;
        // A buffer that is over full has no room, and still what was received before leaves the queue (NC-DATA-4).
        long room = Math.max(0, host.settings.receiveBuffer() - receiving.held());
        if (piece.charge <= room || receiving.missing(piece.offset, piece.packetEnd()) <= room) {
            return true;
        }
        long next = connection.receivedNext();
        boolean isNext = piece.offset <= next && piece.packetEnd() > next;
        return isNext && receiving.readable() == 0 || connection.responses.movesAtOnce(piece);
    }

    /** One packet moves to the receive buffer, trimmed, which ends its charge (NC-CH-4, NC-DATA-4). */
    private static void moveOne(Connection connection, Piece piece) {
        connection.responses.remove(piece);
        connection.receiving.store(piece);
    }

    /** NC-HOL-3: the timer runs while a packet waits and no STOP is outstanding. */
    void runTimer(Connection connection) {
        ResponseQueue responses = connection.responses;
        boolean runs = !responses.isEmpty() && !responses.outstanding && responses.epoch < ResponseQueue.LAST_EPOCH;
        host.run(connection.headOfLineTimer, runs, host.settings.headOfLineNs());
    }

    /** NC-HOL-4: the epoch grows by one and STOP is sent; the queue is not empty, for the timer runs only then. */
    void timerExpires(Connection connection) {
        connection.responses.stop();
        FlightEvents.stop(host, connection);
        host.sendControl(connection, Wire.STOP, connection.responses.epoch, 0);
    }

    /** NC-HOL-5: the answer is always STOP_ACK; new bytes are held back when the epoch is new and not resumed. */
    void onStop(Connection connection, IncomingPacket stop) {
        long epoch = stop.tag;
        if (epoch > connection.stopEpoch && epoch > connection.resumedEpoch) {
            connection.stopEpoch = epoch;
        }
        host.sendControl(connection, Wire.STOP_ACK, epoch, connection.sending.handed());
    }

    /** NC-HOL-6: the whole response queue moves, and until RESUME so does what was on its way. */
    void onStopAck(Connection connection, IncomingPacket stopAck) {
        ResponseQueue responses = connection.responses;
        if (!responses.outstanding || stopAck.tag != responses.epoch) {
            host.drop(Dropped.STALE);
            return;
        }
        // NC-DATA-3: no honest snd_nxt is over the limit, and with a dishonest one NC-HOL-9 still has to hold.
        long limit = connection.limit();
        responses.stoppedAt(Long.compareUnsigned(stopAck.offset, limit) > 0 ? limit : stopAck.offset);
        while (!responses.isEmpty()) {
            moveOne(connection, responses.first());
        }
        resumeWhenPossible(connection);
    }

    /**
     * NC-HOL-7: RESUME when the queue is empty and the buffer is at half or less; considered at a read and at STOP_ACK.
     */
    void resumeWhenPossible(Connection connection) {
        ResponseQueue responses = connection.responses;
        if (responses.outstanding && responses.isEmpty()
                && 2 * connection.receiving.held() <= host.settings.receiveBuffer()) {
            responses.resume();
            host.sendControl(connection, Wire.RESUME, responses.epoch, 0);
        }
    }

    /** NC-HOL-8: an epoch at or above the one in force lets new bytes go; the highest one is remembered. */
    void onResume(Connection connection, IncomingPacket resume) {
        if (resume.tag > connection.resumedEpoch) {
            connection.resumedEpoch = resume.tag;
        } else {
            host.drop(Dropped.STALE);
        }
    }

    /** NC-FAIL-2: the outstanding STOP or the latest RESUME. */
    void repeat(Connection connection) {
        ResponseQueue responses = connection.responses;
        if (responses.epoch > 0) {
            host.sendControl(connection, responses.outstanding ? Wire.STOP : Wire.RESUME, responses.epoch, 0);
        }
    }
}
