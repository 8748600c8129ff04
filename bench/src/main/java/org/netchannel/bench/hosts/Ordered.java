package org.netchannel.bench.hosts;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * The other host does what it was asked to, until this is closed.
 *
 * @param control on which it was asked
 * @param at where it accepts what is measured
 */
public record Ordered(Socket control, InetSocketAddress at) implements AutoCloseable {
    /** Waits until the other host has ended its side. */
    @Override
    public void close() throws IOException {
        try (control) {
            control.shutdownOutput();
            control.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
