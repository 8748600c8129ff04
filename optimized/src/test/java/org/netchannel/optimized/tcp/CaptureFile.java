package org.netchannel.optimized.tcp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Frames as they were on the wire, for tshark: pcap with nanoseconds. One thread writes. */
final class CaptureFile implements AutoCloseable {
    private static final int MAGIC = 0xa1b23c4d;
    private static final int ETHERNET = 1;
    private static final long SECOND = 1_000_000_000L;

    private final OutputStream out;

    CaptureFile(Path file) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        out.write(little(24).putInt(MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(1 << 17)
                .putInt(ETHERNET).array());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    void frame(long atNs, MemorySegment frame, int length) {
        try {
            out.write(little(16).putInt((int) (atNs / SECOND)).putInt((int) (atNs % SECOND)).putInt(length)
                    .putInt(length).array());
            out.write(frame.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
