package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Host.ACK_DELAY;
import static org.netchannel.reference.Host.CONTROL;
import static org.netchannel.reference.Host.LATENCY;
import static org.netchannel.reference.Host.TIMEOUT;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** NC-HS-7: packets for connections that this host does not know. */
class UnknownConnectionTest {
    private final Host host = Host.connected();

    private static Peer stranger(long id) {
        return new Peer(0, id, 80, 50_000);
    }

    /** NC-HS-7. */
    @ParameterizedTest
    @EnumSource(value = PacketType.class, names = {"FIN", "ACK", "STOP", "NCSYN_ACK"})
    void packetThatExpectsSomethingOfAnUnknownConnectionIsAnsweredByRst(PacketType type) {
        host.take(CONTROL, stranger(9).packet(type, 1, 5, 7, 0));
        assertThat(host.answer()).isEqualTo(new PacketHeader(11, 0, 80, 50_000, 2, 9, 0, 0));
    }

    /** NC-HS-7. */
    @ParameterizedTest
    @EnumSource(value = PacketType.class, mode = Mode.INCLUDE, names = {"NCREFUSE", "STOP_ACK", "RESUME", "RST"})
    void everyOtherPacketForAnUnknownConnectionIsIgnored(PacketType type) {
        host.take(CONTROL, stranger(9).packet(type, 1, 5, 7, 0));
        assertThat(host.sent(CONTROL)).isEmpty();
        assertThat(host.dropped(Drop.UNKNOWN_CONNECTION)).isEqualTo(1);
    }

    /** NC-HS-7, R28: the second answer waits for its nanosecond, further ones are merged with it. */
    @Test
    void answersForOneUnknownConnectionAreMergedWithinTheAcknowledgementDelay() {
        host.take(LATENCY, stranger(9).data(0, 1));
        assertThat(host.types(CONTROL)).containsExactly(PacketType.RST);
        host.advance(ACK_DELAY - 1);
        host.take(LATENCY, stranger(9).data(1, 1));
        host.take(LATENCY, stranger(9).data(2, 1));
        assertThat(host.sent(CONTROL)).isEmpty();
        host.take(LATENCY, stranger(10).data(0, 1));
        assertThat(host.answer().connection()).isEqualTo(10);
        host.advance(1);
        assertThat(host.answer()).isEqualTo(new PacketHeader(11, 0, 80, 50_000, 2, 9, 0, 0));
        host.advance(10 * ACK_DELAY);
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-HS-7: one answer that waited does not make another forgotten. */
    @Test
    void answersThatWaitedForTheSameMomentAreAllSent() {
        for (long id : new long[] {9, 10, 11}) {
            host.take(LATENCY, stranger(id).data(0, 1));
            host.take(LATENCY, stranger(id).data(0, 1));
        }
        assertThat(host.sent(CONTROL)).hasSize(3);
        host.advance(ACK_DELAY);
        assertThat(host.sent(CONTROL)).extracting(PacketHeader::connection).containsExactly(9L, 10L, 11L);
    }

    /** NC-HS-7: the merged answer is an answer itself. */
    @Test
    void answerThatWaitedMakesTheNextOneWait() {
        host.take(LATENCY, stranger(9).data(0, 1));
        host.take(LATENCY, stranger(9).data(0, 1));
        host.advance(ACK_DELAY);
        assertThat(host.sent(CONTROL)).hasSize(2);
        host.take(LATENCY, stranger(9).data(0, 1));
        assertThat(host.sent(CONTROL)).isEmpty();
        host.advance(ACK_DELAY);
        assertThat(host.sent(CONTROL)).hasSize(1);
        host.advance(ACK_DELAY);
        host.take(LATENCY, stranger(9).data(0, 1));
        assertThat(host.sent(CONTROL)).hasSize(1);
    }

    /** NC-HS-7, R4: from both sides of the connect timeout, and before NC-HS-2. */
    @Test
    void ncsynWithAnIdThatWasResetBeforeIsIgnoredForTheConnectTimeout() {
        host.ok(new Input.Listen(80, 9));
        host.take(CONTROL, stranger(5).rst(Reason.TIMEOUT));
        host.advance(TIMEOUT - 1);
        host.take(CONTROL, stranger(5).ncsyn(ChannelClass.LATENCY));
        assertThat(host.sent(CONTROL)).isEmpty();
        assertThat(host.dropped(Drop.LATE_NCSYN)).isEqualTo(1);
        host.advance(1);
        host.child(5);
    }

    /** NC-HS-7: whatever reason it gives. */
    @Test
    void rstWithAReasonNotInUseStillNamesAnUnknownConnection() {
        host.ok(new Input.Listen(80, 9));
        host.take(CONTROL, stranger(5).control(PacketType.RST, 99, 0));
        host.take(CONTROL, stranger(5).ncsyn(ChannelClass.LATENCY));
        assertThat(host.sent(CONTROL)).isEmpty();
    }

    /** NC-HS-7, NC-HDR-4: the merged answer goes to the ports that asked last. */
    @Test
    void mergedAnswerGoesToThePortsOfTheLastPacket() {
        host.take(LATENCY, stranger(9).withPorts(1, 2).data(0, 1));
        host.take(LATENCY, stranger(9).withPorts(3, 4).data(0, 1));
        host.take(LATENCY, stranger(9).data(0, 1));
        host.sent(CONTROL);
        host.advance(ACK_DELAY);
        assertThat(host.answer()).isEqualTo(new PacketHeader(11, 0, 80, 50_000, 2, 9, 0, 0));
    }
}
