package org.netchannel.optimized.nio;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.PollKey;
import org.netchannel.optimized.Poller;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.optimized.VirtualSocketException;

/** A virtual socket as the JDK's socket channel. */
final class VirtualSocketChannel extends SocketChannel implements PolledChannel {
    private final NetStack stack;
    private final Options options;
    private final SelectionKeys selectionKeys = new SelectionKeys();
    private final ReentrantLock readLock = new ReentrantLock();
    private final ReentrantLock writeLock = new ReentrantLock();
    private final SocketView view;
    private final Transfers transfers;

    private final Object stageLock = new Object();
    private volatile Stage stage = Stage.UNCONNECTED;
    /** Null before connect. */
    private volatile VirtualSocket socket;
    private volatile InetSocketAddress remote;
    private volatile boolean isInputShut;
    private volatile boolean isOutputShut;

    VirtualSocketChannel(VirtualSelectorProvider provider) {
        super(provider);
        stack = provider.stack();
        options = Options.ofSocket(stack, provider.trafficClass());
        view = SocketView.of(this);
        transfers = new Transfers(this, readLock, writeLock);
    }

    /** An accepted connection. */
    VirtualSocketChannel(VirtualSelectorProvider provider, VirtualSocket accepted) {
        super(provider);
        stack = provider.stack();
        options = Options.ofSocket(stack, accepted.trafficClass());
        view = SocketView.of(this);
        transfers = new Transfers(this, readLock, writeLock);
        socket = accepted;
        remote = Addresses.ofPort(accepted.remotePort());
        stage = Stage.CONNECTED;
    }

    // What a selector asks.

    @Override
    public PollKey register(Poller poller, VirtualSelectionKey key) throws IOException {
        VirtualSocket present = socket;
        return present == null ? null : poller.register(present, 0, key);
    }

    @Override
    public int interestFor(int operations) {
        return stage.interestFor(operations);
    }

    @Override
    public int operationsFor(int readiness) {
        return stage.operationsFor(readiness);
    }

    @Override
    public SelectionKeys selectionKeys() {
        return selectionKeys;
    }

    // Connecting.

    /** Not supported but for any port: the stack chooses the port of who connects (NC-HS-1). */
    @Override
    public SocketChannel bind(SocketAddress local) throws IOException {
        requireOpen();
        if (stage != Stage.UNCONNECTED) {
            throw new AlreadyConnectedException();
        }
        if (local != null && Addresses.internet(local).getPort() != 0) {
            throw new BindException("Cannot assign requested address: the stack chooses the port of who connects");
        }
        return this;
    }

    @Override
    public boolean connect(SocketAddress address) throws IOException {
        return connect(address, Long.MAX_VALUE);
    }

    /** In blocking mode waits so long; false when that was not enough. */
    boolean connect(SocketAddress address, long mostNs) throws IOException {
        InetSocketAddress peer = Addresses.internet(address);
        readLock.lock();
        writeLock.lock();
        try {
            requireOpen();
            startConnecting(peer);
            return isBlocking() && finishConnect(mostNs);
        } finally {
            writeLock.unlock();
            readLock.unlock();
        }
    }

    private void startConnecting(InetSocketAddress peer) throws IOException {
        if (stage == Stage.PENDING) {
            throw new ConnectionPendingException();
        }
        if (stage == Stage.CONNECTED) {
            throw new AlreadyConnectedException();
        }
        VirtualSocket connecting;
        try {
            connecting = stack.startConnecting(peer.getPort(), options.trafficClass());
        } catch (VirtualSocketException e) {
            close();
            throw Addresses.ofConnect(e);
        }
        synchronized (stageLock) {
            socket = connecting;
            remote = peer;
            stage = Stage.PENDING;
            if (!isOpen()) {
                // Who closed it has not seen the socket.
                connecting.abort();
                throw new AsynchronousCloseException();
            }
        }
        selectionKeys.refresh();
    }

    @Override
    public boolean finishConnect() throws IOException {
        readLock.lock();
        writeLock.lock();
        try {
            requireOpen();
            if (stage == Stage.UNCONNECTED) {
                throw new NoConnectionPendingException();
            }
            return stage == Stage.CONNECTED || finishConnect(Long.MAX_VALUE);
        } finally {
            writeLock.unlock();
            readLock.unlock();
        }
    }

    private boolean finishConnect(long mostNs) throws IOException {
        try {
            boolean connected = isBlocking() ? awaitConnected(mostNs) : socket.tryFinishConnecting();
            if (connected) {
                stage = Stage.CONNECTED;
                selectionKeys.refresh();
            }
            return connected;
        } catch (VirtualSocketException e) {
            boolean wasOpen = isOpen();
            close();
            throw wasOpen ? Addresses.ofConnect(e) : new AsynchronousCloseException();
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private boolean awaitConnected(long mostNs) throws IOException {
        boolean connected = false;
        try {
            begin();
            connected = socket.finishConnecting(mostNs);
        } catch (InterruptedIOException e) {
            // Who interrupts may not have come to this channel yet: beginning anew finds it out.
            begin();
            throw e;
        } finally {
            end(connected);
        }
        return connected;
    }

    @Override
    public boolean isConnected() {
        return stage == Stage.CONNECTED && isOpen();
    }

    @Override
    public boolean isConnectionPending() {
        return stage == Stage.PENDING && isOpen();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    VirtualSocket requireConnected() throws ClosedChannelException {
        requireOpen();
        if (stage != Stage.CONNECTED) {
            throw new NotYetConnectedException();
        }
        return socket;
    }

    // Transfers.

    @Override
    public int read(ByteBuffer target) throws IOException {
        return transfers.read(target);
    }

    @Override
    public long read(ByteBuffer[] targets, int from, int count) throws IOException {
        return transfers.read(targets, from, count);
    }

    /** For the stream of {@link SocketView}: waits so long for the first byte; 0 when none has come. */
    int read(ByteBuffer target, long mostNs) throws IOException {
        return transfers.read(target, mostNs);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return transfers.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int from, int count) throws IOException {
        return transfers.write(sources, from, count);
    }

    /** A call that may wait begins; it hears of a close or an interrupt. */
    void beginWaiting() {
        begin();
    }

    /** A call that may have waited is over. */
    void endWaiting(boolean completed) throws AsynchronousCloseException {
        end(completed);
    }

    // Closing.

    @Override
    public SocketChannel shutdownInput() throws IOException {
        VirtualSocket peer = requireConnected();
        isInputShut = true;
        peer.shutdownInput();
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        VirtualSocket peer = requireConnected();
        isOutputShut = true;
        peer.shutdown();
        return this;
    }

    boolean isInputShut() {
        return isInputShut;
    }

    boolean isOutputShut() {
        return isOutputShut;
    }

    @Override
    protected void implCloseSelectableChannel() {
        VirtualSocket present;
        synchronized (stageLock) {
            present = socket;
        }
        if (present != null && options.closeResets()) {
            present.abort();
        } else if (present != null) {
            present.close();
        }
    }

    /** Waits for transfers under way, as the JDK's channels do. */
    @Override
    protected void implConfigureBlocking(boolean block) {
        readLock.lock();
        writeLock.lock();
        writeLock.unlock();
        readLock.unlock();
    }

    // Addresses and options.

    @Override
    public Socket socket() {
        return view;
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        requireOpen();
        return remoteAddress();
    }

    InetSocketAddress remoteAddress() {
        return stage == Stage.CONNECTED ? remote : null;
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        requireOpen();
        return localAddress();
    }

    InetSocketAddress localAddress() {
        VirtualSocket present = socket;
        return present == null ? null : Addresses.ofPort(present.localPort());
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
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
        return "VirtualSocketChannel[" + (isOpen() ? stage + ", local " + localAddress() + ", remote " + remote
                : "closed") + "]";
    }
}
