package org.netchannel.bench.stack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SegmentView;
import org.netchannel.optimized.VirtualSocket;

/**
 * One end of a connection of the stack. Where the application's thread does the stack's work, it does so as an event
 * loop would: not after each short message, but when some are waiting to go, and whenever it has to wait. One thread
 * sends, and one receives.
 */
public final class StackEnd implements Pipe.End {
    /** So much is sent, or looked at, before the stack is stepped. */
    private static final int STEP = 1 << 18;

    private final VirtualSocket socket;
    private final NetStack stack;
    private final boolean stepped;
    private final SegmentView view = new SegmentView();
    private int sent;
    private int received;

    /**
     * An end of a connection.
     *
     * @param stack whose
     * @param mode of that stack
     * @param socket established, or about to be
     */
    public StackEnd(NetStack stack, NetStack.Mode mode, VirtualSocket socket) {
        this.stack = stack;
        this.socket = socket;
        this.stepped = mode == NetStack.Mode.INVOKER;
    }

    /**
     * The connection.
     *
     * @return closed by whoever closes the end
     */
    public VirtualSocket socket() {
        return socket;
    }

    @Override
    public void send(ByteBuffer source) throws IOException {
        while (stepped && source.hasRemaining()) {
            int taken = socket.trySend(source);
            sent += taken;
            if (sent >= STEP) {
                stack.doWork();
                sent = 0;
            } else if (taken == 0) {
                break;
            }
        }
        socket.send(source);
    }

    @Override
    public void receiveFully(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (socket.receive(target) < 0) {
                throw new EOFException("the other end was closed");
            }
        }
    }

    /** What the end of a message leaves of a view is the beginning of the next one. */
    @Override
    public void receiveSame(ByteBuffer expected, ByteBuffer target) throws IOException {
        while (expected.hasRemaining()) {
            if (!view.isHeld() && socket.receive(view) < 0) {
                throw new EOFException("the other end was closed");
            }
            ByteBuffer bytes = view.bytes();
            received += Bytes.takeSame(expected, bytes);
            if (!bytes.hasRemaining()) {
                view.release();
            }
            if (stepped && received >= STEP) {
                stack.doWork();
                received = 0;
            }
        }
    }
}
