package org.netchannel.cli.copy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.netchannel.cli.link.Handlers;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.DriverDecorator;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.optimized.counters.CountersFile;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** Puts files that peers send into a folder, each in a virtual thread of its own. Any thread may close. */
public final class FileServer implements Closeable {
    private static final int BACKLOG = 64;
    private static final int MOST_SOCKETS = 256;
    private static final long MEMORY_BYTES = 64L << 20;

    private final NetStack stack;
    private final Handlers handlers;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Consumer<String> log;
    private final InetSocketAddress address;

    /**
     * Begins to serve.
     *
     * @param transport what the link goes over; closed after this
     * @param listen where senders dial; port 0 for any that is free
     * @param folder where files go
     * @param log gets a line about each file, from any thread
     * @param decorator what is put around the drivers of channels
     * @throws IOException when the address cannot be listened on
     */
    public FileServer(Transport transport, InetSocketAddress listen, Path folder, Consumer<String> log,
            DriverDecorator decorator) throws IOException {
        this.log = log;
        handlers = new Handlers(transport);
        stack = transport.start(Config.DEFAULTS.with(Setting.SOCKET_LIMIT, MOST_SOCKETS), MEMORY_BYTES);
        try {
            stack.decorate(decorator);
            stack.countInto(CountersFile.create("serve"));
            address = transport.listen(stack, listen);
            VirtualServerSocket door = stack.listen(CopyWire.PORT, BACKLOG);
            Inbox inbox = new Inbox(folder);
            handlers.start(() -> serve(door, inbox));
        } catch (IOException e) {
            stack.close();
            throw e;
        }
    }

    private void serve(VirtualServerSocket door, Inbox inbox) {
        try (door) {
            VirtualSocket peer = door.accept();
            while (handlers.start(receiving(peer, inbox))) {
                peer = door.accept();
            }
            peer.abort();
        } catch (IOException e) {
            end.completeExceptionally(e);
        }
    }

    private Runnable receiving(VirtualSocket peer, Inbox inbox) {
        return () -> {
            try {
                log.accept(new FileReceiver(peer, inbox).run());
            } catch (ClosedByInterruptException e) {
                log.accept("broken off: the server ends");
            } catch (IOException e) {
                log.accept("broken off: " + e.getMessage());
            }
        };
    }

    /**
     * Where it listens.
     *
     * @return the address, with the port that was free if 0 was asked for
     */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * When it ends.
     *
     * @return completes after {@link #close}; exceptionally when no more files can be taken
     */
    public CompletableFuture<Void> end() {
        return end.copy();
    }

    /** Breaks off what is under way, which the sender may repeat. Returns when nobody receives any more. */
    @Override
    public void close() {
        end.complete(null);
        try {
            stack.close();
        } finally {
            handlers.close();
        }
    }
}
