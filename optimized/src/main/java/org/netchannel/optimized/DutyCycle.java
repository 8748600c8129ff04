package org.netchannel.optimized;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * What a stack does over and over: move packets, then open channels and whatever else was added. A thread of its own
 * does it, or who calls and who waits.
 */
final class DutyCycle implements Agent {
    private final HostCore host;
    private final Turn turn;
    private final ChannelAgent channels;
    /** What opens channels, and what counts. */
    private final List<Agent> conductors = new CopyOnWriteArrayList<>();
    /** Null where the caller does the work. */
    private final AgentRunner runner;
    /** Spins first: the peer may be a thread on another core. */
    private final IdleStrategy idle = waiting();
    /** Why nothing moves any more; null while it does. Of who has the turn. */
    private IOException ended;

    DutyCycle(HostCore host, Turn turn, ChannelAgent channels) {
        this.host = host;
        this.turn = turn;
        this.channels = channels;
        this.runner = turn.hasThreads() ? new AgentRunner(waiting(), this::failed, null, this) : null;
    }

    /** Some 20 microseconds of looking, then others may run in between, then it sleeps. */
    private static IdleStrategy waiting() {
        return new BackoffIdleStrategy(100, 200, 1_000, TimeUnit.MICROSECONDS.toNanos(50));
    }

    /** From now on a thread does the work, where one is to. */
    void start() {
        if (runner != null) {
            AgentRunner.startOnThread(runner, task -> {
                Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    private void failed(Throwable error) {
        host.statistics.error(error);
        end(new IOException("the stack's thread has failed", error));
    }

    /** From now on this is done with every duty cycle, too. */
    void add(Agent conductor) {
        conductors.add(conductor);
    }

    @Override
    public int doWork() throws Exception {
        host.statistics.cycle(System.nanoTime());
        int work = channels.doWork();
        for (int i = 0; i < conductors.size(); i++) {
            work += conductors.get(i).doWork();
        }
        return work;
    }

    @Override
    public void onClose() {
        channels.onClose();
        for (Agent conductor : conductors) {
            conductor.onClose();
        }
    }

    @Override
    public String roleName() {
        return "netchannel";
    }

    /** Does what there is to do, in the caller's thread. */
    int work() {
        try {
            return doWork();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a channel could not be opened", e);
        }
    }

    /** Something was sent: without a thread that takes it from here, the caller does. */
    void goOn() {
        if (runner == null) {
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
        if (runner != null) {
            waiters.await(turn, mostNs);
        } else if (Thread.interrupted()) {
            throw new InterruptedException();
        } else {
            idle.idle(work());
        }
    }

    /** Ends the thread and the channels. */
    void close() {
        end(new IOException("the stack was closed"));
        if (runner != null) {
            runner.close();
        } else {
            onClose();
        }
    }
}
