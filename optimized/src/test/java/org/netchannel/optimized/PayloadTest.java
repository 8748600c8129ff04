package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Payload of a packet that lies in several stretches of memory. */
class PayloadTest {
    private final SegmentPool segments = new SegmentPool(1 << 20, null);
    private final Payload payload = new Payload();

    private void add(String text, int start) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Segment segment = segments.claim(start + bytes.length);
        segment.bytes().put(start, bytes);
        payload.add(segment, start, bytes.length);
    }

    private static String text(PacketFields packet) {
        byte[] bytes = new byte[packet.length()];
        packet.payload().get(packet.payloadAt(), bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** With the references of the payload. */
    private IncomingPacket packet() {
        IncomingPacket packet = new IncomingPacket();
        packet.type = Wire.DATA;
        for (int i = 0; i < payload.parts(); i++) {
            packet.length += payload.length(i);
        }
        packet.payload(payload);
        return packet;
    }

    @AfterEach
    void everySegmentComesBack() {
        assertThat(segments.bytesInUse()).isZero();
    }

    @Test
    void partsReadAsOneStretch() {
        add("in several ", 0);
        add("stretches ", 17);
        add("of memory", 3);

        assertThat(text(packet())).isEqualTo("in several stretches of memory");

        payload.release();
    }

    @Test
    void aSingleStretchIsReadWhereItLies() {
        add("alone", 5);
        IncomingPacket packet = packet();

        assertThat(text(packet)).isEqualTo("alone");
        assertThat(packet.payload()).isSameAs(payload.segment(0).bytes());

        payload.release();
    }

    @Test
    void aPacketThatIsFilledAgainShowsNothingOfTheOneBefore() {
        add("one ", 0);
        add("two", 0);
        IncomingPacket packet = packet();
        assertThat(text(packet)).isEqualTo("one two");
        payload.release();
        add("three ", 0);
        add("four", 0);
        packet.length = 10;
        packet.payload(payload);

        assertThat(text(packet)).isEqualTo("three four");

        payload.release();
        packet.readHeader(header(), 0);
        assertThat(packet.payload()).isNull();
    }

    private static ByteBuffer header() {
        OutgoingPacket packet = new OutgoingPacket();
        packet.type = Wire.ACK;
        ByteBuffer header = ByteBuffer.allocate(Wire.HEADER_BYTES);
        packet.writeHeader(header, 0);
        return header;
    }

    @Test
    void whatIsKeptOutlivesThePacketItCameFrom() {
        add("kept ", 0);
        add("on", 0);
        IncomingPacket kept = new IncomingPacket();
        kept.readFrom(packet());
        kept.retainPayload();
        payload.release();
        assertThat(segments.bytesInUse()).isPositive();

        assertThat(text(kept)).isEqualTo("kept on");

        kept.releasePayload();
        assertThat(kept.payload()).isNull();
    }
}
