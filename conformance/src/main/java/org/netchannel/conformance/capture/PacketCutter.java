package org.netchannel.conformance.capture;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Hello;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.TracePacket;

/**
 * Cuts one direction of a TCP stream into packets. Holds a header and the payload of a HELLO, no other payload. What
 * can't be read comes out once, and nothing after it: where the next packet begins nobody knows (NC-HDR-2).
 */
final class PacketCutter {
    private static final int WHOLE_HELLO = PacketHeader.BYTES + Hello.BYTES;
    private static final int LAST_TYPE = 12;

    /** Takes packets. */
    interface Sink {
        void packet(TracePacket packet) throws IOException;

        void packet(PrototypeHeader packet) throws IOException;
    }

    /** What is to be done once the payload has passed. */
    private interface Pending {
        void pass() throws IOException;
    }

    private final Sink sink;
    private final Set<Format> legal;
    private final byte[] head = new byte[WHOLE_HELLO];
    private Format format = Format.UNDECIDED;
    private int held;
    private int needed = PrototypeHeader.BYTES;
    private PacketHeader header;
    private long toSkip;
    private Pending pending;
    private boolean broken;

    /**
     * Begins.
     *
     * @param legal the formats that are looked for
     * @param sink takes the packets
     */
    PacketCutter(Set<Format> legal, Sink sink) {
        this.legal = legal;
        this.sink = sink;
    }

    Format format() {
        return format;
    }

    void take(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to && !broken) {
            if (toSkip > 0) {
                int skipped = (int) Math.min(toSkip, to - at);
                toSkip -= skipped;
                at += skipped;
                passWhenWhole();
            } else {
                int count = Math.min(needed - held, to - at);
                System.arraycopy(bytes, at, head, held, count);
                held += count;
                at += count;
                if (held == needed) {
                    read();
                }
            }
        }
    }

    private void read() throws IOException {
        if (format == Format.UNDECIDED) {
            format = recognised();
        }
        switch (format) {
            case NETCHANNEL -> readNetChannel();
            case PROTOTYPE -> {
                Optional<PrototypeHeader> decoded = PrototypeHeader.decode(head);
                if (decoded.isEmpty()) {
                    giveUp("no header of the prototype");
                } else {
                    skip(decoded.get().length(), PrototypeHeader.BYTES, () -> sink.packet(decoded.get()));
                }
            }
            default -> giveUp("neither a packet nor one of the prototype");
        }
    }

    private Format recognised() {
        Format found = (head[0] & 0xFF) << 8 == (PacketCodec.MAGIC & 0xFF00) && head[1] == (byte) PacketCodec.MAGIC
                        && head[PrototypeHeader.DATA_OFFSET_AT] != PrototypeHeader.DATA_OFFSET
                ? Format.NETCHANNEL
                : PrototypeHeader.decode(head).isPresent() ? Format.PROTOTYPE : Format.OTHER;
        return legal.contains(found) ? found : Format.OTHER;
    }

    private void readNetChannel() throws IOException {
        if (held < PacketHeader.BYTES) {
            needed = PacketHeader.BYTES;
        } else if (header == null) {
            readHeader();
        } else {
            Optional<Hello> hello = HelloCodec.decode(new Bytes(head.clone(), PacketHeader.BYTES, Hello.BYTES))
                            instanceof Decoded.Good<Hello>(Hello good)
                    ? Optional.of(good)
                    : Optional.empty();
            TracePacket packet = new TracePacket.Readable(header, hello, true);
            header = null;
            skip(0, PacketHeader.BYTES, () -> sink.packet(packet));
        }
    }

    private void readHeader() throws IOException {
        switch (PacketCodec.decodeHeader(Bytes.of(head.clone()))) {
            case Decoded.Malformed<PacketHeader>(int byteIndex, String reason) ->
                giveUp("byte " + byteIndex + ": " + reason);
            case Decoded.Good<PacketHeader>(PacketHeader good) -> {
                if (good.typeCode() == PacketType.HELLO.code() && good.length() == Hello.BYTES) {
                    header = good;
                    needed = WHOLE_HELLO;
                } else {
                    TracePacket packet = new TracePacket.Readable(good, Optional.empty(), true);
                    skip(good.length(), PacketHeader.BYTES, () -> sink.packet(packet));
                }
            }
        }
    }

    private void skip(int payload, int nextHeader, Pending then) throws IOException {
        held = 0;
        needed = nextHeader;
        toSkip = payload;
        pending = then;
        passWhenWhole();
    }

    private void passWhenWhole() throws IOException {
        if (toSkip == 0) {
            pending.pass();
        }
    }

    private void giveUp(String why) throws IOException {
        broken = true;
        sink.packet(new TracePacket.Unreadable(why));
    }

    /** Whether something in these bytes looks like a header: for a stream whose beginning was not captured. */
    static boolean hasHeader(byte[] bytes) {
        for (int i = 0; i + 8 <= bytes.length; i++) {
            if (bytes[i] == (byte) (PacketCodec.MAGIC >> 8) && bytes[i + 1] == (byte) PacketCodec.MAGIC
                    && bytes[i + 2] == PacketCodec.VERSION && bytes[i + 3] >= 1 && bytes[i + 3] <= LAST_TYPE
                    && bytes[i + 4] == 0 && bytes[i + 5] == 0) {
                return true;
            }
        }
        return false;
    }
}
