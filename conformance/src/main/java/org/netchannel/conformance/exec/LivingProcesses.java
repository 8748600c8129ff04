package org.netchannel.conformance.exec;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Every process that was started and has not ended: none outlives this JVM, also when it is ended from outside. Any
 * thread may call.
 */
final class LivingProcesses {
    private static final Duration TIME_TO_END = Duration.ofSeconds(2);
    /** So many may be ending at a time; more are killed. */
    private static final Semaphore ENDING = new Semaphore(16);
    private static final Set<Process> LIVING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> LIVING.forEach(LivingProcesses::kill)));
    }

    private LivingProcesses() {}

    static Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        LIVING.add(process);
        process.onExit().thenRun(() -> LIVING.remove(process));
        return process;
    }

    /** Sees to it that a process ends, without waiting for that: its input has ended, so it should by itself. */
    static void end(Process process, boolean atOnce) {
        if (atOnce || !ENDING.tryAcquire()) {
            kill(process);
            return;
        }
        CompletableFuture<Process> exit = process.onExit();
        exit.orTimeout(TIME_TO_END.toMillis(), TimeUnit.MILLISECONDS).whenComplete((_, late) -> {
            ENDING.release();
            if (late != null) {
                kill(process);
            }
        });
    }

    /** Kills a process and what it has started. */
    static void kill(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** How many have not ended. */
    static int count() {
        return LIVING.size();
    }
}
