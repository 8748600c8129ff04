package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/**
 * The options of one segment: maximum segment size (RFC 9293, section 3.7.1), window scale and timestamps (RFC 7323),
 * SACK permitted and SACK (RFC 2018). One object is filled again for every segment. Unknown options are skipped.
 */
public final class TcpOptions {
    /** The most SACK blocks that an option can hold. */
    public static final int MAX_SACK_BLOCKS = 4;
    /** A shift count over this one counts as this one (RFC 7323, section 2.3). */
    public static final int MAX_WINDOW_SCALE = 14;
    /** The option is not there. */
    public static final int ABSENT = -1;

    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int MSS = 2;
    private static final int MSS_BYTES = 4;
    private static final int WINDOW_SCALE = 3;
    private static final int WINDOW_SCALE_BYTES = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int SACK_PERMITTED_BYTES = 2;
    private static final int SACK = 5;
    private static final int SACK_BLOCK_BYTES = 8;
    private static final int TIMESTAMPS = 8;
    private static final int TIMESTAMPS_BYTES = 10;

    private final int[] sackLeft = new int[MAX_SACK_BLOCKS];
    private final int[] sackRight = new int[MAX_SACK_BLOCKS];
    private int maximumSegmentSize;
    private int windowScale;
    private boolean sackPermitted;
    private boolean timestamps;
    private int timestampValue;
    private int timestampEcho;
    private int sackBlocks;

    /** Without any option. */
    public TcpOptions() {
        clear();
    }

    /** Forgets all options. */
    public void clear() {
        maximumSegmentSize = ABSENT;
        windowScale = ABSENT;
        sackPermitted = false;
        timestamps = false;
        timestampValue = 0;
        timestampEcho = 0;
        sackBlocks = 0;
    }

    /**
     * Reads the options of a segment.
     *
     * @param memory holds them
     * @param at byte offset of the first
     * @param length how many bytes there are, 0 to 40
     * @return false when a length is illegal (RFC 9293, MUST-7): the segment has to be dropped
     */
    public boolean read(MemorySegment memory, long at, int length) {
        clear();
        long end = at + length;
        long position = at;
        while (position < end) {
            int kind = NetworkOrder.getByte(memory, position);
            if (kind == END) {
                return true;
            }
            if (kind == NO_OPERATION) {
                position++;
                continue;
            }
            int bytes = position + 1 < end ? NetworkOrder.getByte(memory, position + 1) : 0;
            if (bytes < 2 || position + bytes > end || !readOne(kind, memory, position, bytes)) {
                return false;
            }
            position += bytes;
        }
        return true;
    }

    private boolean readOne(int kind, MemorySegment memory, long at, int bytes) {
        switch (kind) {
            case MSS -> {
                return bytes == MSS_BYTES && readMaximumSegmentSize(memory, at);
            }
            case WINDOW_SCALE -> {
                return bytes == WINDOW_SCALE_BYTES && readWindowScale(memory, at);
            }
            case SACK_PERMITTED -> {
                sackPermitted = true;
                return bytes == SACK_PERMITTED_BYTES;
            }
            case TIMESTAMPS -> {
                return bytes == TIMESTAMPS_BYTES && readTimestamps(memory, at);
            }
            case SACK -> {
                return readSack(memory, at, bytes - 2);
            }
            default -> {
                return true;
            }
        }
    }

    private boolean readMaximumSegmentSize(MemorySegment memory, long at) {
        maximumSegmentSize = NetworkOrder.getShort(memory, at + 2);
        return true;
    }

    private boolean readWindowScale(MemorySegment memory, long at) {
        windowScale = Math.min(NetworkOrder.getByte(memory, at + 2), MAX_WINDOW_SCALE);
        return true;
    }

    private boolean readTimestamps(MemorySegment memory, long at) {
        timestamps = true;
        timestampValue = NetworkOrder.getInt(memory, at + 2);
        timestampEcho = NetworkOrder.getInt(memory, at + 6);
        return true;
    }

    private boolean readSack(MemorySegment memory, long at, int blockBytes) {
        if (blockBytes % SACK_BLOCK_BYTES != 0 || blockBytes > MAX_SACK_BLOCKS * SACK_BLOCK_BYTES) {
            return false;
        }
        sackBlocks = blockBytes / SACK_BLOCK_BYTES;
        for (int i = 0; i < sackBlocks; i++) {
            sackLeft[i] = NetworkOrder.getInt(memory, at + 2 + (long) i * SACK_BLOCK_BYTES);
            sackRight[i] = NetworkOrder.getInt(memory, at + 6 + (long) i * SACK_BLOCK_BYTES);
        }
        return true;
    }

    /**
     * The largest segment that the sender takes.
     *
     * @return 0 to 65,535, or {@link #ABSENT}
     */
    public int maximumSegmentSize() {
        return maximumSegmentSize;
    }

    /**
     * By how many bits the sender's windows are shifted.
     *
     * @return 0 to {@link #MAX_WINDOW_SCALE}, or {@link #ABSENT}
     */
    public int windowScale() {
        return windowScale;
    }

    /**
     * Whether the sender understands SACK.
     *
     * @return true when the option is there
     */
    public boolean isSackPermitted() {
        return sackPermitted;
    }

    /**
     * Whether the segment has timestamps.
     *
     * @return true when the option is there
     */
    public boolean hasTimestamps() {
        return timestamps;
    }

    /**
     * TSval.
     *
     * @return 32 bits, 0 without the option
     */
    public int timestampValue() {
        return timestampValue;
    }

    /**
     * TSecr.
     *
     * @return 32 bits, 0 without the option
     */
    public int timestampEcho() {
        return timestampEcho;
    }

    /**
     * How many SACK blocks there are.
     *
     * @return 0 to {@link #MAX_SACK_BLOCKS}
     */
    public int sackBlocks() {
        return sackBlocks;
    }

    /**
     * The first sequence number of a SACK block.
     *
     * @param block 0 to {@link #sackBlocks} - 1
     * @return 32 bits
     */
    public int sackLeft(int block) {
        return sackLeft[block];
    }

    /**
     * One past the last sequence number of a SACK block.
     *
     * @param block 0 to {@link #sackBlocks} - 1
     * @return 32 bits
     */
    public int sackRight(int block) {
        return sackRight[block];
    }

    /**
     * Writes a maximum segment size.
     *
     * @param memory takes it
     * @param at byte offset
     * @param size 0 to 65,535
     * @return how many bytes were written
     */
    public static int writeMaximumSegmentSize(MemorySegment memory, long at, int size) {
        NetworkOrder.putInt(memory, at, MSS << 24 | MSS_BYTES << 16 | size);
        return MSS_BYTES;
    }

    /**
     * Writes a window scale, with one byte of padding.
     *
     * @param memory takes it
     * @param at byte offset
     * @param shift 0 to {@link #MAX_WINDOW_SCALE}
     * @return how many bytes were written
     */
    public static int writeWindowScale(MemorySegment memory, long at, int shift) {
        NetworkOrder.putInt(memory, at, NO_OPERATION << 24 | WINDOW_SCALE << 16 | WINDOW_SCALE_BYTES << 8 | shift);
        return 4;
    }

    /**
     * Writes SACK permitted, with two bytes of padding.
     *
     * @param memory takes it
     * @param at byte offset
     * @return how many bytes were written
     */
    public static int writeSackPermitted(MemorySegment memory, long at) {
        NetworkOrder.putInt(memory, at,
                NO_OPERATION << 24 | NO_OPERATION << 16 | SACK_PERMITTED << 8 | SACK_PERMITTED_BYTES);
        return 4;
    }

    /**
     * Writes timestamps, with two bytes of padding (RFC 7323, appendix A).
     *
     * @param memory takes them
     * @param at byte offset
     * @param value TSval
     * @param echo TSecr
     * @return how many bytes were written
     */
    public static int writeTimestamps(MemorySegment memory, long at, int value, int echo) {
        NetworkOrder.putInt(memory, at, NO_OPERATION << 24 | NO_OPERATION << 16 | TIMESTAMPS << 8 | TIMESTAMPS_BYTES);
        NetworkOrder.putInt(memory, at + 4, value);
        NetworkOrder.putInt(memory, at + 8, echo);
        return 12;
    }

    /**
     * Writes the head of a SACK option, with two bytes of padding; {@link #writeSackBlock} follows for each block.
     *
     * @param memory takes it
     * @param at byte offset
     * @param blocks 1 to {@link #MAX_SACK_BLOCKS}
     * @return how many bytes were written
     */
    public static int writeSackHead(MemorySegment memory, long at, int blocks) {
        NetworkOrder.putInt(memory, at,
                NO_OPERATION << 24 | NO_OPERATION << 16 | SACK << 8 | 2 + blocks * SACK_BLOCK_BYTES);
        return 4;
    }

    /**
     * Writes one SACK block.
     *
     * @param memory takes it
     * @param at byte offset
     * @param left the first sequence number
     * @param right one past the last
     * @return how many bytes were written
     */
    public static int writeSackBlock(MemorySegment memory, long at, int left, int right) {
        NetworkOrder.putInt(memory, at, left);
        NetworkOrder.putInt(memory, at + 4, right);
        return SACK_BLOCK_BYTES;
    }
}
