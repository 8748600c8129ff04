package org.netchannel.specs;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/** Keeps the heaps of the TLC processes that run at a time within three quarters of the machine's memory. */
final class MemoryBudget {
    private static final int BYTES_PER_MEGABYTE = 1 << 20;

    private final int megabytes;
    private final Semaphore free;

    MemoryBudget() {
        this(machineMegabytes() * 3 / 4);
    }

    MemoryBudget(int megabytes) {
        this.megabytes = megabytes;
        free = new Semaphore(megabytes, true);
    }

    private static int machineMegabytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? (int) (machine.getTotalMemorySize() / BYTES_PER_MEGABYTE)
                : 4_096;
    }

    /** Waits until this much is free, then does the work. What asks for more than there is runs alone. */
    <T> T within(int wanted, Callable<T> work) throws Exception {
        int taken = Math.min(wanted, megabytes);
        free.acquire(taken);
        try {
            return work.call();
        } finally {
            free.release(taken);
        }
    }
}
