package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Connections whose peers make them hold what a host has little of leave something to those beside them. */
class SharesTest {
    private static final int SEGMENT = 1_000;
    private static final int HOST_EARLY = 32;

    private final ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.plain()
            .with(Setting.SEND_BUFFER, 1 << 24).with(Setting.HOST_EARLY_SEGMENTS, HOST_EARLY));
    private final TcpListener listener = peer.host.listen(ScriptedPeer.PORT, 10);
    private final int buffers = peer.pool.freeBuffers();
    private final int frames = peer.frames.freeBuffers();

    private TcpConnection connect(int port) {
        peer.peerPort = port;
        return peer.withMss(SEGMENT).accept(listener);
    }

    /** Each buffer of the pool holds a segment. */
    private int segmentsTaken(TcpConnection connection) {
        return ScriptedPeer.write(peer, connection, buffers * SEGMENT) / SEGMENT;
    }

    @Test
    void aPeerThatShutsItsWindowLeavesBuffersToOthers() {
        peer.window = 0;
        TcpConnection first = connect(5_001);
        TcpConnection second = connect(5_002);
        assertThat(segmentsTaken(first)).isEqualTo(buffers / 2);
        assertThat(segmentsTaken(first)).isZero();
        assertThat(segmentsTaken(second)).isEqualTo(buffers / 4);
        peer.window = ScriptedPeer.WINDOW;
        TcpConnection honest = connect(5_003);
        assertThat(segmentsTaken(honest)).isEqualTo(buffers / 8);
        int inFlight = peer.drain().stream().mapToInt(ScriptedPeer.Sent::length).sum();
        assertThat(inFlight).isPositive();
        peer.send(TcpHeader.ACK, 1, 1 + inFlight, 0);
        assertThat(segmentsTaken(honest)).as("what was acknowledged").isEqualTo(inFlight / SEGMENT);
        // Who has more than is left now gets no more, and the others what it gives back.
        second.abort();
        assertThat(segmentsTaken(first)).isZero();
        assertThat(segmentsTaken(honest)).isEqualTo((buffers / 2 - 2 * (buffers / 8)) / 2);
        first.abort();
        honest.abort();
        assertThat(peer.pool.freeBuffers()).isEqualTo(buffers);
    }

    /** Many connections at once do not leave the next one without any. */
    @Test
    void whoeverComesNextGetsAPart() {
        peer.window = 0;
        List<TcpConnection> hostile = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            hostile.add(connect(5_001 + i));
        }
        // They come again and again, as they would.
        for (int round = 0; round < 100; round++) {
            hostile.forEach(connection -> ScriptedPeer.write(peer, connection, SEGMENT));
        }
        int left = peer.pool.freeBuffers();
        assertThat(left).isBetween(buffers / 22, buffers / 20);
        assertThat(segmentsTaken(connect(6_000))).isEqualTo((left + 1) / 2);
    }

    private void sendWithGaps(int count) {
        for (int i = 0; i < count; i++) {
            peer.send(TcpHeader.ACK, 3 + 2 * i, 1, 1);
        }
    }

    private int held() {
        return frames - peer.frames.freeBuffers();
    }

    @Test
    void peersThatLeaveGapsLeaveRoomForThoseOfOthers() {
        TcpConnection first = connect(5_001);
        sendWithGaps(HOST_EARLY);
        assertThat(held()).isEqualTo(HOST_EARLY / 2);
        TcpConnection second = connect(5_002);
        sendWithGaps(HOST_EARLY);
        assertThat(held()).isEqualTo(HOST_EARLY / 2 + HOST_EARLY / 4);
        assertThat(peer.host.counters().get(Counter.TOO_MANY_SEGMENTS))
                .isEqualTo(2 * HOST_EARLY - HOST_EARLY / 2 - HOST_EARLY / 4);
        TcpConnection honest = connect(5_003);
        sendWithGaps(2);
        assertThat(held()).isEqualTo(HOST_EARLY / 2 + HOST_EARLY / 4 + 2);
        peer.send(TcpHeader.ACK, 1, 1, 2);
        peer.send(TcpHeader.ACK, 4, 1, 1);
        assertThat(honest.readable()).isEqualTo(5);
        assertThat(honest.receive(MemorySegment.ofArray(new byte[5]), 0, 5)).isEqualTo(5);
        first.abort();
        second.abort();
        assertThat(held()).isZero();
        // What they held is there again.
        connect(5_004);
        sendWithGaps(HOST_EARLY);
        assertThat(held()).isEqualTo(HOST_EARLY / 2);
    }
}
