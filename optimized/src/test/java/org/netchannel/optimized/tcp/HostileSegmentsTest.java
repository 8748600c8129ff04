package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Whatever comes, in whatever state: nothing is thrown, nothing grows, and what is known stays consistent. */
class HostileSegmentsTest {
    private static final int BYTES = 4_000;
    private static final byte[] DATA = new byte[BYTES];

    /** A peer that follows the protocol now and then, so that every state is reached, and does anything else. */
    private final class Fuzz {
        private final long seed;
        private final SplittableRandom random;
        private final ScriptedPeer peer;
        private final TcpListener listener;
        private TcpConnection connection;

        private Fuzz(long seed) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.SACK, random.nextInt(2))
                    .with(Setting.WINDOW_SCALE, random.nextInt(2)).with(Setting.ECN, random.nextInt(2))
                    .with(Setting.TIMESTAMPS, random.nextInt(8) == 0 ? 1 : 0)
                    .with(Setting.NAGLE, random.nextInt(2)).with(Setting.SEGMENTS, 32)
                    .with(Setting.RECEIVE_BUFFER, 16_384).with(Setting.SYN_BACKLOG, 4), seed % 2 == 0 ? 8_000 : 2_000);
            peer.splits = seed % 2 == 0;
            listener = peer.host.listen(ScriptedPeer.PORT, 4);
        }

        private void run(int steps, Set<State> seen) {
            for (int step = 0; step < steps; step++) {
                try {
                    step();
                    check();
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError("seed " + seed + " step " + step, e);
                }
                if (connection != null) {
                    seen.add(connection.state());
                }
            }
        }

        private void step() {
            if (connection == null || connection.state() == State.CLOSED && random.nextInt(4) == 0) {
                open();
            }
            switch (random.nextInt(12)) {
                case 0 -> connection.send(MemorySegment.ofArray(DATA), 0, random.nextInt(1, BYTES));
                case 1 -> connection.receive(MemorySegment.ofArray(new byte[BYTES]), 0, random.nextInt(1, BYTES));
                case 2 -> close();
                case 3 -> peer.after(random.nextLong(1L << random.nextInt(20, 37)));
                default -> segment();
            }
            peer.transmit();
            peer.drain();
        }

        private void open() {
            peer.hostPort = ScriptedPeer.PORT;
            peer.peerPort = random.nextInt(1, 65_536);
            if (random.nextBoolean()) {
                peer.withMss(random.nextInt(65_536)).withScale(random.nextInt(256));
                if (random.nextBoolean()) {
                    peer.withSackPermitted();
                }
                peer.send(TcpHeader.SYN | random.nextInt(2) * (TcpHeader.ECE | TcpHeader.CWR), 0, 0, 0);
                peer.send(TcpHeader.ACK, 1, 1, 0);
                TcpConnection accepted = listener.accept();
                connection = accepted == null ? connection : accepted;
            }
            if (connection == null || connection.state() == State.CLOSED) {
                connection = peer.host.connect(ScriptedPeer.PEER, peer.peerPort);
                peer.transmit();
            }
        }

        private void close() {
            switch (random.nextInt(40)) {
                case 0 -> connection.abort();
                case 1, 2 -> connection.close();
                case 3, 4, 5 -> connection.shutdown();
                default -> connection.setNagle(random.nextBoolean());
            }
        }

        /** Numbers near those that matter, or any; flags as they are used, or any. */
        private void segment() {
            int flags = random.nextInt(4) == 0 ? random.nextInt(256) : TcpHeader.ACK;
            flags |= random.nextInt(8) == 0 ? TcpHeader.FIN : 0;
            flags |= random.nextInt(30) == 0 ? TcpHeader.SYN : 0;
            flags &= random.nextInt(10) == 0 ? -1 : ~TcpHeader.RST;
            int sequence = near((int) connection.receiveNext());
            int ack = random.nextBoolean() ? (int) connection.nextSend : near((int) connection.unacknowledged);
            peer.window = random.nextInt(4) == 0 ? 0 : random.nextInt(65_536);
            peer.ecn = random.nextInt(4);
            if (connection.sackOn && random.nextBoolean()) {
                int left = near((int) (connection.unacknowledged - connection.initialSend));
                peer.withSack(left, left + random.nextInt(5_000));
            }
            if (connection.timestampsOn) {
                peer.withTimestamps(near(connection.recentTimestamp), random.nextInt());
            }
            peer.sendRaw(flags, sequence, ack, random.nextInt(3) == 0 ? 0 : random.nextInt(1, 1_000));
        }

        private int near(int number) {
            return switch (random.nextInt(6)) {
                case 0, 1, 2 -> number;
                case 3 -> number + random.nextInt(-3, 4);
                case 4 -> number + random.nextInt(-20_000, 20_000);
                default -> random.nextInt();
            };
        }

        private void check() {
            assertThat(peer.host.tcp().connections()).isLessThan(70_000);
            assertThat(listener.halfOpen()).isBetween(0, 4);
            if (connection.state() == State.CLOSED) {
                return;
            }
            assertThat(connection.unacknowledged).isLessThanOrEqualTo(connection.nextSend);
            assertThat(connection.receiving.readableBytes()).isBetween(0L, 16_384L);
            if (connection.state() != State.TIME_WAIT) {
                assertThat(connection.nextSend).isLessThanOrEqualTo(connection.sending.end());
                checkScoreboard();
            }
        }

        /** The sums are what they would be if they were counted anew. */
        private void checkScoreboard() {
            long position = connection.unacknowledged;
            long pipe = 0;
            PieceRing sent = connection.sending.sent;
            for (long index = sent.head(); index < sent.tail(); index++) {
                SendPiece piece = sent.get(index);
                assertThat(piece.start).isEqualTo(position);
                assertThat(piece.sacked && (piece.lost || piece.resent)).isFalse();
                pipe += piece.sacked || piece.lost ? 0 : piece.sequenceLength();
                pipe += piece.resent ? piece.sequenceLength() : 0;
                position = piece.end();
            }
            assertThat(position).isEqualTo(connection.nextSend);
            if (connection.sackOn) {
                assertThat(connection.recovery.pipe()).isEqualTo(pipe);
            } else {
                assertThat(connection.recovery.pipe()).isBetween(0L, pipe);
            }
        }
    }

    @Test
    void randomSegmentsNeverThrowAndNeverLeaveAnIllegalState() {
        Set<State> seen = EnumSet.noneOf(State.class);
        for (long seed = 1; seed <= 60; seed++) {
            new Fuzz(seed).run(1_500, seen);
        }
        assertThat(seen).isEqualTo(EnumSet.complementOf(EnumSet.of(State.LISTEN)));
    }

    /** Frames of random bytes, and real ones with random bytes in them, at the very bottom. */
    @Test
    void randomFramesNeverThrow() {
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedNetwork network = new SimulatedNetwork(seed, Settings.DEFAULTS);
            network.left.capture = frame -> {
                for (int i = 0; i < 3; i++) {
                    byte[] changed = frame.clone();
                    for (int j = random.nextInt(4); j >= 0; j--) {
                        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                    }
                    byte[] cut = java.util.Arrays.copyOf(changed, random.nextInt(1, changed.length + 40));
                    network.left.inject(cut, network.now + random.nextInt(100_000));
                }
            };
            TcpConnection[] ends = network.connect();
            Application client = new Application(ends[0], 1, 2, 60_000, 1);
            Application server = new Application(ends[1], 2, 1, 60_000, 2);
            assertThat(network.runUntil(() -> client.isDone(60_000) && server.isDone(60_000), () -> {
                client.step();
                server.step();
            }, 100 * ScriptedPeer.SECOND)).as("seed %d", seed).isTrue();
        }
    }

    /** Segments that leave gaps hold frames; how many is bounded, and they come back. */
    @Test
    void segmentsWithGapsTakeABoundedNumberOfFrames() {
        ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.SEGMENTS, 100));
        TcpConnection connection = peer.accept();
        for (int i = 0; i < 1_000; i++) {
            peer.send(TcpHeader.ACK, 3 + 2 * i, 1, 1);
        }
        assertThat(2_000 - peer.frames.freeBuffers()).isEqualTo(100);
        assertThat(peer.host.counters().get(Counter.TOO_MANY_SEGMENTS)).isEqualTo(900);
        // What is next is taken all the same, or the connection would stand still for ever.
        peer.send(TcpHeader.ACK, 1, 1, 2);
        assertThat(connection.readable()).isEqualTo(3);
        connection.abort();
        assertThat(peer.frames.freeBuffers()).isEqualTo(2_000);
    }

    /** Tiny segments in order share a frame. */
    @Test
    void tinySegmentsInOrderTakeFewFrames() {
        ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.plain());
        TcpConnection connection = peer.accept();
        for (int i = 0; i < 1_500; i++) {
            peer.send(TcpHeader.ACK, 1 + i, 1, 1);
        }
        assertThat(connection.readable()).isEqualTo(1_500);
        assertThat(2_000 - peer.frames.freeBuffers()).isEqualTo(1);
        byte[] read = new byte[1_500];
        assertThat(connection.receive(MemorySegment.ofArray(read), 0, 1_500)).isEqualTo(1_500);
        for (int i = 0; i < 1_500; i++) {
            assertThat(read[i]).isEqualTo((byte) (1 + i));
        }
    }

    @Test
    void frameThatIsTooShortIsCounted() {
        ScriptedPeer peer = new ScriptedPeer(ScriptedPeer.plain());
        FrameBuffer frame = peer.frames.claim();
        peer.host.receive(frame, 0, 13);
        assertThat(peer.host.counters().get(Counter.MALFORMED_PACKET)).isEqualTo(1);
        frame.release();
    }
}
