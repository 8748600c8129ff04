package org.netchannel.optimized.tcp;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** A connection of ours as blocking streams, for programs that go step by step. */
final class OurStream {
    private final KernelLink link;
    final TcpConnection connection;
    private final byte[] part = new byte[1 << 16];
    private int at;
    private int end;

    OurStream(KernelLink link, TcpConnection connection) {
        this.link = link;
        this.connection = connection;
    }

    /** The next byte; -1 when there are no more. */
    private int read() throws Exception {
        if (at == end) {
            int[] length = new int[1];
            link.await("there is something to read", () -> {
                length[0] = connection.receive(MemorySegment.ofArray(part), 0, part.length);
                return length[0] != 0;
            }, 60);
            if (length[0] < 0) {
                return -1;
            }
            at = 0;
            end = length[0];
        }
        return part[at++] & 0xff;
    }

    byte[] readExactly(int count) throws Exception {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            int next = read();
            if (next < 0) {
                throw new AssertionError("the stream ended after " + i + " of " + count + " bytes");
            }
            bytes[i] = (byte) next;
        }
        return bytes;
    }

    byte[] readAll() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int next = read(); next >= 0; next = read()) {
            all.write(next);
        }
        return all.toByteArray();
    }

    /** Everything up to an empty line; empty when there is nothing more. */
    String readHead() throws Exception {
        StringBuilder head = new StringBuilder();
        for (int next = read(); next >= 0; next = read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    void write(byte... bytes) throws Exception {
        int[] sent = new int[1];
        link.await("everything is taken", () -> {
            sent[0] += connection.send(MemorySegment.ofArray(bytes), sent[0], bytes.length - sent[0]);
            return sent[0] == bytes.length;
        }, 60);
    }

    void write(String text) throws Exception {
        write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void shutdown() throws Exception {
        link.call(() -> {
            connection.shutdown();
            return true;
        });
    }
}
