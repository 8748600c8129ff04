package org.netchannel.optimized.dpdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.Until;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.TcpListener;
import org.netchannel.optimized.tcp.wire.NetworkOrder;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** A peer whose segments hold one byte each, and a healthy one beside it, over net_ring. */
@ExtendWith(WithDpdk.class)
@Timeout(60)
class TinySegmentsTest {
    private static final int SEQUENCE_AT = 14 + 20 + 4;
    private static final int SEGMENTS = 8_191;

    /** Keeps a copy of the last frame that came, and makes frames come. */
    private static final class Forger extends ForwardingDevice {
        private final MemorySegment last = MemorySegment.ofArray(new byte[1 << 16]);
        private final MbufBurst forged = new MbufBurst(MbufBurst.USUAL);
        private int bytes;

        private Forger(FrameDevice device) {
            super(device);
        }

        @Override
        public int receive(MbufBurst burst) {
            int count = forged.count();
            for (int i = 0; i < count; i++) {
                burst.add(forged.get(i));
            }
            forged.clear();
            if (count > 0) {
                return count;
            }
            count = device.receive(burst);
            if (count > 0) {
                bytes = Mbuf.packetLength(burst.get(count - 1));
                Mbuf.copyOut(burst.get(count - 1), last, 0);
            }
            return count;
        }

        @Override
        public boolean readsAllMemory() {
            return true;
        }
    }

    private RingHosts hosts;
    private Forger forger;
    private TcpListener listener;

    @BeforeEach
    void listen() throws DpdkException {
        // Nobody checks: a frame with another sequence number is as good.
        hosts = new RingHosts("tiny", DpdkHost.settings(1_500), SegmentChecksum.DEVICE,
                device -> forger = new Forger(device));
        listener = hosts.host(1).ip().listen(80, 10);
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    private void until(BooleanSupplier reached) {
        Until.reached(reached, () -> {
            hosts.host(0).work();
            hosts.host(1).work();
        });
    }

    private TcpConnection[] connect() {
        TcpConnection client = hosts.host(0).ip().connect(hosts.address(1), 80);
        until(() -> client.state() == State.ESTABLISHED);
        TcpConnection[] server = new TcpConnection[1];
        until(() -> (server[0] = listener.accept()) != null);
        return new TcpConnection[] {client, server[0]};
    }

    private void forge(TcpConnection[] hostile, int gap) {
        MemorySegment one = MemorySegment.ofArray(new byte[] {42});
        assertThat(hostile[0].send(one, 0, 1)).isEqualTo(1);
        until(() -> hostile[1].readable() == 1);
        MemorySegment frame = MemorySegment.ofArray(new byte[forger.bytes]).copyFrom(forger.last.asSlice(0,
                forger.bytes));
        int sequence = NetworkOrder.getInt(frame, SEQUENCE_AT);
        for (int i = 0; i < SEGMENTS && hosts.pool(1).allocate(forger.forged, 1); i++) {
            NetworkOrder.putInt(frame, SEQUENCE_AT, sequence + gap + i * gap);
            Mbuf.fill(forger.forged.get(0), frame, 0, forger.bytes);
            hosts.host(1).work();
            hosts.host(0).work();
        }
    }

    private void transfer(TcpConnection[] healthy) {
        int bytes = 1 << 20;
        MemorySegment sent = MemorySegment.ofArray(new byte[bytes]);
        MemorySegment target = MemorySegment.ofArray(new byte[bytes]);
        for (int at = 0; at < bytes; at += 4) {
            NetworkOrder.putInt(sent, at, at);
        }
        int[] done = new int[2];
        until(() -> {
            done[0] += Math.max(0, healthy[0].send(sent, done[0], bytes - done[0]));
            done[1] += Math.max(0, healthy[1].receive(target, done[1], bytes - done[1]));
            return done[1] == bytes;
        });
        assertThat(target.mismatch(sent)).isEqualTo(-1);
    }

    @Test
    void segmentsWithGapsDoNotStopOthers() {
        TcpConnection[] hostile = connect();
        TcpConnection[] before = connect();
        forge(hostile, 2);
        assertThat(hosts.host(1).ip().counters().get(Counter.TOO_MANY_SEGMENTS)).isPositive();
        assertThat(hosts.host(1).held()).isZero();
        assertThat(hosts.pool(1).available()).isGreaterThan(hosts.pool(1).count() / 2);
        transfer(before);
        transfer(connect());
        assertThat(hosts.host(1).exhausted()).isZero();
    }

    @Test
    void segmentsInSequenceThatNobodyReadsDoNotStopOthers() {
        TcpConnection[] hostile = connect();
        forge(hostile, 1);
        assertThat(hostile[1].readable()).isEqualTo(1 + SEGMENTS);
        assertThat(hosts.host(1).held()).isZero();
        transfer(connect());
    }
}
