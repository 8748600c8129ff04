package org.netchannel.optimized;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import org.netchannel.traces.ChannelClass;

/** Dials over TCP of the kernel's. The stack's first thread works. */
final class TcpDialer extends Dialer<SocketChannel> {
    private final NetStack stack;
    private final SocketAddress peer;
    private int nextNumber = 1;

    TcpDialer(NetStack stack, SocketAddress peer) {
        super(stack);
        this.stack = stack;
        this.peer = peer;
    }

    @Override
    public String roleName() {
        return "netchannel-dialer";
    }

    @Override
    SocketChannel dial() throws IOException {
        SocketChannel socket = SocketChannel.open();
        try {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            socket.connect(peer);
            return socket;
        } catch (IOException e) {
            giveUp(socket);
            throw e;
        } catch (UnsupportedAddressTypeException e) {
            // As far away as any other host that is not there: the machine may not have that version of IP.
            giveUp(socket);
            throw new IOException(peer + " has an address of a kind that this machine does not use", e);
        }
    }

    @Override
    boolean isConnected(SocketChannel socket) throws IOException {
        return socket.finishConnect();
    }

    @Override
    Channel attach(ChannelClass channelClass, SocketChannel socket) {
        TcpDriver driver = new TcpDriver(socket, stack.host().segments, ByteBuffer.allocate(0));
        Channel channel = stack.attach(nextNumber, channelClass, true, driver);
        nextNumber += 2;
        if (channel == null) {
            driver.close();
        }
        return channel;
    }

    @Override
    void giveUp(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as it can be; the next attempt has a socket of its own.
            return;
        }
    }

    @Override
    public void onClose() {
        giveUpAll();
    }
}
