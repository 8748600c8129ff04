package org.netchannel.optimized.tcp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A kernel to talk to the kernel with: a second network of the same addresses as those of {@link KernelLink}, and a
 * thread that carries frames between the two, and captures them.
 */
final class KernelBridge implements AutoCloseable {
    private static final int MTU = 1_500;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment frame = arena.allocate(MTU + 256L, 64);
    private final ExecutorService otherNetwork = Executors.newSingleThreadExecutor();
    private final CaptureFile capture;
    private final TapDevice near;
    private final TapDevice far;
    private final Thread thread;
    private volatile boolean closed;

    KernelBridge(CaptureFile capture) throws Exception {
        this.capture = capture;
        near = new TapDevice("nctest", KernelLink.KERNEL + "/16", MTU);
        far = inOtherNetwork(() -> {
            NetworkNamespace.enter();
            return new TapDevice("nctest", KernelLink.OURS + "/16", MTU);
        });
        thread = Thread.ofPlatform().name("bridge").start(this::run);
    }

    /** Does something in the thread that is in the other network, where the address {@link KernelLink#OURS} is. */
    <T> T inOtherNetwork(Callable<T> what) throws Exception {
        try {
            return otherNetwork.submit(what).get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private void run() {
        while (!closed) {
            if (!carry(near, far) & !carry(far, near)) {
                near.await(1);
            }
        }
    }

    private boolean carry(TapDevice from, TapDevice to) {
        int length = from.read(frame);
        if (length > 0) {
            capture.frame(System.nanoTime(), frame, length);
            to.write(frame, length);
        }
        return length > 0;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        near.close();
        far.close();
        // Its network goes with the thread.
        otherNetwork.close();
        arena.close();
    }
}
