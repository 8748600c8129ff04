package org.netchannel.optimized.nio;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.PollKey;
import org.netchannel.optimized.Poller;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.optimized.VirtualSocketException;

/** A listener as the JDK's server socket channel. */
final class VirtualServerSocketChannel extends ServerSocketChannel implements PolledChannel {
    private static final int DEFAULT_BACKLOG = 50;
    /** Where a free port is looked for: below those of who connects (NC-HS-1). */
    private static final int FIRST_FREE = 32_768;
    private static final int PORTS = 16_384;

    private final NetStack stack;
    private final Options options;
    private final SelectionKeys selectionKeys = new SelectionKeys();
    private final ReentrantLock acceptLock = new ReentrantLock();
    private final ServerSocketView view;
    private final Object bindLock = new Object();
    /** Null before it is bound. */
    private volatile VirtualServerSocket listener;

    VirtualServerSocketChannel(VirtualSelectorProvider provider) {
        super(provider);
        stack = provider.stack();
        options = Options.ofServer(stack);
        view = new ServerSocketView(this);
    }

    @Override
    public PollKey register(Poller poller, VirtualSelectionKey key) throws IOException {
        VirtualServerSocket present = listener;
        return present == null ? null : poller.register(present, 0, key);
    }

    @Override
    public int interestFor(int operations) {
        return (operations & SelectionKey.OP_ACCEPT) == 0 ? 0 : PollKey.ACCEPTABLE;
    }

    @Override
    public int operationsFor(int readiness) {
        return (readiness & PollKey.ACCEPTABLE) == 0 ? 0 : SelectionKey.OP_ACCEPT;
    }

    @Override
    public SelectionKeys selectionKeys() {
        return selectionKeys;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public ServerSocketChannel bind(SocketAddress local, int backlog) throws IOException {
        int port = local == null ? 0 : Addresses.internet(local).getPort();
        synchronized (bindLock) {
            requireOpen();
            if (listener != null) {
                throw new AlreadyBoundException();
            }
            listener = listen(port, backlog < 1 ? DEFAULT_BACKLOG : backlog);
        }
        selectionKeys.refresh();
        return this;
    }

    private VirtualServerSocket listen(int port, int backlog) throws IOException {
        try {
            return port == 0 ? listenAnywhere(backlog) : stack.listen(port, backlog);
        } catch (VirtualSocketException e) {
            throw Addresses.ofBind(e);
        }
    }

    private VirtualServerSocket listenAnywhere(int backlog) throws VirtualSocketException {
        int first = ThreadLocalRandom.current().nextInt(PORTS);
        VirtualSocketException last = null;
        for (int i = 0; i < PORTS; i++) {
            try {
                return stack.listen(FIRST_FREE + (first + i) % PORTS, backlog);
            } catch (VirtualSocketException e) {
                last = e;
            }
        }
        throw last;
    }

    @Override
    public SocketChannel accept() throws IOException {
        acceptLock.lock();
        try {
            requireOpen();
            VirtualServerSocket present = listener;
            if (present == null) {
                throw new NotYetBoundException();
            }
            VirtualSocket child = isBlocking() ? awaitChild(present) : tryAccept(present);
            return child == null ? null : new VirtualSocketChannel((VirtualSelectorProvider) provider(), child);
        } finally {
            acceptLock.unlock();
        }
    }

    private VirtualSocket awaitChild(VirtualServerSocket present) throws IOException {
        VirtualSocket child = null;
        try {
            begin();
            child = present.accept();
        } catch (InterruptedIOException e) {
            // Who interrupts may not have come to this channel yet: beginning anew finds it out.
            begin();
            throw e;
        } finally {
            end(child != null);
        }
        return child;
    }

    private VirtualSocket tryAccept(VirtualServerSocket present) throws IOException {
        try {
            return present.tryAccept().orElse(null);
        } catch (IOException e) {
            throw isOpen() ? e : new AsynchronousCloseException();
        }
    }

    @Override
    protected void implCloseSelectableChannel() {
        VirtualServerSocket present;
        synchronized (bindLock) {
            present = listener;
        }
        if (present != null) {
            present.close();
        }
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        acceptLock.lock();
        acceptLock.unlock();
    }

    @Override
    public ServerSocket socket() {
        return view;
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        requireOpen();
        return localAddress();
    }

    InetSocketAddress localAddress() {
        VirtualServerSocket present = listener;
        return present == null ? null : Addresses.ofPort(present.port());
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        options.set(this, name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return options.get(this, name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return options.supported();
    }

    @Override
    public String toString() {
        return "VirtualServerSocketChannel[" + (isOpen() ? "local " + localAddress() : "closed") + "]";
    }
}
