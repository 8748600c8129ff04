package org.netchannel.specs.tlc;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.atomic.LongAdder;
import tlc2.TLC;
import tlc2.TLCGlobals;
import tlc2.output.MP;
import tlc2.tool.AbstractChecker;
import tlc2.tool.ModelChecker;
import tlc2.tool.Simulator;

/**
 * The main class of the process in which TLC runs: TLC as it is, and two threads beside it. One tells every second how
 * far TLC has come (TLC itself does it once a minute). The other ends the process when the one that started it is gone.
 */
public final class TlcMain {
    /** Begins a line on standard error: states generated, distinct states, states on the queue, random traces. */
    static final String PROGRESS = "netchannel-progress ";

    /** Begins the last line on standard error: processor time in nanoseconds. */
    static final String PROCESSOR_TIME = "netchannel-processor-time ";

    /** The line on standard error when the server of distributed TLC can be reached. */
    public static final String LISTENING = "netchannel-listening";

    /** Between two words about progress. */
    private static final int PERIOD_MILLISECONDS = 1_000;

    private TlcMain() {}

    /**
     * Runs TLC and ends with its exit status.
     *
     * @param arguments TLC's own
     * @throws Exception what TLC throws
     */
    public static void main(String[] arguments) throws Exception {
        Thread.ofPlatform().daemon().name("parent-watch").start(TlcMain::endWithParent);
        CheckpointClock clock = checkpointClock();
        everySecond(() -> tellProgress(clock));
        Runtime.getRuntime().addShutdownHook(new Thread(TlcMain::tellTheEnd));
        if (System.getProperty(Evaluations.WANTED) != null) {
            Evaluations.record();
        }
        TLC.main(arguments);
    }

    /** The clock of checkpoints, or null when there are none. */
    private static CheckpointClock checkpointClock() {
        // TLC's own clock would also leave files behind after a violation.
        TLCGlobals.chkptDuration = 0;
        String complete = System.getProperty(CheckpointClock.COMPLETE);
        if (complete == null) {
            return null;
        }
        CheckpointClock clock = new CheckpointClock(Path.of(complete), Long.getLong(CheckpointClock.EVERY));
        MP.setRecorder(clock);
        return clock;
    }

    /** Nothing is ever sent to standard input, so that its end means that the parent is gone. */
    public static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("lost the parent process: " + e.getMessage());
        }
        Runtime.getRuntime().halt(1);
    }

    private static void tellTheEnd() {
        // TLC itself does not say how many traces there were.
        if (TLCGlobals.simulator != null) {
            tellCounts();
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            System.err.println(PROCESSOR_TIME + system.getProcessCpuTime());
        }
    }

    /**
     * Calls something once a second as long as the process lives, in a thread of its own. That thread ends with the
     * first exception, and says so on standard error.
     *
     * @param task what to call
     */
    public static void everySecond(Runnable task) {
        TimerTask calls = new TimerTask() {
            @Override
            public void run() {
                task.run();
            }
        };
        new Timer("progress", true).schedule(calls, PERIOD_MILLISECONDS, PERIOD_MILLISECONDS);
    }

    private static void tellProgress(CheckpointClock clock) {
        tellCounts();
        if (clock != null && TLCGlobals.mainChecker instanceof ModelChecker checker) {
            clock.tick(checker);
        }
    }

    private static void tellCounts() {
        AbstractChecker checker = TLCGlobals.mainChecker;
        if (TLCGlobals.simulator != null) {
            tell(count("numOfGenStates"), 0, 0, count("numOfGenTraces"));
        } else if (checker instanceof ModelChecker running && running.theStateQueue != null) {
            tell(running.getStatesGenerated(), running.getDistinctStatesGenerated(), running.getStateQueueSize(), 0);
        }
    }

    /**
     * Says on standard error how far TLC has come.
     *
     * @param generated states generated
     * @param distinct distinct states
     * @param queue states whose successors have not been looked at
     * @param traces random traces that are finished
     */
    public static void tell(long generated, long distinct, long queue, long traces) {
        System.err.println(PROGRESS + generated + " " + distinct + " " + queue + " " + traces);
    }

    /** A counter that TLC's simulator keeps to itself. */
    private static long count(String field) {
        try {
            Field counter = Simulator.class.getDeclaredField(field);
            counter.setAccessible(true);
            return ((LongAdder) counter.get(TLCGlobals.simulator)).sum();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is another TLC: its simulator has no " + field, e);
        }
    }
}
