package org.netchannel.conformance.run;

import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.application.Applications;
import org.netchannel.conformance.application.Conversation;
import org.netchannel.traces.ChannelClass;

/**
 * After everything is closed, everything can be used again: the same port, sockets and channels. A host that lost one
 * on the way fails here.
 */
final class Rebirth {
    private static final int PORT = 80;
    private static final int BYTES = 3;

    private final World world;
    private final Settlement settlement;
    private final Applications applications;

    Rebirth(World world, Settlement settlement) {
        this.world = world;
        this.settlement = settlement;
        applications = world.applications();
    }

    /** Connects once; the seed says which way, so that over many runs both ways are tried. */
    void run(long seed) {
        int host = (int) (seed & 1);
        int before = applications.ledger().conversations().size();
        applications.listen(1 - host, PORT, 1);
        applications.connect(host, PORT, (seed & 2) == 0 ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT);
        world.pump().untilNothingMoves();
        applications.acceptAll(1 - host);
        Conversation conversation = applications.ledger().conversations().size() > before
                ? applications.ledger().conversations().get(before) : null;
        if (conversation == null || !conversation.side(0).open() || !conversation.side(1).open()) {
            throw new ViolationFound(Violation.of("a host cannot connect after everything was closed",
                    conversation == null ? "connect was refused" : conversation.toString(),
                    "NC-FIN-5", "NC-HS-1", "NC-HS-2"));
        }
        send(conversation, 0);
        send(conversation, 1);
        settlement.settle(c -> false);
        settlement.checkComplete(c -> false);
        settlement.closeAll();
    }

    private void send(Conversation conversation, int host) {
        if (applications.sockets().send(conversation, host, BYTES) == 0) {
            throw new ViolationFound(Violation.of("a new connection takes no bytes", conversation.toString(),
                    "NC-HS-3", "NC-DATA-3"));
        }
        applications.sockets().shutdown(conversation, host);
    }
}
