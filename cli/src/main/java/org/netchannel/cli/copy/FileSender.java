package org.netchannel.cli.copy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import org.netchannel.cli.copy.CopyWire.Answer;
import org.netchannel.cli.copy.CopyWire.Reply;
import org.netchannel.cli.copy.CopyWire.Request;
import org.netchannel.optimized.VirtualSocket;

/** Sends one file, or what the receiver does not have of it yet. */
final class FileSender {
    private final VirtualSocket peer;
    private final Path file;
    private final LongConsumer progress;

    /**
     * Sends nothing yet.
     *
     * @param progress is told how many bytes the receiver has
     */
    FileSender(VirtualSocket peer, Path file, LongConsumer progress) {
        this.peer = peer;
        this.file = file;
        this.progress = progress;
    }

    /** Returns when the receiver has the file or has refused it; the connection is closed by then. */
    Copied run() throws IOException {
        try (peer; FileChannel content = FileChannel.open(file)) {
            String name = file.getFileName().toString();
            long size = content.size();
            CopyWire.send(peer, new Request(name, size));
            Reply reply = CopyWire.readReply(peer);
            if (reply.answer() != Answer.SEND) {
                return new Copied(name, size, 0, "", reply.answer().text());
            }
            if (reply.have() < 0 || reply.have() > size) {
                throw new IOException("the peer has " + reply.have() + " bytes, legal is 0 to " + size);
            }
            MessageDigest digest = CopyWire.sha256();
            read(content, reply.have(), digest, false);
            long from = MessageDigest.isEqual(reply.digest(), digest.digest()) ? reply.have() : 0;
            peer.send(ByteBuffer.allocate(8).putLong(from).flip());
            content.position(0);
            read(content, from, digest, false);
            progress.accept(from);
            read(content, size - from, digest, true);
            byte[] sum = digest.digest();
            peer.send(ByteBuffer.wrap(sum));
            Answer answer = CopyWire.readAnswer(peer);
            String problem = answer == Answer.STORED ? "" : answer.text();
            return new Copied(name, size, from, HexFormat.of().formatHex(sum), problem);
        }
    }

    private void read(FileChannel content, long count, MessageDigest digest, boolean send) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CopyWire.BUFFER_BYTES);
        long end = content.position() + count;
        while (content.position() < end) {
            buffer.clear().limit((int) Math.min(end - content.position(), buffer.capacity()));
            if (content.read(buffer) < 0) {
                throw new EOFException("the file got shorter while it was read");
            }
            digest.update(buffer.flip());
            if (send) {
                peer.send(buffer.rewind());
                progress.accept(content.position());
            }
        }
    }
}
