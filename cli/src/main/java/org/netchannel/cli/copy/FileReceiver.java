package org.netchannel.cli.copy;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.MessageDigest;
import java.util.Set;
import org.netchannel.cli.copy.CopyWire.Answer;
import org.netchannel.cli.copy.CopyWire.Reply;
import org.netchannel.cli.copy.CopyWire.Request;
import org.netchannel.optimized.VirtualSocket;

/** Receives one file. Everything that the peer says is taken for hostile. */
final class FileReceiver {
    private static final byte[] NO_DIGEST = new byte[CopyWire.DIGEST_BYTES];

    private final VirtualSocket peer;
    private final Inbox inbox;

    FileReceiver(VirtualSocket peer, Inbox inbox) {
        this.peer = peer;
        this.inbox = inbox;
    }

    /** Returns what became of the file, in words; the connection is closed by then. */
    String run() throws IOException {
        try (peer) {
            Request request = CopyWire.readRequest(peer);
            Answer answer = inbox.reserve(request.name(), request.size());
            if (answer != Answer.SEND) {
                CopyWire.send(peer, new Reply(answer, 0, NO_DIGEST));
                return "refused: " + answer.text();
            }
            try {
                answer = receive(request);
            } finally {
                inbox.release(request.name());
            }
            CopyWire.send(peer, answer);
            return request.name() + ": " + answer.text() + String.format(", %,d bytes", request.size());
        }
    }

    private Answer receive(Request request) throws IOException {
        Answer answer;
        try (FileChannel part = FileChannel.open(
                inbox.part(request.name()), Set.of(CREATE, READ, WRITE, LinkOption.NOFOLLOW_LINKS))) {
            MessageDigest digest = CopyWire.sha256();
            long have = Math.min(part.size(), request.size());
            hash(part, have, digest);
            CopyWire.send(peer, new Reply(Answer.SEND, have, copyOf(digest).digest()));
            long from = CopyWire.read(peer, 8).getLong();
            if (from != 0 && from != have) {
                throw new IOException("the peer goes on at " + from + ", legal is 0 or " + have);
            }
            part.truncate(from).position(from);
            take(part, request.size() - from, from == 0 ? digest = CopyWire.sha256() : digest);
            byte[] expected = CopyWire.read(peer, CopyWire.DIGEST_BYTES).array();
            answer = MessageDigest.isEqual(expected, digest.digest()) ? Answer.STORED : Answer.DAMAGED;
            part.force(true);
        }
        if (answer == Answer.DAMAGED) {
            Files.delete(inbox.part(request.name()));
            return answer;
        }
        Files.move(inbox.part(request.name()), inbox.file(request.name()));
        return answer;
    }

    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the JDK can be copied", e);
        }
    }

    private static void hash(FileChannel file, long count, MessageDigest digest) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CopyWire.BUFFER_BYTES);
        for (long left = count; left > 0; left -= buffer.limit()) {
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            if (file.read(buffer) < 0) {
                throw new EOFException("a file got shorter while it was read");
            }
            digest.update(buffer.flip().mark());
        }
    }

    private void take(FileChannel file, long count, MessageDigest digest) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CopyWire.BUFFER_BYTES);
        for (long left = count; left > 0; left -= buffer.limit()) {
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            if (peer.receive(buffer) < 0) {
                throw new EOFException("the peer ended in the middle of a file");
            }
            digest.update(buffer.flip());
            buffer.rewind();
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        }
    }
}
