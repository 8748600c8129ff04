package org.netchannel.conformance.tcp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import org.netchannel.optimized.tcp.Flow;
import org.netchannel.optimized.tcp.Setting;
import org.netchannel.optimized.tcp.Settings;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.TcpListener;
import org.netchannel.optimized.tcp.host.FrameSink;
import org.netchannel.optimized.tcp.host.Interface;
import org.netchannel.optimized.tcp.host.IpHost;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/**
 * Two hosts that have one TCP connection after the other between the same two ports, over a link that loses, repeats
 * and reorders, in virtual time. Everything that happens is recorded as TraceTcpConnection.tla wants it. All follows
 * from the seed.
 */
final class RecordedEnds {
    private static final long MILLISECOND = 1_000_000;
    private static final int TCP_AT = EthernetHeader.BYTES + Ipv4Header.BYTES;
    private static final int FRAME = 2_000;

    /** What happens, as shares of a million; the last three are counted for each turn of an end. */
    record Faults(int loss, int duplication, int lateness, int aborts, int attacks) {}

    private record Delivery(long atNs, long number, byte[] frame, End to, boolean forged)
            implements Comparable<Delivery> {
        @Override
        public int compareTo(Delivery that) {
            return atNs == that.atNs ? Long.compare(number, that.number) : Long.compare(atNs, that.atNs);
        }
    }

    /** One end: its host, its application, and the way of frames from it. */
    final class End implements FrameSink {
        private final String name;
        private final int address;
        private final int port;
        private final boolean connects;
        private final int bytes;
        private final IpHost host;
        private final PlainFramePool frames = new PlainFramePool(Arena.ofAuto(), 1_000, FRAME);
        private final MemorySegment header = MemorySegment.ofArray(new byte[128]);
        private final MemorySegment memory = MemorySegment.ofArray(new byte[64]);
        private final SequenceNumbers numbers = new SequenceNumbers();
        private End other;
        private TcpListener listener;
        private TcpConnection connection;
        private int given;
        private int lives;
        private int lastSequence;
        private int lastAck;

        End(String name, int number, boolean connects, int bytes, Settings settings) {
            this.name = name;
            this.address = 0x0a00_0000 + number;
            this.port = 5_000 + number;
            this.connects = connects;
            this.bytes = bytes;
            this.host = new IpHost(new Interface(0x0200_0000_0000L + number, address, 24, 0), settings,
                    new PlainFramePool(Arena.ofAuto(), 1_000, FRAME), SegmentChecksum.DEVICE, random.nextLong(),
                    random.nextLong());
        }

        private State state() {
            if (connection != null) {
                return connection.state();
            }
            if (listener == null) {
                return State.CLOSED;
            }
            return listener.halfOpen() > 0 ? State.SYN_RECEIVED : State.LISTEN;
        }

        private void happened(String what) {
            record.add(Map.of("at", name, "what", what, "state", state().name()));
        }

        private void happened(String what, Map<String, Object> segment) {
            record.add(Map.of("at", name, "what", what, "state", state().name(), "segment", segment));
        }

        /** The application has a turn: it opens, sends, reads, closes, aborts, or does nothing. */
        private void turn() {
            State state = state();
            if (state == State.CLOSED) {
                if (lives < maxLives && random.nextInt(8) == 0) {
                    open();
                }
            } else if (connection != null && happens(faults.aborts()) && state != State.TIME_WAIT) {
                connection.abort();
                happened("abort");
            } else if (state == State.ESTABLISHED || state == State.CLOSE_WAIT) {
                sendOrClose();
            }
            while (connection != null && connection.receive(memory, 0, 64) > 0) {
                // What is read is checked elsewhere.
            }
        }

        private void open() {
            lives++;
            given = 0;
            numbers.begin();
            if (connects) {
                connection = host.tcp().connect(new Flow().setIpv4(address, port, other.address, other.port));
            } else {
                connection = null;
                listener = host.listen(port, 1);
            }
            happened("open");
        }

        private void sendOrClose() {
            if (given < bytes) {
                given += connection.send(memory, 0, Math.min(random.nextInt(6), bytes - given));
            } else if (random.nextInt(4) == 0) {
                connection.shutdown();
                happened("close");
            }
        }

        private void advance() {
            State before = state();
            host.advance(now);
            if (state() != before) {
                happened("time");
            }
        }

        @Override
        public MemorySegment begin() {
            return header;
        }

        @Override
        public void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
            byte[] frame = new byte[headerBytes + payloadBytes];
            MemorySegment target = MemorySegment.ofArray(frame);
            MemorySegment.copy(header, 0, target, 0, headerBytes);
            if (payloadBytes > 0) {
                MemorySegment.copy(payload.memory(), payloadAt, target, headerBytes, payloadBytes);
            }
            if (EthernetHeader.type(target, 0) == EthernetHeader.IPV4) {
                if ((TcpHeader.flags(target, TCP_AT) & TcpHeader.SYN) != 0) {
                    numbers.synchronize(TcpHeader.sequence(target, TCP_AT));
                }
                lastSequence = TcpHeader.sequence(target, TCP_AT);
                lastAck = TcpHeader.acknowledgement(target, TCP_AT);
                happened("is sent", segment(target, other, false));
            }
            carry(frame, other);
        }

        private void deliver(Delivery delivery) {
            FrameBuffer buffer = frames.claim();
            MemorySegment frame = MemorySegment.ofArray(delivery.frame());
            MemorySegment.copy(frame, 0, buffer.memory(), 0, frame.byteSize());
            boolean halfOpen = state() == State.SYN_RECEIVED;
            Map<String, Object> segment = EthernetHeader.type(frame, 0) == EthernetHeader.IPV4
                    ? segment(frame, this, delivery.forged()) : null;
            host.receive(buffer, 0, (int) frame.byteSize());
            buffer.release();
            accept();
            if (segment != null) {
                happened("arrives", segment);
            }
            if (halfOpen && state() == State.LISTEN) {
                numbers.begin();
            }
        }

        private void accept() {
            TcpConnection accepted = listener == null ? null : listener.accept();
            if (accepted != null) {
                connection = accepted;
                listener.close();
                listener = null;
            }
        }

        /** Somebody who sees nothing guesses numbers that are near, and acknowledges what was never sent. */
        private void attack() {
            if (state().compareTo(State.ESTABLISHED) < 0) {
                return;
            }
            int flags = switch (random.nextInt(4)) {
                case 0 -> TcpHeader.RST;
                case 1 -> TcpHeader.RST | TcpHeader.ACK;
                case 2 -> TcpHeader.SYN;
                default -> TcpHeader.ACK;
            };
            byte[] frame = new byte[TCP_AT + TcpHeader.BYTES];
            MemorySegment target = MemorySegment.ofArray(frame);
            EthernetHeader.write(target, 0, 0x0200_0000_0000L + (address & 0xff), 0x0200_0000_0003L,
                    EthernetHeader.IPV4);
            Ipv4Header.write(target, EthernetHeader.BYTES, TcpHeader.BYTES, 0, Ipv4Header.TCP, other.address, address);
            TcpHeader.write(target, TCP_AT, other.port, port, lastAck + random.nextInt(1, 20),
                    (flags & TcpHeader.ACK) == 0 ? 0 : lastSequence + random.nextInt(30, 60), TcpHeader.BYTES, flags,
                    1_000);
            deliveries.add(new Delivery(now, count++, frame, this, true));
        }
    }

    private final SplittableRandom random;
    private final Faults faults;
    private final int maxLives;
    private final PriorityQueue<Delivery> deliveries = new PriorityQueue<>();
    private final List<Map<String, Object>> record = new ArrayList<>();
    private final End left;
    private final End right;
    private long count;
    private long now = 1_000_000_000L;

    RecordedEnds(long seed, Faults faults, boolean bothConnect, int lives) {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
        this.maxLives = lives;
        // What the specification does not have is off: options, Nagle's algorithm, and a TIME_WAIT of a minute.
        Settings settings = Settings.DEFAULTS.with(Setting.TIMESTAMPS, 0).with(Setting.NAGLE, 0)
                .with(Setting.SEGMENT_LIFETIME, 1_000 * MILLISECOND);
        left = new End("A", 1, true, random.nextInt(20), settings);
        right = new End("B", 2, bothConnect, random.nextInt(20), settings);
        left.other = right;
        right.other = left;
    }

    /** How many bytes the ends send, by name. */
    Map<String, Object> bytes() {
        return Map.of(left.name, left.bytes, right.name, right.bytes);
    }

    List<Map<String, Object>> record() {
        return record;
    }

    boolean isOver() {
        return left.lives == maxLives && right.lives == maxLives && deliveries.isEmpty()
                && left.state() == State.CLOSED && right.state() == State.CLOSED;
    }

    /** Until everything is over, or the time is. */
    RecordedEnds run(int turns) {
        for (int i = 0; i < turns && !isOver(); i++) {
            for (End end : List.of(left, right)) {
                end.turn();
                if (happens(faults.attacks())) {
                    end.attack();
                }
                end.host.transmit(end, 1_000);
            }
            now += random.nextLong(20 * MILLISECOND);
            left.advance();
            right.advance();
            while (!deliveries.isEmpty() && deliveries.peek().atNs() <= now) {
                Delivery delivery = deliveries.poll();
                delivery.to().deliver(delivery);
            }
        }
        return this;
    }

    private boolean happens(int share) {
        return share > 0 && random.nextInt(1_000_000) < share;
    }

    private void carry(byte[] frame, End to) {
        int copies = happens(faults.loss()) ? 0 : happens(faults.duplication()) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long late = happens(faults.lateness()) ? random.nextLong(3_000 * MILLISECOND) : 0;
            deliveries.add(new Delivery(now + random.nextLong(10 * MILLISECOND) + late, count++, frame, to, false));
        }
    }

    /** A segment as the specification has it. */
    private static Map<String, Object> segment(MemorySegment frame, End to, boolean forged) {
        int flags = TcpHeader.flags(frame, TCP_AT);
        int sequence = TcpHeader.sequence(frame, TCP_AT);
        Set<String> names = new HashSet<>();
        addIf(names, flags, TcpHeader.SYN, "SYN");
        addIf(names, flags, TcpHeader.FIN, "FIN");
        addIf(names, flags, TcpHeader.RST, "RST");
        boolean acknowledges = (flags & TcpHeader.ACK) != 0;
        // A reset for a segment that acknowledges nothing begins at 0, whatever the connection's numbers are.
        boolean fromNobody = names.contains("RST") && sequence == 0;
        int length = Ipv4Header.totalLength(frame, EthernetHeader.BYTES) - Ipv4Header.BYTES
                - TcpHeader.bytes(frame, TCP_AT);
        return Map.of("to", to.name, "flags", names, "seq", fromNobody ? 0 : to.other.numbers.numberOf(sequence),
                "len", length,
                "ack", acknowledges ? to.numbers.numberOf(TcpHeader.acknowledgement(frame, TCP_AT)) : -1,
                "life", forged ? 0 : to.other.numbers.lifeOf(sequence));
    }

    private static void addIf(Set<String> names, int flags, int flag, String name) {
        if ((flags & flag) != 0) {
            names.add(name);
        }
    }
}
