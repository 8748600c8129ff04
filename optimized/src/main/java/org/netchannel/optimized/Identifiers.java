package org.netchannel.optimized;

import org.netchannel.optimized.hash.SipHash;

/**
 * Connection ids: a keyed permutation of a counter, so that none repeats in a host incarnation and none tells the next
 * to whoever does not know the key (NC-HS-1). A Feistel network with SipHash-2-4 as its round function. One thread at a
 * time calls.
 */
final class Identifiers {
    private static final int ROUNDS = 6;

    private final SipHash hash;
    private long drawn;

    Identifiers(long firstKey, long secondKey) {
        this.hash = new SipHash(firstKey, secondKey);
    }

    /** The next id, never 0. */
    long next() {
        long id;
        do {
            id = permuted(drawn++);
        } while (id == 0);
        return id;
    }

    private long permuted(long number) {
        int left = (int) (number >>> 32);
        int right = (int) number;
        for (int round = 0; round < ROUNDS; round++) {
            int mixed = left ^ (int) sipHash((long) round << 32 | Integer.toUnsignedLong(right));
            left = right;
            right = mixed;
        }
        return (long) left << 32 | Integer.toUnsignedLong(right);
    }

    /** A number that nobody else can foretell, for choices that a peer must not know. */
    long secret(long number) {
        return sipHash(~number);
    }

    private long sipHash(long word) {
        return hash.start().absorb(word).finish();
    }
}
