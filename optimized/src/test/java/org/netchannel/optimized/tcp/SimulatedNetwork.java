package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.netchannel.optimized.tcp.host.FrameSink;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.host.IpHost;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.InternetChecksum;
import org.netchannel.optimized.tcp.wire.NetworkOrder;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;

/** Two hosts on a link, in virtual time. Everything follows from the seed. */
final class SimulatedNetwork {
    static final int LEFT = 0x0a00_0001;
    static final int RIGHT = 0x0a00_0002;
    /** Bytes of each pool of buffers, about. */
    private static final int POOL_BYTES = 24 << 20;
    /** Bytes of the frames in which queues are counted. */
    private static final int FULL_FRAME = 1_514;

    /** A host with its buffers, and the link away from it. */
    final class Side implements FrameSink {
        final PlainFramePool pool;
        final PlainFramePool frames;
        private final int buffers;
        private final int frameBuffers;
        final IpHost host;
        final long link;
        Side other;
        LinkFaults faults = LinkFaults.NONE;
        private final MemorySegment header = MemorySegment.ofArray(new byte[128]);
        private long wireFreeAtNs;
        int framesSent;
        /** Its device makes checksums and splits. */
        boolean splits;
        /** Sees every frame before the link does; null for nobody. */
        java.util.function.Consumer<byte[]> capture;

        Side(long link, int address, Settings settings, int frameBytes, int bufferBytes) {
            this.link = link;
            this.pool = new PlainFramePool(Arena.ofAuto(), POOL_BYTES / bufferBytes, bufferBytes);
            this.buffers = pool.freeBuffers();
            this.frames = new PlainFramePool(Arena.ofAuto(), POOL_BYTES / frameBytes, frameBytes);
            this.frameBuffers = frames.freeBuffers();
            this.host = new IpHost(new Interface(link, address, 24, 0), settings, pool, SegmentChecksum.SOFTWARE,
                    random.nextLong(), random.nextLong());
        }

        @Override
        public MemorySegment begin() {
            return header;
        }

        @Override
        public void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
            send(frame(headerBytes, payload, payloadAt, payloadBytes));
        }

        @Override
        public boolean makesChecksums() {
            return splits;
        }

        @Override
        public boolean splits() {
            return splits;
        }

        @Override
        public void endSegment(int tcpAt, int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes,
                int pieceBytes) {
            byte[] frame = frame(headerBytes, payload, payloadAt, payloadBytes);
            if (splits) {
                SplittingDevice.split(frame, pieceBytes).forEach(this::send);
            } else {
                assertThat(pieceBytes).isZero();
                send(frame);
            }
        }

        private byte[] frame(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
            byte[] frame = new byte[headerBytes + payloadBytes];
            MemorySegment.copy(header, 0, MemorySegment.ofArray(frame), 0, headerBytes);
            if (payloadBytes > 0) {
                MemorySegment.copy(payload.memory(), payloadAt, MemorySegment.ofArray(frame), headerBytes,
                        payloadBytes);
            }
            return frame;
        }

        private void send(byte[] frame) {
            if (capture != null) {
                capture.accept(frame);
            }
            framesSent++;
            carry(frame);
        }

        private boolean happens(int share) {
            return share > 0 && random.nextInt(1_000_000) < share;
        }

        private void carry(byte[] frame) {
            long wireNs = wireNs(frame.length);
            long queued = wireNs == 0 ? 0 : Math.max(0, wireFreeAtNs - now) / wireNs(FULL_FRAME);
            if (queued >= faults.queueFrames()) {
                dropped++;
                return;
            }
            if (faults.markFrom() > 0 && queued >= faults.markFrom()) {
                mark(frame);
            }
            wireFreeAtNs = Math.max(wireFreeAtNs, now) + wireNs;
            long arrival = wireFreeAtNs + faults.delayNs();
            if (happens(faults.loss())) {
                dropped++;
                return;
            }
            if (happens(faults.corruption())) {
                frame[random.nextInt(14, frame.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (happens(faults.reordering())) {
                arrival += random.nextLong(2 * faults.delayNs() + 1);
            }
            inject(frame, arrival);
            if (happens(faults.duplication())) {
                inject(frame, arrival + random.nextLong(faults.delayNs() + 1));
            }
        }

        private long wireNs(int bytes) {
            return faults.bitsPerSecond() == 0 ? 0 : (bytes + 24L) * 8 * 1_000_000_000L / faults.bitsPerSecond();
        }

        /** RFC 3168, section 5: from ECT to CE. */
        private void mark(byte[] frame) {
            MemorySegment memory = MemorySegment.ofArray(frame);
            if (NetworkOrder.getShort(memory, 12) == 0x0800 && (frame[15] & 3) != 0) {
                frame[15] |= 3;
                NetworkOrder.putShort(memory, 24, 0);
                NetworkOrder.putShort(memory, 24, InternetChecksum.checksum(InternetChecksum.sum(memory, 14, 20)));
                marked++;
            }
        }

        /** A frame arrives at the other side. */
        void inject(byte[] frame, long atNs) {
            deliveries.add(new Delivery(atNs, count++, frame.clone(), other));
        }

        private void deliver(byte[] frame) {
            FrameBuffer buffer = frames.claim();
            if (buffer == null) {
                dropped++;
                return;
            }
            MemorySegment.copy(MemorySegment.ofArray(frame), 0, buffer.memory(), 0, frame.length);
            host.receive(buffer, 0, frame.length);
            buffer.release();
        }
    }

    private record Delivery(long atNs, long number, byte[] frame, Side to) implements Comparable<Delivery> {
        @Override
        public int compareTo(Delivery that) {
            return atNs == that.atNs ? Long.compare(number, that.number) : Long.compare(atNs, that.atNs);
        }
    }

    final SplittableRandom random;
    final Side left;
    final Side right;
    private final PriorityQueue<Delivery> deliveries = new PriorityQueue<>();
    private long count;
    long now = 1_000_000_000L;
    int dropped;
    int marked;

    SimulatedNetwork(long seed, Settings settings) {
        this(seed, settings, settings);
    }

    SimulatedNetwork(long seed, Settings leftSettings, Settings rightSettings) {
        this(seed, leftSettings, rightSettings, frameBytes(leftSettings, rightSettings));
    }

    private SimulatedNetwork(long seed, Settings leftSettings, Settings rightSettings, int bufferBytes) {
        random = new SplittableRandom(seed);
        int frameBytes = frameBytes(leftSettings, rightSettings);
        left = new Side(0x0200_0000_0001L, LEFT, leftSettings, frameBytes, bufferBytes);
        right = new Side(0x0200_0000_0002L, RIGHT, rightSettings, frameBytes, bufferBytes);
        left.other = right;
        right.other = left;
        advance(now);
    }

    /** Both devices split, and buffers have room for many segments. */
    static SimulatedNetwork splitting(long seed, Settings settings, int bufferBytes) {
        SimulatedNetwork network = new SimulatedNetwork(seed, settings, settings, bufferBytes);
        network.left.splits = true;
        network.right.splits = true;
        return network;
    }

    private static int frameBytes(Settings left, Settings right) {
        return (int) Math.max(left.get(Setting.MTU), right.get(Setting.MTU)) + 256;
    }

    void setFaults(LinkFaults faults) {
        left.faults = faults;
        right.faults = faults;
    }

    private void advance(long to) {
        now = Math.max(now, to);
        left.host.advance(now);
        right.host.advance(now);
    }

    /** Sends what is to be sent, and goes on to the next thing that happens. */
    boolean step(long untilNs) {
        left.host.transmit(left, 1_000_000);
        right.host.transmit(right, 1_000_000);
        long next = Math.min(left.host.nextDeadlineNs(), right.host.nextDeadlineNs());
        if (!deliveries.isEmpty()) {
            next = Math.min(next, deliveries.peek().atNs());
        }
        if (next > untilNs) {
            advance(untilNs);
            return false;
        }
        advance(next);
        while (!deliveries.isEmpty() && deliveries.peek().atNs() <= now) {
            Delivery delivery = deliveries.poll();
            delivery.to().deliver(delivery.frame());
        }
        return true;
    }

    void run(long lengthNs) {
        long until = now + lengthNs;
        while (step(until)) {
            // Everything happens in step.
        }
    }

    /** Whether something becomes true within the time. */
    boolean runUntil(BooleanSupplier condition, Runnable applications, long lengthNs) {
        long until = now + lengthNs;
        applications.run();
        while (!condition.getAsBoolean()) {
            if (!step(until)) {
                return false;
            }
            applications.run();
        }
        return true;
    }

    /** Two ends of an established connection: the left one has connected. */
    TcpConnection[] connect() {
        TcpListener listener = right.host.listen(80, 16);
        TcpConnection client = left.host.connect(RIGHT, 80);
        TcpConnection[] server = new TcpConnection[1];
        boolean done = runUntil(() -> server[0] != null && client.state() == State.ESTABLISHED, () -> {
            server[0] = server[0] == null ? listener.accept() : server[0];
        }, 300_000_000_000L);
        if (!done) {
            throw new AssertionError("not established: " + client.state() + ", " + client.failure());
        }
        return new TcpConnection[] {client, server[0]};
    }

    /** Every buffer is back where it came from. */
    boolean isClean() {
        return Arrays.stream(new Side[] {left, right})
                .allMatch(side -> side.pool.freeBuffers() == side.buffers
                        && side.frames.freeBuffers() == side.frameBuffers);
    }
}
