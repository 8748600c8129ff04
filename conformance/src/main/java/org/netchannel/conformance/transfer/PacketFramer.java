package org.netchannel.conformance.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Hello;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;

/**
 * Cuts the byte stream of a channel into packets at their headers. Holds a bounded number of bytes. A header that can't
 * be read comes out once as it is, for the endpoint to judge (NC-HDR-2); nothing after it can be found again, so
 * nothing comes out after it. Used by one thread.
 */
final class PacketFramer {
    /** The largest packet there is. */
    static final int MAX_PACKET = PacketHeader.BYTES + PacketHeader.MAX_PAYLOAD;

    /** A HELLO with its header: the first packet of every channel. */
    static final int HELLO_PACKET = PacketHeader.BYTES + Hello.BYTES;

    private static final int CAPACITY = 4 * MAX_PACKET;

    private final byte[] buffer = new byte[CAPACITY];
    private int start;
    private int end;
    private Bytes head;
    private boolean broken;

    /**
     * Reads what is there, as far as it fits.
     *
     * @param from the socket, not blocking
     * @return number of bytes read, 0 when nothing is there or nothing fits, -1 when the stream has ended
     */
    int read(ReadableByteChannel from) throws IOException {
        compact();
        ByteBuffer free = ByteBuffer.wrap(buffer, end, CAPACITY - end);
        if (!free.hasRemaining()) {
            return 0;
        }
        int count = from.read(free);
        end += Math.max(count, 0);
        return count;
    }

    /** Takes bytes that were read before the framer was there; they have to fit. */
    void feed(Bytes bytes) {
        System.arraycopy(bytes.array(), bytes.from(), buffer, end, bytes.length());
        end += bytes.length();
    }

    /**
     * The next packet, or garbage in its place.
     *
     * @return its bytes, in an array of their own; the same ones until {@link #pop}; null when none is whole yet
     */
    Bytes head() {
        if (head == null && !broken && end - start >= PacketHeader.BYTES) {
            head = cut();
        }
        return head;
    }

    /** Done with the packet that {@link #head} gave. */
    void pop() {
        head = null;
    }

    /** How many bytes were read that made no whole packet yet. */
    int leftOver() {
        return end - start;
    }

    private Bytes cut() {
        Bytes there = new Bytes(buffer, start, end - start);
        return switch (PacketCodec.decodeHeader(there)) {
            case Decoded.Malformed<PacketHeader> garbage -> {
                broken = true;
                yield take(PacketHeader.BYTES);
            }
            case Decoded.Good<PacketHeader>(PacketHeader header) -> {
                int length = PacketHeader.BYTES + header.length();
                yield there.length() < length ? null : take(length);
            }
        };
    }

    private Bytes take(int count) {
        Bytes taken = Bytes.of(new Bytes(buffer, start, count).toArray());
        start += count;
        return taken;
    }

    private void compact() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
    }
}
