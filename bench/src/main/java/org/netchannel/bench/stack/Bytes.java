package org.netchannel.bench.stack;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** What is sent, and how it is checked. Any thread. */
public final class Bytes {
    /** So many are compared by a call that costs two objects; fewer cost nothing. */
    private static final int LONG = 4_096;

    private Bytes() {}

    /**
     * Bytes that are easy to tell from their neighbours, off the heap.
     *
     * @param size how many
     * @return the whole buffer is to be sent
     */
    public static ByteBuffer pattern(int size) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(size);
        for (int i = 0; i < size; i++) {
            bytes.put(i, (byte) (31 * i + (i >>> 8)));
        }
        return bytes;
    }

    /**
     * Compares what remains in both. Allocates nothing for less than 4 KiB.
     *
     * @param expected what was sent
     * @param arrived what arrived
     * @throws IOException when they differ
     */
    public static void requireSame(ByteBuffer expected, ByteBuffer arrived) throws IOException {
        if (arrived.remaining() != expected.remaining()) {
            throw new IOException(arrived.remaining() + " bytes instead of " + expected.remaining());
        }
        requireSame(expected, arrived, arrived.remaining());
    }

    private static void requireSame(ByteBuffer expected, ByteBuffer arrived, int count) throws IOException {
        if (!isSame(expected, arrived, count)) {
            throw new IOException("a byte is wrong");
        }
    }

    private static boolean isSame(ByteBuffer expected, ByteBuffer arrived, int count) {
        if (count < LONG) {
            int different = arrived.mismatch(expected);
            return different < 0 || different >= count;
        }
        return Comparison.isSame(MemorySegment.ofBuffer(expected), MemorySegment.ofBuffer(arrived), count);
    }

    /**
     * Compares as many bytes as are in both, and moves both positions behind them. Allocates nothing for less than
     * 4 KiB.
     *
     * @param expected what was sent
     * @param arrived what arrived
     * @return how many
     * @throws IOException when they differ
     */
    public static int takeSame(ByteBuffer expected, ByteBuffer arrived) throws IOException {
        int count = Math.min(expected.remaining(), arrived.remaining());
        requireSame(expected, arrived, count);
        expected.position(expected.position() + count);
        arrived.position(arrived.position() + count);
        return count;
    }
}
