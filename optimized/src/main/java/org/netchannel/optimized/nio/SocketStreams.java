package org.netchannel.optimized.nio;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.util.Objects;

/** The streams of a {@link SocketView}: one thread reads while another writes. */
final class SocketStreams {
    private SocketStreams() {}

    private static void requireBlocking(VirtualSocketChannel channel) {
        if (!channel.isBlocking()) {
            throw new IllegalBlockingModeException();
        }
    }

    static final class Input extends InputStream {
        private final SocketView socket;
        private final VirtualSocketChannel channel;

        Input(SocketView socket, VirtualSocketChannel channel) {
            this.socket = socket;
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            Objects.checkFromIndexSize(from, count, bytes.length);
            requireBlocking(channel);
            if (count == 0) {
                return 0;
            }
            int read = channel.read(ByteBuffer.wrap(bytes, from, count), socket.timeoutNs());
            if (read == 0) {
                throw new SocketTimeoutException("Read timed out");
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    static final class Output extends OutputStream {
        private final SocketView socket;
        private final VirtualSocketChannel channel;

        Output(SocketView socket, VirtualSocketChannel channel) {
            this.socket = socket;
            this.channel = channel;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            Objects.checkFromIndexSize(from, count, bytes.length);
            requireBlocking(channel);
            channel.write(ByteBuffer.wrap(bytes, from, count));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
