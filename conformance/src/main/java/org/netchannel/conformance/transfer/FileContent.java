package org.netchannel.conformance.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.PayloadCheck;

/** A file as what both applications of a transfer give: every direction of every connection carries it. */
public final class FileContent implements PayloadCheck, AutoCloseable {
    /** The largest file: an offset has to stay within what TLC can count to. */
    public static final long MAX_BYTES = 1_000_000_000;

    private static final int CHUNK = 1 << 16;

    private final FileChannel file;
    private final long length;

    private FileContent(FileChannel file) throws IOException {
        this.file = file;
        this.length = file.size();
    }

    /**
     * Opens a file.
     *
     * @param path a regular file
     * @return its content; the caller closes it
     * @throws IOException when it can't be read
     */
    public static FileContent open(Path path) throws IOException {
        return new FileContent(FileChannel.open(path, StandardOpenOption.READ));
    }

    /**
     * The file's length when it was opened.
     *
     * @return number of bytes
     */
    public long length() {
        return length;
    }

    /**
     * A piece of the file.
     *
     * @param offset where it begins
     * @param count its length
     * @return the bytes, fewer at the end of the file
     */
    public Bytes read(long offset, int count) {
        byte[] bytes = new byte[(int) Math.min(count, Math.max(0, length - offset))];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position()) > 0) {
                // a read may give less than was asked for
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.of(bytes).slice(0, buffer.position());
    }

    @Override
    public boolean intact(long connection, int direction, long offset, Bytes data) {
        return offset >= 0 && read(offset, data.length()).equals(data);
    }

    /**
     * The file's SHA-256, read from its start to its end.
     *
     * @return 32 bytes
     */
    public byte[] sha256() {
        MessageDigest digest = newDigest();
        for (long offset = 0; offset < length; offset += CHUNK) {
            Bytes piece = read(offset, CHUNK);
            digest.update(piece.array(), piece.from(), piece.length());
        }
        return digest.digest();
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
