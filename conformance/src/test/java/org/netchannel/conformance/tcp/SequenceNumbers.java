package org.netchannel.conformance.tcp;

import java.util.ArrayList;
import java.util.List;

/** The sequence numbers of one end, as TcpConnection.tla counts them: each life's from 100 times the life on. */
final class SequenceNumbers {
    private static final int SPACING = 100;
    private static final int NEAR = 1_000;
    /** A number that is far from all that were used. */
    private static final int FAR = -1_000;

    /** The initial sequence number of each life, null while it has sent no SYN. */
    private final List<Integer> initial = new ArrayList<>();

    /** The end connects, or listens anew. */
    void begin() {
        initial.add(null);
    }

    /** A SYN is sent. */
    void synchronize(int sequence) {
        if (!initial.isEmpty() && initial.getLast() == null) {
            initial.set(initial.size() - 1, sequence);
        }
    }

    /** The last life in which the number was near; 0 for none. */
    int lifeOf(int sequence) {
        for (int life = initial.size(); life > 0; life--) {
            Integer first = initial.get(life - 1);
            if (first != null && Math.abs(sequence - first) < NEAR) {
                return life;
            }
        }
        return 0;
    }

    int numberOf(int sequence) {
        int life = lifeOf(sequence);
        return life == 0 ? FAR : SPACING * life + sequence - initial.get(life - 1);
    }
}
