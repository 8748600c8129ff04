package org.netchannel.optimized.driver;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.netchannel.optimized.ChannelDriver;
import org.netchannel.optimized.DriverDecorator;
import org.netchannel.optimized.PacketFields;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;
import org.netchannel.traces.ChannelClass;

/**
 * Writes what passes a stack's channels into a pcapng file, each channel as a TCP connection over IPv4 between
 * 10.78.67.1, which dials, and 10.78.67.2, whatever transport it really has. So {@code tshark} shows it, and
 * {@code netchannel trace import} reads it. For {@link org.netchannel.optimized.NetStack#decorate}, before channels
 * come up. Any thread.
 *
 * <p>A packet is written when it is handed to the transport, or delivered to the stack. Where the file cannot be
 * written or is as long as it may be, the capture ends there, and {@link #close} says so; the stack goes on.
 */
public final class Capture implements DriverDecorator, Closeable {
    /** How long a file may be unless something else is said. */
    public static final long USUAL_BYTES = 1L << 30;

    private static final int DIALER = 0x0A4E_4301;
    private static final int LISTENER = 0x0A4E_4302;
    private static final int LISTENER_PORT = 20_035;
    private static final int FIRST_PORT = 1_024;
    private static final int PORTS = 65_535 - FIRST_PORT;
    /** Payload of a segment: with headers less than an IPv4 packet may be long. */
    private static final int SEGMENT = 1 << 15;
    private static final int HEADERS = Ipv4Header.BYTES + TcpHeader.BYTES;
    private static final int PACKET_HEADER = 40;
    private static final int WINDOW = 65_535;

    private final Path path;
    private final PcapngFile file;
    private final long beganNs = System.nanoTime();
    private final long beganEpochNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    private final byte[] bytes = new byte[PACKET_HEADER + (1 << 16)];
    private final byte[] headers = new byte[HEADERS];
    private IOException failure;
    private boolean closed;

    /**
     * Captures into a file.
     *
     * @param path the file; one that is there is replaced
     * @param mostBytes how long it may be, 1,000 and more
     * @throws IOException when it can't be written
     * @throws IllegalArgumentException when it may not be that short
     */
    public Capture(Path path, long mostBytes) throws IOException {
        if (mostBytes < 1_000) {
            throw new IllegalArgumentException("mostBytes is " + mostBytes + ", legal is 1000 and more");
        }
        this.path = path;
        this.file = new PcapngFile(path, mostBytes);
    }

    @Override
    public ChannelDriver decorate(int number, ChannelClass channelClass, boolean dialer, ChannelDriver driver) {
        Conversation conversation = new Conversation(FIRST_PORT + number % PORTS, dialer);
        conversation.open();
        return new ObservedDriver(driver, conversation);
    }

    /** A channel as a TCP connection. */
    private final class Conversation implements PacketObserver {
        private final int port;
        private final boolean isDialer;
        /** Sequence numbers of who dials and of who listens: how much each has sent. */
        private int dialed;
        private int listened;

        private Conversation(int port, boolean isDialer) {
            this.port = port;
            this.isDialer = isDialer;
        }

        private void open() {
            synchronized (Capture.this) {
                segment(true, TcpHeader.SYN, 0, 0);
                dialed++;
                segment(false, TcpHeader.SYN | TcpHeader.ACK, 0, 0);
                listened++;
                segment(true, TcpHeader.ACK, 0, 0);
            }
        }

        @Override
        public void received(PacketFields packet) {
            packet(!isDialer, packet);
        }

        @Override
        public void sent(PacketFields packet) {
            packet(isDialer, packet);
        }

        private void packet(boolean byDialer, PacketFields packet) {
            synchronized (Capture.this) {
                packet.writeHeader(ByteBuffer.wrap(bytes), 0);
                if (packet.length() > 0) {
                    packet.payload().get(packet.payloadAt(), bytes, PACKET_HEADER, packet.length());
                }
                int length = PACKET_HEADER + packet.length();
                for (int at = 0; at < length; at += SEGMENT) {
                    int part = Math.min(SEGMENT, length - at);
                    segment(byDialer, TcpHeader.ACK | (at + part == length ? TcpHeader.PSH : 0), at, part);
                    if (byDialer) {
                        dialed += part;
                    } else {
                        listened += part;
                    }
                }
            }
        }

        @Override
        public void flush() {
            synchronized (Capture.this) {
                if (!isOver()) {
                    try {
                        file.flush();
                    } catch (IOException e) {
                        failure = e;
                    }
                }
            }
        }

        @Override
        public void closed(boolean failed) {
            synchronized (Capture.this) {
                if (failed) {
                    segment(isDialer, TcpHeader.RST | TcpHeader.ACK, 0, 0);
                } else {
                    segment(isDialer, TcpHeader.FIN | TcpHeader.ACK, 0, 0);
                    segment(!isDialer, TcpHeader.FIN | TcpHeader.ACK, 0, 0);
                }
            }
        }

        private void segment(boolean byDialer, int flags, int from, int length) {
            if (isOver()) {
                return;
            }
            MemorySegment memory = MemorySegment.ofArray(headers);
            int source = byDialer ? DIALER : LISTENER;
            int destination = byDialer ? LISTENER : DIALER;
            boolean acknowledges = (flags & TcpHeader.ACK) != 0;
            Ipv4Header.write(memory, 0, TcpHeader.BYTES + length, 0, Ipv4Header.TCP, source, destination);
            TcpHeader.write(memory, Ipv4Header.BYTES, byDialer ? port : LISTENER_PORT, byDialer ? LISTENER_PORT : port,
                    byDialer ? dialed : listened, acknowledges ? byDialer ? listened : dialed : 0, TcpHeader.BYTES,
                    flags, WINDOW);
            TcpHeader.putChecksum(memory, Ipv4Header.BYTES, SegmentChecksum.SOFTWARE.of(
                    Ipv4Header.pseudoHeader(source, destination, TcpHeader.BYTES + length), memory, Ipv4Header.BYTES,
                    TcpHeader.BYTES, MemorySegment.ofArray(bytes), from, length));
            try {
                ByteBuffer block = file.begin(beganEpochNs + System.nanoTime() - beganNs, HEADERS + length);
                if (block != null) {
                    block.put(headers).put(bytes, from, length);
                    file.end(HEADERS + length);
                }
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    private boolean isOver() {
        return closed || failure != null || file.isFull();
    }

    /**
     * Ends the capture; the stack may go on. After the stack is closed the file is complete.
     *
     * @throws IOException when not everything could be written, or the file is as long as it may be
     */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        file.close();
        if (failure != null) {
            throw new IOException(path + " is not complete: " + failure.getMessage(), failure);
        }
        if (file.isFull()) {
            throw new IOException(path + " is not complete: it is as long as it may be");
        }
    }
}
