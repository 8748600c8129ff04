package org.netchannel.bench.stack;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** The bound: two plain copies of every byte, in and out of a ring of memory between two threads, and nothing else. */
final class CopiesPipe implements Pipe {
    private static final int SLOT = 1 << 16;
    private static final int SLOTS = 16;

    /** One direction. */
    private static final class Direction {
        private final ByteBuffer memory = ByteBuffer.allocateDirect(SLOT * SLOTS);
        private final AtomicLong written = new AtomicLong();
        private final AtomicLong read = new AtomicLong();

        private void send(ByteBuffer source) throws IOException {
            while (source.hasRemaining()) {
                long at = written.getPlain();
                int length = length(source.remaining(), at, at - read.getAcquire() - SLOT * SLOTS);
                if (length > 0) {
                    memory.put((int) (at % memory.capacity()), source, source.position(), length);
                    source.position(source.position() + length);
                    written.setRelease(at + length);
                }
            }
        }

        private void receiveFully(ByteBuffer target) throws IOException {
            while (target.hasRemaining()) {
                long at = read.getPlain();
                int length = length(target.remaining(), at, at - written.getAcquire());
                if (length > 0) {
                    target.put(target.position(), memory, (int) (at % memory.capacity()), length);
                    target.position(target.position() + length);
                    read.setRelease(at + length);
                }
            }
        }

        /** At most a slot, and not over the end of the memory. */
        private int length(int wanted, long at, long minusThere) throws IOException {
            if (minusThere == 0) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while waiting");
                }
                spin();
            }
            long there = Math.min(-minusThere, memory.capacity() - at % memory.capacity());
            return (int) Math.min(Math.min(wanted, SLOT), there);
        }
    }

    /** On a machine with other things to do a thread that only spins would keep the other one from running. */
    private static void spin() {
        for (int i = 0; i < 50; i++) {
            Thread.onSpinWait();
        }
        Thread.yield();
    }

    private record CopiesEnd(Direction out, Direction in) implements End {
        @Override
        public void send(ByteBuffer source) throws IOException {
            out.send(source);
        }

        @Override
        public void receiveFully(ByteBuffer target) throws IOException {
            in.receiveFully(target);
        }
    }

    private final Direction there = new Direction();
    private final Direction back = new Direction();

    @Override
    public End left() {
        return new CopiesEnd(there, back);
    }

    @Override
    public End right() {
        return new CopiesEnd(back, there);
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }
}
