package org.netchannel.optimized;

/** The policies of the paper (section 3.3), by name: what an application chooses from. */
public enum SchedulingPolicies implements SchedulingPolicy {
    /** Channels take turns, a packet each; the default (NC-SCH-3). */
    ROUND_ROBIN {
        @Override
        public int choose(ChannelView channels, int lastNumber, long connection) {
            int first = NONE;
            for (int i = 0; i < channels.size(); i++) {
                if (channels.mayCarry(i)) {
                    if (channels.number(i) > lastNumber) {
                        return i;
                    }
                    first = first == NONE ? i : first;
                }
            }
            return first;
        }
    },

    /** The channel with the least queued; of several the one whose turn it is. */
    SHORTEST_QUEUE {
        @Override
        public int choose(ChannelView channels, int lastNumber, long connection) {
            int best = NONE;
            for (int i = 0; i < channels.size(); i++) {
                if (channels.mayCarry(i) && (best == NONE || isBetter(channels, i, best, lastNumber))) {
                    best = i;
                }
            }
            return best;
        }

        private static boolean isBetter(ChannelView channels, int index, int best, int lastNumber) {
            long difference = channels.queuedBytes(index) - channels.queuedBytes(best);
            boolean isAfter = channels.number(index) > lastNumber;
            return difference < 0 || difference == 0 && isAfter && channels.number(best) <= lastNumber;
        }
    },

    /**
     * A connection keeps to one active channel, so that its packets are not reordered; when channels come and go only
     * the connections of those channels move. While its channel may not carry more, the connection waits.
     */
    PINNED {
        @Override
        public int choose(ChannelView channels, int lastNumber, long connection) {
            int best = NONE;
            long highest = Long.MIN_VALUE;
            for (int i = 0; i < channels.size(); i++) {
                long weight = weight(connection, channels.number(i));
                if (channels.isActive(i) && (best == NONE || weight > highest)) {
                    best = i;
                    highest = weight;
                }
            }
            return best != NONE && channels.mayCarry(best) ? best : NONE;
        }

        private static long weight(long connection, int number) {
            long mixed = (connection ^ number * 0x9E37_79B9_7F4A_7C15L) * 0xBF58_476D_1CE4_E5B9L;
            return (mixed ^ mixed >>> 31) * 0x94D0_49BB_1331_11EBL;
        }
    }
}
