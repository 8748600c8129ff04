package org.netchannel.conformance.capture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netchannel.traces.Hello;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.TracePacket;

/**
 * The packets of a capture in the order in which they were captured, in a temporary file of {@value #BYTES} bytes for
 * each, mapped into memory: a capture may be larger than the heap. From each packet one gets to the next of the same
 * direction, and to the next of the same connection. One thread uses it.
 */
final class PacketStore implements AutoCloseable {
    /** There is no such packet. */
    static final long NONE = -1;
    /** So many connections are kept apart. */
    static final int MAX_CONNECTIONS = 1_000_000;

    private static final int BYTES = 96;
    private static final int PER_CHUNK = 1 << 19;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    /** What a record is about. */
    enum Kind {
        /** A packet. */
        PACKET,
        /** A HELLO whose payload could be read. */
        HELLO,
        /** Bytes that are no packet. */
        UNREADABLE,
        /** The sender closed the TCP connection, or reset it. */
        END
    }

    /**
     * A record.
     *
     * @param index its number, from 0
     * @param timeNs when its last byte was captured
     * @param stream the TCP connection
     * @param byDialer whether the one who opened the TCP connection sent it
     * @param kind what it is
     * @param packet the packet; null at an end
     * @param nextInDirection the next record of the same sender on the same stream, or {@link #NONE}
     * @param nextOfConnection the next packet of the same connection, whoever sent it, or {@link #NONE}
     */
    record Seen(
            long index, long timeNs, int stream, boolean byDialer, Kind kind, TracePacket packet, long nextInDirection,
            long nextOfConnection) {

        /** The header of a packet that can be read. */
        Optional<PacketHeader> header() {
            return packet instanceof TracePacket.Readable readable ? Optional.of(readable.header()) : Optional.empty();
        }
    }

    private final Path file;
    private final FileChannel channel;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> chunks = new ArrayList<>();
    private final Map<Long, long[]> connections = new HashMap<>();
    private final Map<Long, long[]> directions = new HashMap<>();
    private final Map<Long, String> unreadable = new HashMap<>();
    private long size;

    /** Begins, with a temporary file in a folder. */
    PacketStore(Path folder) throws IOException {
        this.file = Files.createTempFile(folder, "capture", ".tmp");
        this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    long size() {
        return size;
    }

    /** The first record of a sender on a stream. */
    long firstOf(int stream, boolean byDialer) {
        long[] ends = directions.get(direction(stream, byDialer));
        return ends == null ? NONE : ends[0];
    }

    /** The first packet of a connection. */
    long firstOf(long connection) {
        long[] ends = connections.get(connection);
        return ends == null ? NONE : ends[0];
    }

    private static long direction(int stream, boolean byDialer) {
        return 2L * stream + (byDialer ? 0 : 1);
    }

    void addEnd(long timeNs, int stream, boolean byDialer) throws IOException {
        begin(timeNs, stream, byDialer, Kind.END);
    }

    void add(long timeNs, int stream, boolean byDialer, TracePacket packet) throws IOException {
        switch (packet) {
            case TracePacket.Unreadable(String why) ->
                unreadable.put(begin(timeNs, stream, byDialer, Kind.UNREADABLE), why);
            case TracePacket.Readable(PacketHeader header, Optional<Hello> hello, boolean _) -> {
                long index = begin(timeNs, stream, byDialer, hello.isPresent() ? Kind.HELLO : Kind.PACKET);
                write(index, header);
                hello.ifPresent(said -> write(index, said));
                if (header.connection() != 0) {
                    link(connections, header.connection(), index, 80);
                    if (connections.size() > MAX_CONNECTIONS) {
                        throw new CaptureException(
                                String.format("it has more than %,d connections", MAX_CONNECTIONS));
                    }
                }
            }
        }
    }

    private long begin(long timeNs, int stream, boolean byDialer, Kind kind) throws IOException {
        if (size % PER_CHUNK == 0) {
            long bytes = (long) PER_CHUNK * BYTES;
            chunks.add(channel.map(FileChannel.MapMode.READ_WRITE, chunks.size() * bytes, bytes, arena));
        }
        long index = size++;
        MemorySegment at = at(index);
        at.set(LONG, 0, timeNs);
        at.set(INT, 8, stream);
        at.set(INT, 12, kind.ordinal() << 1 | (byDialer ? 1 : 0));
        at.set(LONG, 72, NONE);
        at.set(LONG, 80, NONE);
        link(directions, direction(stream, byDialer), index, 72);
        return index;
    }

    private void link(Map<Long, long[]> ends, long key, long index, int field) {
        long[] known = ends.get(key);
        if (known == null) {
            ends.put(key, new long[] {index, index});
        } else {
            at(known[1]).set(LONG, field, index);
            known[1] = index;
        }
    }

    private void write(long index, PacketHeader header) {
        MemorySegment at = at(index);
        at.set(INT, 16, header.typeCode());
        at.set(INT, 20, header.length());
        at.set(INT, 24, header.sourcePort() << 16 | header.destinationPort());
        at.set(INT, 28, (int) header.tag());
        at.set(LONG, 32, header.connection());
        at.set(LONG, 40, header.offset());
        at.set(LONG, 48, header.ack());
    }

    private void write(long index, Hello hello) {
        MemorySegment at = at(index);
        at.set(LONG, 56, hello.incarnation());
        at.set(INT, 64, (int) hello.channel());
        at.set(INT, 68, (int) hello.classCode());
        at.set(INT, 88, (int) hello.largestPayload());
    }

    Seen get(long index) {
        MemorySegment at = at(index);
        int what = at.get(INT, 12);
        Kind kind = Kind.values()[what >> 1];
        return new Seen(index, at.get(LONG, 0), at.get(INT, 8), (what & 1) == 1, kind, packet(index, kind, at),
                at.get(LONG, 72), at.get(LONG, 80));
    }

    private TracePacket packet(long index, Kind kind, MemorySegment at) {
        return switch (kind) {
            case END -> null;
            case UNREADABLE -> new TracePacket.Unreadable(unreadable.get(index));
            case PACKET -> new TracePacket.Readable(header(at), Optional.empty(), true);
            case HELLO -> new TracePacket.Readable(header(at), Optional.of(new Hello(at.get(LONG, 56),
                    Integer.toUnsignedLong(at.get(INT, 64)), Integer.toUnsignedLong(at.get(INT, 68)),
                    Integer.toUnsignedLong(at.get(INT, 88)))), true);
        };
    }

    private static PacketHeader header(MemorySegment at) {
        int ports = at.get(INT, 24);
        return new PacketHeader(at.get(INT, 16), at.get(INT, 20), ports >>> 16, ports & 0xFFFF,
                Integer.toUnsignedLong(at.get(INT, 28)), at.get(LONG, 32), at.get(LONG, 40), at.get(LONG, 48));
    }

    private MemorySegment at(long index) {
        return chunks.get((int) (index / PER_CHUNK)).asSlice(index % PER_CHUNK * BYTES, BYTES);
    }

    @Override
    public void close() throws IOException {
        arena.close();
        channel.close();
        Files.deleteIfExists(file);
    }
}
