package org.netchannel.conformance.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.conformance.link.Host;

/** Names the clauses in play when a stream has stopped, from what passed the link. A hint for a person, no verdict. */
final class Diagnosis {
    private static final Set<String> LOST_ON_A_CHANNEL = Set.of("NC-FAIL-1", "NC-FAIL-4", "NC-CH-5");

    private Diagnosis() {}

    /** Clauses in play when bytes or the end of a stream do not get from the sender to the reader. */
    static Set<String> ofStream(Ledger ledger, Conversation conversation, int sender) {
        Set<String> clauses = new TreeSet<>();
        Passage passage = conversation.passage(sender);
        Side writer = conversation.side(sender);
        Side reader = conversation.side(1 - sender);
        if (anyRefused(ledger, sender)) {
            return ofBlockers(ledger, sender);
        }
        if (passage.handed() < writer.taken()) {
            clauses.addAll(ofWaitingSender(passage));
        }
        if (passage.arrived() < passage.handed()) {
            clauses.addAll(LOST_ON_A_CHANNEL);
        }
        if (reader.read() < passage.arrived()) {
            clauses.addAll(ofWaitingReader(passage));
        }
        if (reader.read() == writer.taken()) {
            clauses.addAll(ofEnd(passage, writer));
        }
        return clauses;
    }

    /** Whose bytes fill the budgets of the channels, and why they do not move (NC-HOL-10). */
    private static Set<String> ofBlockers(Ledger ledger, int sender) {
        Set<String> clauses = new TreeSet<>(Set.of("NC-CH-4", "NC-HOL-2", "NC-HOL-10"));
        for (Conversation blocker : blockers(ledger, sender)) {
            Passage passage = blocker.passage(sender);
            if (!passage.stopEver()) {
                clauses.addAll(Set.of("NC-HOL-3", "NC-HOL-4"));
            } else if (passage.stopUnanswered()) {
                clauses.addAll(Set.of("NC-HOL-5", "NC-HOL-6"));
            } else {
                clauses.addAll(Set.of("NC-HOL-6", "NC-HOL-7"));
            }
        }
        return clauses;
    }

    private static boolean anyRefused(Ledger ledger, int sender) {
        return ledger.conversations().stream().anyMatch(other -> other.passage(sender).isRefused());
    }

    /** Connections of which more has arrived than was read. */
    private static List<Conversation> blockers(Ledger ledger, int sender) {
        return ledger.conversations().stream()
                .filter(other -> other.passage(sender).arrived() > other.side(1 - sender).read())
                .toList();
    }

    /** What is known of a stream and of those that may be in its way, some lines. */
    static List<String> explain(Ledger ledger, Conversation conversation, int sender) {
        List<String> lines = new ArrayList<>(List.of(describe(conversation, sender)));
        if (anyRefused(ledger, sender)) {
            for (Conversation blocker : blockers(ledger, sender)) {
                lines.add("perhaps in its way: " + blocker + ": " + describe(blocker, sender));
            }
        }
        return lines;
    }

    private static Set<String> ofWaitingSender(Passage passage) {
        if (passage.resumeLost()) {
            return Set.of("NC-FAIL-2", "NC-HOL-8");
        }
        if (passage.stopped()) {
            return passage.stopUnanswered()
                    ? Set.of("NC-HOL-5", "NC-HOL-6", "NC-HOL-7") : Set.of("NC-HOL-4", "NC-HOL-6", "NC-HOL-7");
        }
        if (passage.stopEver()) {
            return Set.of("NC-HOL-5", "NC-HOL-8", "NC-DATA-5", "NC-SCH-2");
        }
        return Set.of("NC-DATA-3", "NC-DATA-5", "NC-SCH-2", "NC-CH-5");
    }

    private static Set<String> ofWaitingReader(Passage passage) {
        Set<String> clauses = new TreeSet<>(Set.of("NC-HOL-1", "NC-HOL-2"));
        if (passage.overtookAnswer()) {
            clauses.add("NC-HS-3");
        }
        if (passage.sentAgain()) {
            clauses.add("NC-DATA-4");
        }
        if (passage.acknowledged() < passage.arrived()) {
            clauses.addAll(LOST_ON_A_CHANNEL);
        }
        if (passage.stopEver()) {
            clauses.addAll(Set.of("NC-HOL-3", "NC-HOL-4", "NC-HOL-6"));
        }
        return clauses;
    }

    private static Set<String> ofEnd(Passage passage, Side writer) {
        if (!passage.finSent()) {
            // Who closes with something unread resets instead.
            return writer.closed() ? Set.of("NC-FIN-1", "NC-FIN-4", "NC-RST-1") : Set.of("NC-FIN-1", "NC-RST-2");
        }
        return passage.finArrived() ? Set.of("NC-FIN-2") : Set.of("NC-FAIL-2", "NC-FIN-1");
    }

    /** What is known of a stream, one line. */
    private static String describe(Conversation conversation, int sender) {
        Side writer = conversation.side(sender);
        Side reader = conversation.side(1 - sender);
        return "from " + Host.name(sender) + ": " + writer.taken() + " bytes given"
                + (writer.finished() ? " and shut down" : "") + ", " + reader.read() + " read"
                + (reader.ended() ? " with the end" : "") + "; " + conversation.passage(sender);
    }
}
