package org.netchannel.optimized.tcp;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The server's side of a test of iperf3 with one stream, over our TCP. */
final class Iperf3Serving {
    private static final int COOKIE_BYTES = 37;
    private static final int LARGEST_TEXT = 1 << 16;
    private static final byte TEST_START = 1;
    private static final byte TEST_RUNNING = 2;
    private static final byte TEST_END = 4;
    private static final byte PARAMETER_EXCHANGE = 9;
    private static final byte CREATE_STREAMS = 10;
    private static final byte EXCHANGE_RESULTS = 13;
    private static final byte DISPLAY_RESULTS = 14;
    private static final byte DONE = 16;

    private final KernelLink link;
    private final TcpListener listener;
    private final MemorySegment block = MemorySegment.ofArray(new byte[1 << 16]);
    private TcpConnection stream;
    /** How many bytes of the stream were received, or taken to be sent. */
    long bytes;

    Iperf3Serving(KernelLink link, TcpListener listener) {
        this.link = link;
        this.listener = listener;
    }

    /** Serves one test. */
    void serve() throws Exception {
        OurStream control = new OurStream(link, KernelTests.accept(link, listener));
        byte[] cookie = control.readExactly(COOKIE_BYTES);
        control.write(PARAMETER_EXCHANGE);
        boolean reverse = readText(control).contains("\"reverse\":true");
        control.write(CREATE_STREAMS);
        stream = KernelTests.accept(link, listener);
        if (!java.util.Arrays.equals(new OurStream(link, stream).readExactly(COOKIE_BYTES), cookie)) {
            throw new AssertionError("the stream is of another test");
        }
        control.write(TEST_START, TEST_RUNNING);
        link.addApplication(reverse ? this::send : this::receive);
        expect(control, TEST_END);
        control.write(EXCHANGE_RESULTS);
        readText(control);
        writeText(control, "{\"cpu_util_total\":0,\"cpu_util_user\":0,\"cpu_util_system\":0,"
                + "\"sender_has_retransmits\":0,\"congestion_used\":\"cubic\",\"streams\":[{\"id\":1,\"bytes\":" + bytes
                + ",\"retransmits\":0,\"jitter\":0,\"errors\":0,\"packets\":0,\"start_time\":0,\"end_time\":1}]}");
        control.write(DISPLAY_RESULTS);
        expect(control, DONE);
    }

    private static void expect(OurStream control, byte state) throws Exception {
        byte said = control.readExactly(1)[0];
        if (said != state) {
            throw new AssertionError("iperf3 is in state " + said + " instead of " + state);
        }
    }

    private static String readText(OurStream control) throws Exception {
        int length = ByteBuffer.wrap(control.readExactly(4)).getInt();
        if (length < 0 || length > LARGEST_TEXT) {
            throw new AssertionError("a text of " + length + " bytes");
        }
        return new String(control.readExactly(length), StandardCharsets.UTF_8);
    }

    private static void writeText(OurStream control, String text) throws Exception {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        control.write(ByteBuffer.allocate(4 + ascii.length).putInt(ascii.length).put(ascii).array());
    }

    private void receive() {
        int length = stream.receive(block, 0, (int) block.byteSize());
        while (length > 0) {
            bytes += length;
            length = stream.receive(block, 0, (int) block.byteSize());
        }
    }

    private void send() {
        int taken = stream.send(block, 0, (int) block.byteSize());
        while (taken > 0) {
            bytes += taken;
            taken = stream.send(block, 0, (int) block.byteSize());
        }
    }
}
