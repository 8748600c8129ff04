package org.netchannel.conformance.application;

import java.util.Set;
import java.util.TreeSet;
import org.netchannel.conformance.link.Host;

/** Names the clauses in play when a stream has stopped, from what passed the link. A hint for a person, no verdict. */
final class Diagnosis {
    private Diagnosis() {}

    /** Clauses in play when bytes or the end of a stream do not get from the sender to the reader. */
    static Set<String> ofStream(Conversation conversation, int sender) {
        Set<String> clauses = new TreeSet<>();
        Passage passage = conversation.passage(sender);
        Side writer = conversation.side(sender);
        Side reader = conversation.side(1 - sender);
        if (passage.handed() < writer.taken()) {
            clauses.addAll(ofWaitingSender(passage));
        }
        if (passage.arrived() < passage.handed()) {
            clauses.addAll(Set.of("NC-FAIL-1", "NC-FAIL-4", "NC-CH-5"));
        }
        if (reader.read() < passage.arrived()) {
            clauses.addAll(ofWaitingReader(passage));
        }
        if (reader.read() == writer.taken()) {
            clauses.addAll(ofEnd(passage));
        }
        return clauses;
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
        if (passage.stopEver()) {
            clauses.addAll(Set.of("NC-HOL-3", "NC-HOL-4", "NC-HOL-6"));
        }
        return clauses;
    }

    private static Set<String> ofEnd(Passage passage) {
        if (!passage.finSent()) {
            return Set.of("NC-FIN-1", "NC-RST-2");
        }
        return passage.finArrived() ? Set.of("NC-FIN-2") : Set.of("NC-FAIL-2", "NC-FIN-1");
    }

    /** What is known of a stream, one line. */
    static String describe(Conversation conversation, int sender) {
        Side writer = conversation.side(sender);
        Side reader = conversation.side(1 - sender);
        return "from " + Host.name(sender) + ": " + writer.taken() + " bytes given"
                + (writer.finished() ? " and shut down" : "") + ", " + reader.read() + " read"
                + (reader.ended() ? " with the end" : "") + "; " + conversation.passage(sender);
    }
}
