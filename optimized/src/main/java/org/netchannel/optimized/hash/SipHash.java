package org.netchannel.optimized.hash;

/**
 * SipHash-2-4 of whole eight-byte words (Aumasson and Bernstein, 2012): {@link #start}, a few times {@link #absorb},
 * {@link #finish}. It keeps its state in itself and allocates nothing. One thread at a time calls.
 */
public final class SipHash {
    private final long firstKey;
    private final long secondKey;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private int absorbed;

    /**
     * A function for one key.
     *
     * @param firstKey the first eight bytes of the key, least significant first
     * @param secondKey the other eight
     */
    public SipHash(long firstKey, long secondKey) {
        this.firstKey = firstKey;
        this.secondKey = secondKey;
        start();
    }

    /**
     * Begins anew.
     *
     * @return itself
     */
    public SipHash start() {
        v0 = firstKey ^ 0x736f_6d65_7073_6575L;
        v1 = secondKey ^ 0x646f_7261_6e64_6f6dL;
        v2 = firstKey ^ 0x6c79_6765_6e65_7261L;
        v3 = secondKey ^ 0x7465_6462_7974_6573L;
        absorbed = 0;
        return this;
    }

    /**
     * Eight more bytes of the message.
     *
     * @param word the bytes, least significant first
     * @return itself
     */
    public SipHash absorb(long word) {
        mix(word);
        absorbed++;
        return this;
    }

    /**
     * The hash of what was absorbed since {@link #start}.
     *
     * @return 64 bits that nobody can foretell who does not know the key
     */
    public long finish() {
        mix((long) (absorbed * Long.BYTES) << 56);
        v2 ^= 0xff;
        for (int i = 0; i < 4; i++) {
            round();
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void mix(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
