package org.netchannel.bench.stack;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One end of plain blocking NIO sockets.
 *
 * @param channel sends short messages at once
 */
public record NioEnd(SocketChannel channel) implements Pipe.End {
    /**
     * Takes a connection over.
     *
     * @param channel connected
     * @return its end
     * @throws IOException when the connection has failed
     */
    public static NioEnd of(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new NioEnd(channel);
    }

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

    /**
     * Ends the connection.
     *
     * @throws IOException when that fails
     */
    public void close() throws IOException {
        channel.close();
    }
}
