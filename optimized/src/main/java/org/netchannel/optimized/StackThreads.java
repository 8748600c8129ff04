package org.netchannel.optimized;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;

/**
 * Who does the work of a stack: threads of its own, one for each channel agent or one for all, and one for each copy
 * worker; or the one who calls and who waits. Whatever the threads are, they do the same.
 */
final class StackThreads {
    private final HostCore host;
    private final Turn turn;
    /** Those of channel agents first, then one for each copy worker. */
    private final List<DutyCycle> cycles = new ArrayList<>();
    /** Whether each channel agent has a cycle of its own; otherwise the first one is of all. */
    private final boolean cycleForEach;
    /** One for each duty cycle; none where the caller does the work. */
    private final List<AgentRunner> runners = new ArrayList<>();
    /** Of the caller, where it does the work. */
    private final IdleStrategy idle;
    /** Why nothing moves any more; null while it does. Of who has the turn. */
    private IOException ended;

    StackThreads(HostCore host, Turn turn, Threading threading, List<ChannelAgent> agents, List<CopyWorker> copies) {
        this.host = host;
        this.turn = turn;
        this.idle = threading.idling().strategy();
        this.cycleForEach = threading.mode() == NetStack.Mode.DEDICATED;
        if (cycleForEach) {
            for (ChannelAgent agent : agents) {
                addCycle(List.of(agent));
            }
        } else {
            addCycle(agents);
        }
        copies.forEach(worker -> addCycle(List.of(worker)));
        if (threading.hasThreads()) {
            cycles.forEach(cycle ->
                    runners.add(new AgentRunner(threading.idling().strategy(), this::failed, null, cycle)));
        }
    }

    private void addCycle(List<? extends Agent> agents) {
        String name = cycles.isEmpty() ? "netchannel" : "netchannel-" + (cycles.size() + 1);
        cycles.add(new DutyCycle(name, host.statistics.newCycles(), agents));
    }

    /** From now on threads do the work, where there are to be some. */
    void start() {
        for (AgentRunner runner : runners) {
            AgentRunner.startOnThread(runner, task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    private void failed(Throwable error) {
        host.statistics.error(error);
        end(new IOException("a thread of the stack has failed", error));
    }

    /** From now on this is done with every cycle of the first thread, too. */
    void add(Agent conductor) {
        cycles.get(0).add(conductor);
    }

    /** The same with the cycle that an agent is in. */
    void add(int agent, Agent conductor) {
        cycles.get(cycleForEach ? agent : 0).add(conductor);
    }

    /** Does what there is to do, in the caller's thread. */
    int work() {
        try {
            int work = 0;
            for (int i = 0; i < cycles.size(); i++) {
                work += cycles.get(i).doWork();
            }
            return work;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a channel could not be opened", e);
        }
    }

    /** Something was sent: without a thread that takes it from here, the caller does. */
    void goOn() {
        if (!turn.hasThreads()) {
            work();
        }
    }

    /** Nothing moves from here on: whoever waits hears it. The first reason is the one that counts. */
    private void end(IOException why) {
        turn.enter();
        try {
            if (ended == null) {
                ended = why;
                for (Connection connection : host.allConnections()) {
                    connection.waiters.wake();
                }
                host.listeners.values().forEach(listener -> listener.waiters.wake());
            }
        } finally {
            turn.leave();
        }
    }

    /** Nothing moves any more. Who has the turn asks. */
    boolean hasEnded() {
        return ended != null;
    }

    /** With the turn: says so when nothing moves any more. */
    void requireRunning() throws IOException {
        if (ended != null) {
            throw new IOException(ended.getMessage(), ended);
        }
    }

    /** Waits, with the turn, until something about it may have changed. */
    void await(Waiters waiters, long mostNs) throws IOException {
        requireRunning();
        try {
            pause(waiters, mostNs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting").initCause(e);
        }
    }

    /** With the turn: gives it up for a while, or does some of the work. May return early. */
    void pause(Waiters waiters, long mostNs) throws InterruptedException {
        if (turn.hasThreads()) {
            waiters.await(turn, mostNs);
        } else if (Thread.interrupted()) {
            throw new InterruptedException();
        } else {
            idle.idle(work());
        }
    }

    /** Ends the threads, the first one first because it opens channels, and then there are none any more. */
    void close() {
        end(new IOException("the stack was closed"));
        if (turn.hasThreads()) {
            runners.forEach(AgentRunner::close);
        } else {
            cycles.forEach(DutyCycle::onClose);
        }
    }
}
