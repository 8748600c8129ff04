package org.netchannel.traces;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The payload pattern of endpoint.md, "Traces": every byte of every stream follows from connection id, direction and
 * offset, so that any byte can be checked anywhere. A direction is {@link #FROM_CONNECTING} or {@link #FROM_ACCEPTING}.
 * Any thread may call.
 */
public final class PayloadPattern {
    /** The direction from the connecting to the accepting side. */
    public static final int FROM_CONNECTING = 0;

    /** The direction from the accepting to the connecting side. */
    public static final int FROM_ACCEPTING = 1;

    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PayloadPattern() {}

    /**
     * One byte of a stream.
     *
     * @param connection connection id
     * @param direction 0 or 1
     * @param offset where in the stream, unsigned
     * @return the byte that belongs there
     */
    public static byte at(long connection, int direction, long offset) {
        return byteOf(splitMix64(start(connection, direction) + (offset >>> 3)), offset);
    }

    /**
     * Makes a piece of a stream.
     *
     * @param connection connection id
     * @param direction 0 or 1
     * @param offset where in the stream it begins, unsigned
     * @param length number of bytes
     * @return the bytes
     */
    public static Bytes bytes(long connection, int direction, long offset, int length) {
        byte[] array = new byte[length];
        fill(connection, direction, offset, array, 0, length);
        return Bytes.of(array);
    }

    /**
     * Writes a piece of a stream into an array.
     *
     * @param connection connection id
     * @param direction 0 or 1
     * @param offset where in the stream it begins, unsigned
     * @param into receives the bytes
     * @param from index of the first byte to write
     * @param length number of bytes to write
     */
    public static void fill(long connection, int direction, long offset, byte[] into, int from, int length) {
        Objects.checkFromIndexSize(from, length, into.length);
        long start = start(connection, direction);
        int i = 0;
        while (i < length) {
            long position = offset + i;
            long word = splitMix64(start + (position >>> 3));
            if ((position & 7) == 0 && length - i >= 8) {
                WORD.set(into, from + i, word);
                i += 8;
            } else {
                into[from + i] = byteOf(word, position);
                i++;
            }
        }
    }

    /**
     * Compares bytes with the pattern; a {@link PayloadCheck}.
     *
     * @param connection connection id
     * @param direction 0 or 1
     * @param offset where in the stream they begin, unsigned
     * @param data the bytes, possibly none
     * @return whether every byte is the right one
     */
    public static boolean matches(long connection, int direction, long offset, Bytes data) {
        return firstDifference(connection, direction, offset, data) < 0;
    }

    /**
     * Finds the first byte that differs from the pattern.
     *
     * @param connection connection id
     * @param direction 0 or 1
     * @param offset where in the stream the bytes begin, unsigned
     * @param data the bytes, possibly none
     * @return its index in {@code data}, or -1 when every byte is the right one
     */
    public static int firstDifference(long connection, int direction, long offset, Bytes data) {
        long start = start(connection, direction);
        int i = 0;
        while (i < data.length()) {
            long position = offset + i;
            long word = splitMix64(start + (position >>> 3));
            boolean whole = (position & 7) == 0 && data.length() - i >= 8;
            if (whole && (long) WORD.get(data.array(), data.from() + i) == word) {
                i += 8;
            } else if (data.at(i) == byteOf(word, position)) {
                i++;
            } else {
                return i;
            }
        }
        return -1;
    }

    private static long start(long connection, int direction) {
        Objects.checkIndex(direction, 2);
        return connection + direction * GOLDEN;
    }

    private static byte byteOf(long word, long offset) {
        return (byte) (word >>> (8 * (offset & 7)));
    }

    private static long splitMix64(long seed) {
        long x = seed + GOLDEN;
        x = (x ^ (x >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return x ^ (x >>> 31);
    }
}
