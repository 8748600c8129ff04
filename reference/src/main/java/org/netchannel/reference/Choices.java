package org.netchannel.reference;

/**
 * The choices that protocol.md leaves to an implementation, made from the seed so that the same calls give the same
 * answers (endpoint.md, "config"). Connection ids are a keyed permutation of a counter: none repeats in a host
 * incarnation, and one does not tell the next to someone who knows neither key (NC-HS-1).
 *
 * @param firstKey one half of the secret that is made from seed and incarnation
 * @param secondKey the other half
 * @param drawn how many ids were drawn
 * @param nextPort the local port to try next
 */
public record Choices(long firstKey, long secondKey, long drawn, int nextPort) {
    /** Local ports are picked from here up. */
    static final int FIRST_LOCAL_PORT = 49_152;

    /** How many local ports there are to pick from. */
    static final int LOCAL_PORTS = 65_536 - FIRST_LOCAL_PORT;

    private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

    static Choices of(long seed, long incarnation) {
        long firstKey = mix(seed);
        // Mixed twice: mixed once it would meet the values that the counter goes through.
        long secondKey = mix(mix(firstKey ^ incarnation));
        int port = FIRST_LOCAL_PORT + (int) Long.remainderUnsigned(mix(secondKey), LOCAL_PORTS);
        return new Choices(firstKey, secondKey, 0, port);
    }

    /** The incarnation of a host that was given none. */
    static long incarnationOf(long seed) {
        return mix(~seed);
    }

    long connectionId() {
        return mix(mix(firstKey + drawn) ^ secondKey);
    }

    Choices afterConnectionId() {
        return new Choices(firstKey, secondKey, drawn + 1, nextPort);
    }

    Choices afterPort(int port) {
        int next = port == 65_535 ? FIRST_LOCAL_PORT : port + 1;
        return new Choices(firstKey, secondKey, drawn, next);
    }

    /** SplitMix64's output function: a permutation of the 64-bit numbers. */
    private static long mix(long x) {
        long z = x + GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
