package org.netchannel.bench.stack;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
    private static final int STEP = 1 << 19;
    /** So many views are asked for, and given back, at a time. */
    private static final int VIEWS = 8;

    private final VirtualSocket socket;
    private final NetStack stack;
    private final boolean stepped;
    /** What is shown at a time, from {@code looked} on; what is before that was looked at. */
    private final SegmentView[] views = new SegmentView[VIEWS];
    private int shown;
    private int looked;
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
        Arrays.setAll(views, i -> new SegmentView());
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
            if (looked == shown) {
                show();
            }
            ByteBuffer bytes = views[looked].bytes();
            received += Bytes.takeSame(expected, bytes);
            if (!bytes.hasRemaining()) {
                looked++;
            }
            if (looked == shown) {
                SegmentView.release(views, 0, shown);
            }
            if (stepped && received >= STEP) {
                stack.doWork();
                received = 0;
            }
        }
    }

    private void show() throws IOException {
        int came = socket.tryReceive(views, 0, VIEWS);
        if (came == 0) {
            came = socket.receive(views[0]);
        }
        if (came < 0) {
            throw new EOFException("the other end was closed");
        }
        looked = 0;
        shown = 0;
        while (shown < VIEWS && views[shown].isHeld()) {
            shown++;
        }
    }
}
