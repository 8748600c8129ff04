package org.netchannel.optimized;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Accepts TCP connections of the kernel's. The stack's thread calls. */
final class TcpAcceptor extends Acceptor<SocketChannel> {
    private final NetStack stack;
    private final ServerSocketChannel server;

    TcpAcceptor(NetStack stack, ServerSocketChannel server) {
        super(stack);
        this.stack = stack;
        this.server = server;
    }

    @Override
    public String roleName() {
        return "netchannel-acceptor";
    }

    @Override
    SocketChannel accept() throws IOException {
        return server.accept();
    }

    @Override
    void prepare(SocketChannel socket) throws IOException {
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    @Override
    int read(SocketChannel socket, ByteBuffer said) throws IOException {
        return socket.read(said);
    }

    @Override
    boolean attach(SocketChannel socket, Hello hello, ByteBuffer said) {
        return stack.attach(hello.number(), hello.channelClass(), false,
                new TcpDriver(socket, stack.host().segments, said)) != null;
    }

    @Override
    void showOut(SocketChannel socket) throws IOException {
        socket.close();
    }

    @Override
    public void onClose() {
        try {
            showOutAll();
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
