package org.netchannel.conformance.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.link.Host;
import org.netchannel.traces.Endpoint.State;

/**
 * What must hold once nothing moves any more: every connect is answered, every stream is complete, and where one side
 * has seen a connection end, so has the other. One thread calls.
 */
public final class Liveness {
    private final Applications applications;

    /**
     * Makes the checks.
     *
     * @param applications whose connections are checked
     */
    public Liveness(Applications applications) {
        this.applications = applications;
    }

    private List<Conversation> conversations() {
        return applications.ledger().conversations();
    }

    /**
     * Asks for the state of every open socket, so that every end that a host knows of is known here.
     *
     * @return whether a connect is still waiting
     */
    public boolean askAll() {
        boolean waiting = false;
        for (Conversation conversation : conversations()) {
            for (int host = 0; host < 2; host++) {
                waiting |= conversation.side(host).open()
                        && applications.sockets().status(conversation, host) == State.SYN_SENT;
            }
        }
        return waiting;
    }

    /**
     * Checks that every connect was answered.
     *
     * @param excused connections that may still wait
     */
    public void checkAnswered(Predicate<Conversation> excused) {
        for (Conversation conversation : conversations()) {
            int host = conversation.connecting();
            boolean open = conversation.side(host).open() && !excused.test(conversation);
            if (open && applications.sockets().status(conversation, host) == State.SYN_SENT) {
                throw found("a connect was never answered", conversation, host,
                        Set.of("NC-HS-2", "NC-HS-3", "NC-HS-6", "NC-FAIL-2"));
            }
        }
    }

    /**
     * Checks that every stream has arrived in full, as far as its reader is there to see.
     *
     * @param excused connections whose readers do not read
     */
    public void checkComplete(Predicate<Conversation> excused) {
        for (Conversation conversation : conversations()) {
            if (conversation.isHit() || excused.test(conversation)) {
                continue;
            }
            checkBothEnds(conversation);
            checkStream(conversation, 0);
            checkStream(conversation, 1);
        }
    }

    /** A connection that is open on one host and over on the other. */
    private void checkBothEnds(Conversation conversation) {
        Side connecting = conversation.side(conversation.connecting());
        Side accepting = conversation.side(1 - conversation.connecting());
        if (connecting.open() && !connecting.broken() && !accepting.attached()) {
            throw found("connected to nobody", conversation, conversation.connecting(),
                    Set.of("NC-HS-2", "NC-HS-8", "NC-RST-1", "NC-FAIL-2"));
        }
        for (int host = 0; host < 2; host++) {
            Side here = conversation.side(host);
            Side there = conversation.side(1 - host);
            boolean overThere = there.broken() || there.aborted();
            if (here.open() && !here.broken() && unreadAtClose(here, there)) {
                throw found("the peer closed without reading, and nobody was told", conversation, host,
                        Set.of("NC-FIN-4", "NC-RST-1", "NC-FAIL-2"));
            }
            if (here.open() && !here.broken() && !here.ended() && overThere) {
                throw found("over on one host, open on the other", conversation, host,
                        Set.of("NC-RST-1", "NC-HS-7", "NC-FAIL-2", "NC-FAIL-3"));
            }
        }
    }

    /** Where both sides had shut down before, the connection may have been gone when one closed (NC-FIN-5). */
    private static boolean unreadAtClose(Side writer, Side reader) {
        boolean mayBeGone = reader.finishedBeforeClose() && writer.finished();
        return reader.closed() && reader.read() < writer.taken() && !mayBeGone;
    }

    private void checkStream(Conversation conversation, int sender) {
        Side writer = conversation.side(sender);
        Side reader = conversation.side(1 - sender);
        boolean over = reader.broken() || writer.broken() || writer.aborted();
        if (!reader.open() || reader.ended() || over) {
            return;
        }
        if (reader.read() < writer.taken()) {
            throw found("bytes never arrived", conversation, 1 - sender,
                    Diagnosis.ofStream(applications.ledger(), conversation, sender));
        }
        if (writer.finished()) {
            throw found("the end of a stream never arrived", conversation, 1 - sender,
                    Diagnosis.ofStream(applications.ledger(), conversation, sender));
        }
    }

    private ViolationFound found(String kind, Conversation conversation, int host, Set<String> clauses) {
        List<String> details = new ArrayList<>(List.of(conversation + ", as host " + Host.name(host) + " sees it"));
        details.addAll(Diagnosis.explain(applications.ledger(), conversation, 0));
        details.addAll(Diagnosis.explain(applications.ledger(), conversation, 1));
        return new ViolationFound(new Violation(kind, clauses, details));
    }
}
