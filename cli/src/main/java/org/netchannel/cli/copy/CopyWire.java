package org.netchannel.cli.copy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.netchannel.optimized.VirtualSocket;

/**
 * What two ends say to each other about one file, all numbers big-endian:
 *
 * <ol>
 *   <li>sender: magic (4 bytes), size of the file (8), length of the name (2), the name in UTF-8;
 *   <li>receiver: an {@link Answer} (1), how many bytes it has already (8), their SHA-256 (32);
 *   <li>sender, after SEND: where it goes on (8), the bytes from there, the SHA-256 of the whole file (32);
 *   <li>receiver: an {@link Answer} (1).
 * </ol>
 */
final class CopyWire {
    /** The virtual port of the receiver. */
    static final int PORT = 2;
    /** "NCF" and the version. */
    static final int MAGIC = 0x4E43_4601;
    static final int DIGEST_BYTES = 32;
    static final int BUFFER_BYTES = 1 << 18;
    /** With what the receiver puts around it, a name stays within the 255 bytes of usual file systems. */
    static final int MOST_NAME_BYTES = 240;

    private CopyWire() {}

    /** What a receiver answers; the ordinal is the byte on the wire. */
    enum Answer {
        /** Send the rest. */
        SEND("goes on"),
        /** Everything is there. */
        STORED("stored"),
        /** There is a file of that name. */
        EXISTS("there is a file of that name already"),
        /** The name is not one that may be used. */
        BAD_NAME("the name is not allowed there"),
        /** Somebody else sends a file of that name. */
        BUSY("another transfer of a file of that name is under way"),
        /** There is not enough room. */
        NO_ROOM("there is not enough room"),
        /** What arrived is not what was sent. */
        DAMAGED("what arrived has another SHA-256");

        private final String text;

        Answer(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        private static Answer of(byte code) throws IOException {
            if (code < 0 || code >= values().length) {
                throw new IOException("the peer answers " + code + ", legal is 0 to " + (values().length - 1));
            }
            return values()[code];
        }
    }

    /** The first thing that a sender says. */
    record Request(String name, long size) {}

    /** The first thing that a receiver says. */
    record Reply(Answer answer, long have, byte[] digest) {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** So many bytes from the peer, ready to be read. */
    static ByteBuffer read(VirtualSocket from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (from.receive(bytes) < 0) {
                throw new EOFException("the peer ended in the middle of a message");
            }
        }
        return bytes.flip();
    }

    static void send(VirtualSocket to, Request request) throws IOException {
        byte[] name = request.name().getBytes(StandardCharsets.UTF_8);
        to.send(ByteBuffer.allocate(14 + name.length)
                .putInt(MAGIC).putLong(request.size()).putShort((short) name.length).put(name).flip());
    }

    /** A request; whether its name may be used is not checked here. */
    static Request readRequest(VirtualSocket from) throws IOException {
        ByteBuffer head = read(from, 14);
        int magic = head.getInt();
        long size = head.getLong();
        int length = Short.toUnsignedInt(head.getShort());
        if (magic != MAGIC || size < 0) {
            throw new IOException("the peer does not say which file it sends");
        }
        return new Request(StandardCharsets.UTF_8.decode(read(from, length)).toString(), size);
    }

    static void send(VirtualSocket to, Reply reply) throws IOException {
        to.send(ByteBuffer.allocate(9 + DIGEST_BYTES)
                .put((byte) reply.answer().ordinal()).putLong(reply.have()).put(reply.digest()).flip());
    }

    static Reply readReply(VirtualSocket from) throws IOException {
        ByteBuffer bytes = read(from, 9 + DIGEST_BYTES);
        Answer answer = Answer.of(bytes.get());
        long have = bytes.getLong();
        byte[] digest = new byte[DIGEST_BYTES];
        bytes.get(digest);
        return new Reply(answer, have, digest);
    }

    static void send(VirtualSocket to, Answer answer) throws IOException {
        to.send(ByteBuffer.allocate(1).put((byte) answer.ordinal()).flip());
    }

    static Answer readAnswer(VirtualSocket from) throws IOException {
        return Answer.of(read(from, 1).get());
    }
}
