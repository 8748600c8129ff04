package org.netchannel.optimized.tcp;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Sends bytes that follow from a seed, in parts of any size, and checks those of its peer. */
final class Application {
    private static final int LARGEST = 20_000;

    final TcpConnection connection;
    private final SplittableRandom random;
    private final long sendSeed;
    private final long receiveSeed;
    private final long toSend;
    private final byte[] part = new byte[LARGEST];
    private final MemorySegment memory = MemorySegment.ofArray(part);
    private final ReceivedView view = new ReceivedView();
    private boolean shutDown;
    long sent;
    long received;
    boolean endSeen;

    Application(TcpConnection connection, long sendSeed, long receiveSeed, long toSend, long seed) {
        this.connection = connection;
        this.sendSeed = sendSeed;
        this.receiveSeed = receiveSeed;
        this.toSend = toSend;
        this.random = new SplittableRandom(seed);
    }

    /** The byte of a stream at an offset. */
    static byte at(long seed, long offset) {
        long mixed = (offset + seed) * 0x9e37_79b9_7f4a_7c15L;
        return (byte) (mixed >>> 56);
    }

    void step() {
        send();
        while (receive()) {
            // Until there is nothing to be read.
        }
    }

    private void send() {
        while (sent < toSend) {
            int length = (int) Math.min(random.nextInt(1, LARGEST + 1), toSend - sent);
            for (int i = 0; i < length; i++) {
                part[i] = at(sendSeed, sent + i);
            }
            int taken = connection.send(memory, 0, length);
            sent += taken;
            if (taken < length) {
                return;
            }
        }
        if (!shutDown) {
            shutDown = true;
            connection.shutdown();
        }
    }

    private boolean receive() {
        if (random.nextBoolean() && connection.take(view)) {
            MemorySegment.copy(view.buffer().memory(), view.at(), memory, 0, Math.min(view.length(), LARGEST));
            check(Math.min(view.length(), LARGEST));
            received += view.length() - Math.min(view.length(), LARGEST);
            view.buffer().release();
            return true;
        }
        int length = connection.receive(memory, 0, random.nextInt(1, LARGEST + 1));
        endSeen |= length == TcpConnection.END_OF_STREAM;
        if (length > 0) {
            check(length);
        }
        return length > 0;
    }

    private void check(int length) {
        for (int i = 0; i < length; i++) {
            if (part[i] != at(receiveSeed, received + i)) {
                throw new AssertionError("byte " + (received + i) + " is wrong");
            }
        }
        received += length;
    }

    boolean isDone(long toReceive) {
        return sent == toSend && received == toReceive && endSeen;
    }
}
