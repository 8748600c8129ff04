package org.netchannel.conformance.application;

import org.netchannel.traces.Bytes;
import org.netchannel.traces.PayloadPattern;

/** Finds out where wrong bytes come from: they follow a pattern, so they tell. */
final class Whereabouts {
    private static final int ENOUGH = 4;

    private final Ledger ledger;

    Whereabouts(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Says in a few words what the bytes from {@code difference} on are. */
    String of(Conversation conversation, int host, Bytes data, int difference) {
        Bytes wrong = data.slice(difference, data.length() - difference);
        if (wrong.length() < ENOUGH) {
            return "too few to tell what they are";
        }
        for (Conversation other : ledger.conversations()) {
            for (int sender = 0; sender < 2; sender++) {
                long at = find(other, sender, wrong.slice(0, ENOUGH));
                if (at >= 0) {
                    boolean same = other == conversation && sender != host;
                    return "they are those of offset " + at + (same ? " of this stream"
                            : " of direction " + other.direction(sender) + " of " + other);
                }
            }
        }
        return "no application sent them";
    }

    private static long find(Conversation conversation, int sender, Bytes wrong) {
        long sent = conversation.side(sender).taken();
        for (long offset = 0; offset + ENOUGH <= sent; offset++) {
            if (PayloadPattern.matches(conversation.connection(), conversation.direction(sender), offset, wrong)) {
                return offset;
            }
        }
        return -1;
    }
}
