package org.netchannel.conformance.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.conformance.capture.PrototypeHeader.Type;

/** Traffic with the 16-byte header, and the races that its order shows. */
class PrototypeRacesTest {
    private final TcpTraffic traffic = new TcpTraffic();
    private final TcpTraffic.Connection first = opened();
    private final TcpTraffic.Connection second = opened();

    @TempDir
    private Path folder;

    private TcpTraffic.Connection opened() {
        TcpTraffic.Connection connection = traffic.connection("10.0.0.1", "10.0.0.2");
        connection.open();
        return connection;
    }

    private void send(TcpTraffic.Connection on, boolean byA, Type type, int sequence, int length) {
        ByteBuffer packet = ByteBuffer.allocate(PrototypeHeader.BYTES + length);
        packet.putShort((short) (byA ? 10_000 : 80)).putShort((short) (byA ? 80 : 10_000)).putInt(sequence).putInt(0)
                .put((byte) 0x40).put((byte) type.code()).putShort((short) length);
        on.send(byA, packet.array());
    }

    private void opens() {
        send(first, true, Type.SYNC, 0, 0);
        send(first, false, Type.SYNC_ACK, 0, 0);
    }

    private PrototypeReport report() throws Exception {
        CaptureReport report = Importing.of(traffic.segments(), folder.resolve("x.ndjson"));
        assertThat(report.hasTraces()).isFalse();
        return report.prototype();
    }

    @Test
    void aQuietConnectionShowsNoRace() throws Exception {
        opens();
        send(first, true, Type.DATA, 0, 3_000);
        send(second, false, Type.DATA, 0, 100);
        send(first, false, Type.ACK, 0, 0);
        send(first, true, Type.FIN, 0, 0);
        send(second, false, Type.FIN, 0, 0);
        PrototypeReport report = report();
        assertThat(report.races()).isEmpty();
        assertThat(report.connections()).isEqualTo(1);
        assertThat(report.packets()).containsEntry("DATA", 2L).containsEntry("ACK", 1L).containsEntry("FIN", 2L);
    }

    @Test
    void acceptingSideThatSpeaksFirstIsR1() throws Exception {
        send(first, true, Type.SYNC, 0, 0);
        send(second, false, Type.DATA, 0, 10);
        send(first, false, Type.SYNC_ACK, 0, 0);
        assertThat(report().races()).containsOnlyKeys("R1");
        assertThat(report().lines().getFirst()).startsWith("R1 in 1 connection: the accepting side's DATA");
    }

    @Test
    void connectingSideThatDoesNotWaitIsR2() throws Exception {
        send(first, true, Type.SYNC, 0, 0);
        send(second, true, Type.DATA, 0, 10);
        assertThat(report().races()).containsOnlyKeys("R2");
    }

    @Test
    void syncThatIsAnsweredTwiceIsR3() throws Exception {
        opens();
        opens();
        assertThat(report().races()).containsOnlyKeys("R3");
    }

    @Test
    void silenceIsR6AfterFiveSeconds() throws Exception {
        send(first, true, Type.SYNC, 0, 0);
        traffic.at(4_999_999_999L);
        send(second, true, Type.ACK, 0, 0);
        assertThat(report().races()).isEmpty();
        traffic.at(5_000_000_000L);
        send(second, true, Type.ACK, 0, 0);
        assertThat(report().races()).containsOnlyKeys("R6");
    }

    @Test
    void crossingSyncsAreR8() throws Exception {
        send(first, true, Type.SYNC, 0, 0);
        send(second, false, Type.SYNC, 0, 0);
        assertThat(report().races()).containsOnlyKeys("R8");
    }

    @Test
    void bytesOfTheConnectionBeforeAreR10() throws Exception {
        opens();
        send(second, true, Type.DATA, 0, 1_000);
        send(first, true, Type.FIN, 0, 0);
        opens();
        send(second, true, Type.DATA, 1_000, 1_000);
        assertThat(report().races()).containsOnlyKeys("R10");
    }

    @Test
    void finOfTheConnectionBeforeIsR11() throws Exception {
        opens();
        send(second, true, Type.DATA, 0, 1_000);
        send(first, true, Type.FIN, 0, 0);
        send(first, true, Type.SYNC, 0, 0);
        send(second, false, Type.FIN, 0, 0);
        assertThat(report().races()).containsOnlyKeys("R11");
    }

    @Test
    void finBeforeDataIsR27() throws Exception {
        opens();
        send(first, true, Type.FIN, 0, 0);
        send(second, true, Type.DATA, 0, 10);
        assertThat(report().races()).containsOnlyKeys("R27");
    }

    @Test
    void finAfterFinIsR28() throws Exception {
        opens();
        send(first, false, Type.FIN, 0, 0);
        send(first, false, Type.FIN, 0, 0);
        assertThat(report().races()).containsOnlyKeys("R28");
    }
}
