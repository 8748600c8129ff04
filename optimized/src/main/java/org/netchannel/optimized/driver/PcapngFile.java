package org.netchannel.optimized.driver;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A file of captured packets as tshark and Wireshark read it (PCAP Next Generation, draft-ietf-opsawg-pcapng): one
 * section, one interface, whose packets begin with an IPv4 header. What is added stays in memory until there is enough.
 * One thread at a time calls.
 */
final class PcapngFile implements Closeable {
    private static final int SECTION = 0x0A0D_0D0A;
    private static final int BYTE_ORDER = 0x1A2B_3C4D;
    private static final int INTERFACE = 1;
    private static final int PACKET = 6;
    /** LINKTYPE_RAW: no link header. */
    private static final short RAW = 101;
    private static final short TIME_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    /** What a block has beside a packet's bytes. */
    private static final int PACKET_BLOCK = 32;
    private static final int BUFFER = 1 << 20;
    private static final int ENOUGH = 1 << 16;
    private static final long WRITE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long left;
    private long writtenNs = System.nanoTime();

    /**
     * Makes a file, in place of one that is there; a new one is for its owner alone, for all data stands in it.
     *
     * @param path the file
     * @param mostBytes no more than that is written
     */
    PcapngFile(Path path, long mostBytes) throws IOException {
        file = FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE), PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------")));
        left = mostBytes;
        buffer.putInt(SECTION).putInt(28).putInt(BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1)
                .putInt(28);
        buffer.putInt(INTERFACE).putInt(32).putShort(RAW).putShort((short) 0).putInt(0)
                .putShort(TIME_RESOLUTION).putShort((short) 1).put(NANOSECONDS).put(new byte[3])
                .putInt(0).putInt(32);
        left -= buffer.position();
    }

    /**
     * Begins a packet; its bytes are put next, then it {@link #end ends}.
     *
     * @param epochNs when it was
     * @param bytes how long it is, at most 65,535
     * @return where to put it, or null when the file is as long as it may be
     */
    ByteBuffer begin(long epochNs, int bytes) throws IOException {
        int block = PACKET_BLOCK + padded(bytes);
        if (block > left) {
            left = 0;
            return null;
        }
        left -= block;
        if (buffer.remaining() < block) {
            write();
        }
        return buffer.putInt(PACKET).putInt(block).putInt(0).putInt((int) (epochNs >>> Integer.SIZE))
                .putInt((int) epochNs).putInt(bytes).putInt(bytes);
    }

    /** The packet's bytes are all there. */
    void end(int bytes) {
        for (int i = bytes; i < padded(bytes); i++) {
            buffer.put((byte) 0);
        }
        buffer.putInt(PACKET_BLOCK + padded(bytes));
    }

    private static int padded(int bytes) {
        return bytes + 3 & ~3;
    }

    boolean isFull() {
        return left == 0;
    }

    /** Writes, when there is enough to write or it has waited long. */
    void flush() throws IOException {
        long now = System.nanoTime();
        if (buffer.position() >= ENOUGH || buffer.position() > 0 && now - writtenNs > WRITE_NS) {
            write();
            writtenNs = now;
        }
    }

    private void write() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        try (file) {
            write();
        }
    }
}
