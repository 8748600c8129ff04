package org.netchannel.conformance.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Bytes;

class PacketFramerTest {
    private final PacketFramer framer = new PacketFramer();

    private static byte[] stream(List<Bytes> packets) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        packets.forEach(packet -> all.writeBytes(packet.toArray()));
        return all.toByteArray();
    }

    /** Gives a few bytes at each read, as a socket may. */
    private static ReadableByteChannel inPieces(byte[] bytes, long seed) {
        Random random = new Random(seed);
        ByteArrayInputStream in = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, 1 + random.nextInt(50_000)));
            }
        };
        return Channels.newChannel(in);
    }

    private static List<Bytes> allFrom(PacketFramer framer, ReadableByteChannel in) throws IOException {
        List<Bytes> packets = new ArrayList<>();
        int count = 0;
        while (count >= 0 || framer.head() != null) {
            count = framer.read(in);
            if (framer.head() != null) {
                packets.add(framer.head());
                framer.pop();
            } else if (count == 0) {
                break;
            }
        }
        return packets;
    }

    @Property(tries = 100)
    void whateverThePiecesThePacketsComeOutWhole(
            @ForAll @Size(max = 12) List<@IntRange(max = 65_496) Integer> lengths, @ForAll long seed)
            throws IOException {
        List<Bytes> packets = lengths.stream().map(length -> ScriptedEndpoint.data(length, length)).toList();
        assertThat(allFrom(new PacketFramer(), inPieces(stream(packets), seed))).isEqualTo(packets);
    }

    @Property(tries = 200)
    void garbageComesOutOnceAndNothingAfterIt(@ForAll @Size(min = 40, max = 300) byte[] garbage) throws IOException {
        garbage[0] = 0;
        Bytes packet = ScriptedEndpoint.data(10, 1);
        byte[] bytes = stream(List.of(packet, Bytes.of(garbage), packet));
        assertThat(allFrom(new PacketFramer(), inPieces(bytes, 1)))
                .containsExactly(packet, Bytes.of(garbage).slice(0, 40));
    }

    @Test
    void aLengthOverTheLargestPayloadIsGarbageAndTheLargestIsNot() throws IOException {
        byte[] packet = ScriptedEndpoint.data(65_496, 1).toArray();
        assertThat(allFrom(new PacketFramer(), inPieces(packet, 1))).containsExactly(Bytes.of(packet));
        packet[7]++;
        assertThat(allFrom(framer, inPieces(packet, 1))).containsExactly(Bytes.of(packet).slice(0, 40));
    }

    @Test
    void aPacketThatIsCutOffDoesNotComeOut() throws IOException {
        Bytes packet = ScriptedEndpoint.data(10, 1);
        assertThat(allFrom(framer, inPieces(packet.slice(0, 49).toArray(), 1))).isEmpty();
        assertThat(framer.leftOver()).isEqualTo(49);
    }

    @Test
    void headIsTheSameUntilItIsTaken() throws IOException {
        Bytes first = ScriptedEndpoint.data(1, 1);
        Bytes second = ScriptedEndpoint.data(2, 2);
        framer.feed(Bytes.of(stream(List.of(first, second))));
        assertThat(framer.head()).isEqualTo(first).isSameAs(framer.head());
        framer.pop();
        assertThat(framer.head()).isEqualTo(second);
        framer.pop();
        assertThat(framer.head()).isNull();
    }

    @Test
    void whatDoesNotFitStaysInTheSocket() throws IOException {
        byte[] endless = stream(List.of(ScriptedEndpoint.data(65_496, 1), ScriptedEndpoint.data(65_496, 1),
                ScriptedEndpoint.data(65_496, 1), ScriptedEndpoint.data(65_496, 1), ScriptedEndpoint.data(9, 9)));
        ByteBuffer source = ByteBuffer.wrap(endless);
        ReadableByteChannel in = Channels.newChannel(new ByteArrayInputStream(endless));
        int read = 0;
        for (int count = framer.read(in); count > 0; count = framer.read(in)) {
            read += count;
        }
        assertThat(read).isEqualTo(4 * PacketFramer.MAX_PACKET).isLessThan(source.remaining());
        framer.head();
        framer.pop();
        assertThat(framer.read(in)).isEqualTo(49);
    }
}
