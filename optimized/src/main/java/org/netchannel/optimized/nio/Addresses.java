package org.netchannel.optimized.nio;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import org.netchannel.optimized.VirtualSocketException;

/** Addresses as the JDK has them for virtual ports, and its exceptions for errors of virtual sockets. */
final class Addresses {
    private Addresses() {}

    /** Where a library wants to connect or to be bound. */
    static InetSocketAddress internet(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            throw new UnsupportedAddressTypeException();
        }
        if (internet.isUnresolved()) {
            throw new UnresolvedAddressException();
        }
        return internet;
    }

    static InetSocketAddress ofPort(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** How the JDK says that connect has failed. */
    static IOException ofConnect(VirtualSocketException error) {
        return switch (error.error()) {
            case REFUSED -> because(new ConnectException("Connection refused: " + error.getMessage()), error);
            case TIMEOUT -> because(new ConnectException("Connection timed out: " + error.getMessage()), error);
            default -> ofTransfer(error);
        };
    }

    /** How the JDK says that reading or writing has failed. */
    static IOException ofTransfer(VirtualSocketException error) {
        return because(new SocketException("Connection reset: " + error.getMessage()), error);
    }

    static IOException ofBind(VirtualSocketException error) {
        return because(new BindException("Address already in use: " + error.getMessage()), error);
    }

    private static IOException because(IOException exception, VirtualSocketException cause) {
        exception.initCause(cause);
        return exception;
    }
}
