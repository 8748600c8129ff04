package org.netchannel.optimized.nio;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;

/** Options of a channel for the views of it: their methods say in their own way that it was closed. */
final class OptionCalls {
    private final NetworkChannel channel;

    OptionCalls(NetworkChannel channel) {
        this.channel = channel;
    }

    <T> void set(SocketOption<T> name, T value) throws SocketException {
        try {
            channel.setOption(name, value);
        } catch (IOException e) {
            throw closed(e);
        }
    }

    <T> T get(SocketOption<T> name) throws SocketException {
        try {
            return channel.getOption(name);
        } catch (IOException e) {
            throw closed(e);
        }
    }

    private static SocketException closed(IOException cause) {
        SocketException closed = new SocketException("Socket is closed");
        closed.initCause(cause);
        return closed;
    }
}
