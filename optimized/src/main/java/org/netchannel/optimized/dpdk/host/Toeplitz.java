package org.netchannel.optimized.dpdk.host;

/**
 * The hash by which devices spread connections over their queues (Microsoft, Receive Side Scaling: RSS hashing
 * functions): each bit of the input that is set adds the 32 bits of a key that begin at its place. Addresses and ports
 * are those of a received packet. It never changes.
 */
final class Toeplitz {
    /** The shortest key, in bytes: for two IPv6 addresses and two ports. */
    static final int LEAST_KEY = 40;

    private static final int IPV6_AT = 16;
    private static final int MOST_INPUT = 2 * IPV6_AT + 4;

    /** What a byte of the input adds: by its place and its value. */
    private final int[] table = new int[MOST_INPUT << 8];

    /**
     * A hash.
     *
     * @param key at least {@link #LEAST_KEY} bytes
     */
    Toeplitz(byte[] key) {
        for (int bit = 0; bit < 8 * MOST_INPUT; bit++) {
            int added = bits(key, bit);
            int weight = 0x80 >> bit % 8;
            for (int value = 0; value < 256; value++) {
                table[bit / 8 << 8 | value] ^= (value & weight) != 0 ? added : 0;
            }
        }
    }

    /** 32 bits of the key. */
    private static int bits(byte[] key, int first) {
        long around = 0;
        for (int i = 0; i < 5; i++) {
            around = around << 8 | (first / 8 + i < key.length ? key[first / 8 + i] & 255 : 0);
        }
        return (int) (around >> 8 - first % 8);
    }

    /** Over IPv4. */
    int hash(int source, int destination, int sourcePort, int destinationPort) {
        return add(0, source) ^ add(4, destination) ^ add(8, sourcePort << 16 | destinationPort);
    }

    /** Over IPv6: the halves of the addresses. */
    int hash(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int sourcePort,
            int destinationPort) {
        return add(0, sourceHigh) ^ add(8, sourceLow) ^ add(IPV6_AT, destinationHigh) ^ add(IPV6_AT + 8, destinationLow)
                ^ add(2 * IPV6_AT, sourcePort << 16 | destinationPort);
    }

    private int add(int at, long value) {
        return add(at, (int) (value >>> 32)) ^ add(at + 4, (int) value);
    }

    private int add(int at, int value) {
        int row = at << 8;
        return table[row | value >>> 24] ^ table[row + 256 | value >>> 16 & 255]
                ^ table[row + 512 | value >>> 8 & 255] ^ table[row + 768 | value & 255];
    }
}
