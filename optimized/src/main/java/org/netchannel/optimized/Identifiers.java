package org.netchannel.optimized;

/**
 * Connection ids: a keyed permutation of a counter, so that none repeats in a host incarnation and none tells the next
 * to whoever does not know the key (NC-HS-1). A Feistel network with SipHash-2-4 as its round function. One thread at a
 * time calls.
 */
final class Identifiers {
    private static final int ROUNDS = 6;

    private final long firstKey;
    private final long secondKey;
    private long drawn;

    Identifiers(long firstKey, long secondKey) {
        this.firstKey = firstKey;
        this.secondKey = secondKey;
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

    /** SipHash-2-4 of one eight-byte word. */
    private long sipHash(long word) {
        long[] v = {
            firstKey ^ 0x736f_6d65_7073_6575L, secondKey ^ 0x646f_7261_6e64_6f6dL,
            firstKey ^ 0x6c79_6765_6e65_7261L, secondKey ^ 0x7465_6462_7974_6573L};
        absorb(v, word);
        absorb(v, (long) Long.BYTES << 56);
        v[2] ^= 0xff;
        for (int i = 0; i < 4; i++) {
            round(v);
        }
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void absorb(long[] v, long word) {
        v[3] ^= word;
        round(v);
        round(v);
        v[0] ^= word;
    }

    private static void round(long[] v) {
        v[0] += v[1];
        v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[3];
        v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
        v[2] = Long.rotateLeft(v[2], 32);
    }
}
