package org.netchannel.bench.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The comparator: plain blocking NIO sockets over loopback. */
final class NioPipe implements Pipe {
    private final NioEnd left;
    private final NioEnd right;

    NioPipe() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            left = NioEnd.of(SocketChannel.open(server.getLocalAddress()));
            right = NioEnd.of(server.accept());
        }
    }

    @Override
    public End left() {
        return left;
    }

    @Override
    public End right() {
        return right;
    }

    @Override
    public void close() throws IOException {
        left.close();
        right.close();
    }
}
