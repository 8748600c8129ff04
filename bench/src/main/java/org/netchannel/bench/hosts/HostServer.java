package org.netchannel.bench.hosts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.netchannel.bench.stack.Bytes;
import org.netchannel.bench.stack.Peer;
import org.netchannel.bench.stack.Pipe;

/**
 * The host that serves. Who measures connects, sends an {@link Order} as a line, gets the port on which to open the
 * connection that is measured, and ends that by ending the first connection. One at a time; whoever reaches the address
 * may ask.
 */
public final class HostServer implements AutoCloseable {
    /** How long an order may take. */
    private static final int PATIENCE_MS = 10_000;
    /** Frames come to no port. */
    private static final Place FRAMES_PLACE = new Place(1, null);

    private final ServerSocket server;
    private final Optional<HostDevice> device;
    private final Consumer<String> told;
    private final int patienceMs;
    /** The measurement that is served now; closing it ends that. */
    private volatile Socket current = new Socket();

    /**
     * Listens.
     *
     * @param address where; port 0 for any that is free
     * @param device a network device of this host, where it has one to spare
     * @param told a line about each order that was refused or failed; the thread that serves calls
     * @throws IOException when that address can't be listened on
     */
    public HostServer(InetSocketAddress address, Optional<HostDevice> device, Consumer<String> told)
            throws IOException {
        this(address, device, told, PATIENCE_MS);
    }

    /** The same with another patience. */
    HostServer(InetSocketAddress address, Optional<HostDevice> device, Consumer<String> told, int patienceMs)
            throws IOException {
        this.patienceMs = patienceMs;
        this.device = device;
        this.told = told;
        server = new ServerSocket();
        server.bind(address, 1);
    }

    /**
     * Where it listens.
     *
     * @return with the port that was chosen
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /**
     * Serves one after the other until it is closed. The thread that calls does the work.
     *
     * @throws IOException when it can't listen any longer
     */
    public void serve() throws IOException {
        while (!server.isClosed()) {
            try (Socket control = server.accept()) {
                current = control;
                if (!server.isClosed()) {
                    serve(control);
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    told.accept("a measurement was not served: " + e.getMessage());
                }
            }
        }
    }

    private void serve(Socket control) throws IOException {
        control.setKeepAlive(true);
        String line = Lines.read(control, patienceMs);
        Optional<Order> order = Order.parse(line);
        if (order.isEmpty()) {
            throw new IOException("'" + Lines.printable(line) + "' is no order");
        }
        Here here = new Here(control.getLocalAddress(), device);
        if (order.get().task() == Order.Task.FRAMES) {
            try (Testpmd sender = Testpmd.sending(here.requireDevice())) {
                serve(control, FRAMES_PLACE, sender::awaitEnd);
            }
        } else {
            try (Listening listening = order.get().transport().listen(here)) {
                serve(control, listening.place(), work(order.get(), listening));
            }
        }
    }

    /** A thread of its own works until the other end has enough. */
    private void serve(Socket control, Place place, Peer.Task work) throws IOException {
        control.getOutputStream().write((place.line() + "\n").getBytes(StandardCharsets.US_ASCII));
        control.setSoTimeout(0);
        try (Peer peer = new Peer(work)) {
            awaitEnd(control.getInputStream());
            // What ends the other end may be heard here first.
            peer.stop();
        }
    }

    private void awaitEnd(InputStream in) throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            // Reset by the other end: that ends the measurement as well.
            told.accept("the host that measures has gone: " + e.getMessage());
        }
    }

    /** Accepts at first, and does the same over and over. */
    private static Peer.Task work(Order order, Listening listening) {
        ByteBuffer pattern = Bytes.pattern(order.size());
        Pipe.End[] end = new Pipe.End[1];
        return () -> {
            if (end[0] == null) {
                end[0] = listening.accepting().accept();
            }
            if (order.task() == Order.Task.ECHO) {
                end[0].receiveFully(pattern.clear());
            }
            end[0].send(pattern.clear());
        };
    }

    /**
     * Closes a server when a stream ends, in a thread of its own.
     *
     * @param input such as the standard input
     * @param server which one
     */
    public static void closeAtEndOf(InputStream input, HostServer server) {
        Thread.ofPlatform().daemon().start(() -> {
            try (server) {
                input.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void close() throws IOException {
        server.close();
        current.close();
    }
}
