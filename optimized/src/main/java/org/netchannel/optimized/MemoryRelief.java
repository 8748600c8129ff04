package org.netchannel.optimized;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;

/**
 * Sees to it that connections which stand still do not make all others stand still. A pool pushes back when it is used
 * up; when it stays so, and nobody gets anything for {@link Limit#MEMORY_PATIENCE}, the connection that has the most is
 * aborted, as its application might have done. Looks now and then; one thread calls.
 */
final class MemoryRelief implements Agent {
    private static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final HostCore host;
    private final Turn turn;
    /** Null for a stack that leaves no trace. */
    private final Tap tap;
    private final Watched incoming;
    private final Watched outgoing;
    private long nextNs = System.nanoTime();

    MemoryRelief(HostCore host, Turn turn, Tap tap) {
        this.host = host;
        this.turn = turn;
        this.tap = tap;
        this.incoming = new Watched(host.segments, host.pieces);
        this.outgoing = new Watched(host.outgoingSegments, host.outgoingPieces);
    }

    /** The memory of one direction, and what was seen of it at the last look. */
    private static final class Watched {
        private final SegmentPool segments;
        private final Pieces pieces;
        private long refused;
        private long granted;
        private long taken;
        /** Looks in a row at which somebody wanted memory and nobody had got any. A pause of the thread is one look. */
        private long stuck;

        private Watched(SegmentPool segments, Pieces pieces) {
            this.segments = segments;
            this.pieces = pieces;
        }

        private boolean isStuckFor(long looks) {
            boolean isStuck = segments.refused() != refused && segments.granted() == granted
                    || pieces.isShort() && pieces.taken() == taken;
            refused = segments.refused();
            granted = segments.granted();
            taken = pieces.taken();
            stuck = isStuck ? stuck + 1 : 0;
            if (stuck < looks) {
                return false;
            }
            stuck = 0;
            return true;
        }
    }

    @Override
    public String roleName() {
        return "netchannel-memory";
    }

    @Override
    public int doWork() {
        long now = System.nanoTime();
        if (now - nextNs < 0) {
            return 0;
        }
        nextNs = now + PERIOD_NS;
        turn.enter();
        try {
            return look();
        } finally {
            turn.leave();
        }
    }

    private int look() {
        long looks = Math.ceilDiv(host.limits.get(Limit.MEMORY_PATIENCE), PERIOD_NS);
        int work = 0;
        if (incoming.isStuckFor(looks)) {
            work += abort(largest(true));
        }
        if (outgoing.isStuckFor(looks)) {
            work += abort(largest(false));
        }
        return work;
    }

    /** The connection with the most memory in one direction, or null; one whose reader looks at its memory stays. */
    private Connection largest(boolean received) {
        Connection largest = null;
        long most = 0;
        for (Connection connection : host.allConnections()) {
            long bytes = received ? connection.receivedMemory() : connection.sending.memory();
            if (bytes > most && connection.lent == 0) {
                largest = connection;
                most = bytes;
            }
        }
        return largest;
    }

    private int abort(Connection connection) {
        if (connection == null) {
            return 0;
        }
        host.statistics.limited(Limited.CONNECTION_ABORTED_FOR_MEMORY);
        int socket = host.sockets.numberOf(connection);
        host.sockets.forget(socket);
        host.closing.reclaim(connection);
        if (socket > 0 && tap != null) {
            tap.abort(socket);
        }
        return 1;
    }
}
