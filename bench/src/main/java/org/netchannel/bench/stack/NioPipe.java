package org.netchannel.bench.stack;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The comparator: plain blocking NIO sockets over loopback. */
final class NioPipe implements Pipe {
    private final SocketChannel left;
    private final SocketChannel right;

    NioPipe() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            left = SocketChannel.open(server.getLocalAddress());
            right = server.accept();
        }
        left.setOption(StandardSocketOptions.TCP_NODELAY, true);
        right.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    private record NioEnd(SocketChannel channel) implements End {
        @Override
        public void send(ByteBuffer source) throws IOException {
            while (source.hasRemaining()) {
                channel.write(source);
            }
        }

        @Override
        public void receiveFully(ByteBuffer target) throws IOException {
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new EOFException("the other end was closed");
                }
            }
        }
    }

    @Override
    public End left() {
        return new NioEnd(left);
    }

    @Override
    public End right() {
        return new NioEnd(right);
    }

    @Override
    public void close() throws IOException {
        left.close();
        right.close();
    }
}
