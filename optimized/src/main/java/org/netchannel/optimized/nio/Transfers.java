package org.netchannel.optimized.nio;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.optimized.VirtualSocketException;

/** Reading and writing of a {@link VirtualSocketChannel}: one thread at a time does each. */
final class Transfers {
    private final VirtualSocketChannel channel;
    private final ReentrantLock readLock;
    private final ReentrantLock writeLock;
    /** For calls with one buffer; of who has the lock. */
    private final ByteBuffer[] target = new ByteBuffer[1];
    private final ByteBuffer[] source = new ByteBuffer[1];

    Transfers(VirtualSocketChannel channel, ReentrantLock readLock, ReentrantLock writeLock) {
        this.channel = channel;
        this.readLock = readLock;
        this.writeLock = writeLock;
    }

    int read(ByteBuffer buffer) throws IOException {
        Objects.requireNonNull(buffer);
        readLock.lock();
        try {
            target[0] = buffer;
            return receive(target, 0, 1);
        } finally {
            target[0] = null;
            readLock.unlock();
        }
    }

    long read(ByteBuffer[] buffers, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, buffers.length);
        readLock.lock();
        try {
            return receive(buffers, from, count);
        } finally {
            readLock.unlock();
        }
    }

    private int receive(ByteBuffer[] buffers, int from, int count) throws IOException {
        VirtualSocket peer = channel.requireConnected();
        if (channel.isInputShut()) {
            return -1;
        }
        if (remaining(buffers, from, count) == 0) {
            return 0;
        }
        boolean waits = channel.isBlocking();
        int received = 0;
        try {
            if (waits) {
                channel.beginWaiting();
            }
            received = waits ? peer.receive(buffers, from, count) : peer.tryReceive(buffers, from, count);
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        } catch (VirtualSocketException e) {
            throw ended(e);
        } finally {
            if (waits) {
                channel.endWaiting(received > 0);
            }
        }
        return received;
    }

    private static long remaining(ByteBuffer[] buffers, int from, int count) {
        long remaining = 0;
        for (int i = from; i < from + count; i++) {
            remaining += buffers[i].remaining();
        }
        return remaining;
    }

    /** Waits so long for the first byte; 0 when none has come. */
    int read(ByteBuffer buffer, long mostNs) throws IOException {
        readLock.lock();
        try {
            VirtualSocket peer = channel.requireConnected();
            int received = 0;
            try {
                channel.beginWaiting();
                received = peer.receive(buffer, mostNs);
            } catch (InterruptedIOException e) {
                throw interrupted(e);
            } catch (VirtualSocketException e) {
                throw ended(e);
            } finally {
                channel.endWaiting(received > 0);
            }
            return received;
        } finally {
            readLock.unlock();
        }
    }

    int write(ByteBuffer buffer) throws IOException {
        Objects.requireNonNull(buffer);
        writeLock.lock();
        try {
            source[0] = buffer;
            return (int) send(source, 0, 1);
        } finally {
            source[0] = null;
            writeLock.unlock();
        }
    }

    long write(ByteBuffer[] buffers, int from, int count) throws IOException {
        Objects.checkFromIndexSize(from, count, buffers.length);
        writeLock.lock();
        try {
            return send(buffers, from, count);
        } finally {
            writeLock.unlock();
        }
    }

    private long send(ByteBuffer[] buffers, int from, int count) throws IOException {
        VirtualSocket peer = channel.requireConnected();
        if (channel.isOutputShut()) {
            throw new ClosedChannelException();
        }
        boolean waits = channel.isBlocking();
        long offered = remaining(buffers, from, count);
        long sent = 0;
        try {
            if (waits) {
                channel.beginWaiting();
                peer.send(buffers, from, count);
                sent = offered;
            } else {
                sent = peer.trySend(buffers, from, count);
            }
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        } catch (VirtualSocketException e) {
            throw ended(e);
        } finally {
            if (waits) {
                channel.endWaiting(sent > 0);
            }
        }
        return sent;
    }

    /** Who interrupts may not have come to the channel yet: beginning anew finds it out, and closes the channel. */
    private IOException interrupted(InterruptedIOException exception) {
        channel.beginWaiting();
        return exception;
    }

    /** What the JDK says where a virtual socket has ended: closed meanwhile, shut down meanwhile, or reset. */
    private IOException ended(VirtualSocketException error) {
        if (!channel.isOpen()) {
            return new AsynchronousCloseException();
        }
        boolean wasShut = channel.isOutputShut() && error.reason().isEmpty();
        return wasShut ? new ClosedChannelException() : Addresses.ofTransfer(error);
    }
}
