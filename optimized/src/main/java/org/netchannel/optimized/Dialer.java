package org.netchannel.optimized;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.netchannel.traces.ChannelClass;

/**
 * Opens the channels that there are to be, and new ones in place of those that are gone, and drains what there is no
 * longer to be. One thread of the stack's works; any thread says what there is to be.
 *
 * @param <T> a connection that becomes a channel
 */
abstract class Dialer<T> implements Agent, ChannelSupply {
    /** How often it looks: channels come and go rarely. */
    private static final long EVERY_NS = 1_000_000;
    /** After an attempt that failed so long passes before the next. */
    private static final long RETRY_NS = 50_000_000;

    /** A channel that there is to be. */
    private static final class Wanted<T> {
        private final ChannelClass channelClass;
        private T connection;
        private Channel channel;
        private long notBeforeNs = System.nanoTime();
        /** It drains, and nothing takes its place. */
        private boolean leaves;

        private Wanted(ChannelClass channelClass) {
            this.channelClass = channelClass;
        }
    }

    private final NetStack stack;
    private final List<Wanted<T>> wanted = new ArrayList<>();
    private long nextLookNs = System.nanoTime();

    Dialer(NetStack stack) {
        this.stack = stack;
    }

    /** Whether it makes sense to dial now. */
    boolean mayDial() {
        return true;
    }

    /** Begins to connect. */
    abstract T dial() throws IOException;

    /** Whether a connection is there; an exception when it will not be. */
    abstract boolean isConnected(T connection) throws IOException;

    /** Makes a channel of a connection; null when it may not come up, and then the connection is closed. */
    abstract Channel attach(ChannelClass channelClass, T connection);

    /** Ends an attempt. */
    abstract void giveUp(T connection);

    @Override
    public synchronized void want(ChannelClass channelClass) {
        wanted.add(new Wanted<>(channelClass));
    }

    @Override
    public synchronized int wanted(ChannelClass channelClass) {
        int count = 0;
        for (Wanted<T> one : wanted) {
            count += one.channelClass == channelClass && !one.leaves ? 1 : 0;
        }
        return count;
    }

    @Override
    public synchronized boolean leave(ChannelClass channelClass) {
        for (int i = wanted.size() - 1; i >= 0; i--) {
            Wanted<T> one = wanted.get(i);
            if (one.channelClass == channelClass && !one.leaves && one.channel != null) {
                one.leaves = true;
                stack.drain(one.channel.number);
                return true;
            }
        }
        return false;
    }

    @Override
    public int doWork() {
        long now = System.nanoTime();
        if (now - nextLookNs < 0) {
            return 0;
        }
        nextLookNs = now + EVERY_NS;
        return lookAtAll(now);
    }

    private synchronized int lookAtAll(long now) {
        int work = 0;
        for (int i = 0; i < wanted.size(); i++) {
            work += look(wanted.get(i), now);
        }
        wanted.removeIf(one -> one.leaves && one.channel == null);
        return work;
    }

    private int look(Wanted<T> one, long now) {
        if (one.channel != null && one.channel.isGone) {
            // A peer that takes channels and ends them at once would have all numbers used up soon.
            one.notBeforeNs = one.channel.helloArrived ? now : now + RETRY_NS;
            one.channel = null;
        }
        if (one.channel != null || one.leaves || now - one.notBeforeNs < 0 || !mayDial()) {
            return 0;
        }
        try {
            if (one.connection == null) {
                one.connection = dial();
            }
            return isConnected(one.connection) ? open(one, now) : 0;
        } catch (IOException e) {
            // Nobody listens yet, or not any more: it is tried again.
            giveUp(one);
            one.notBeforeNs = now + RETRY_NS;
            return 0;
        }
    }

    private int open(Wanted<T> one, long now) {
        one.channel = attach(one.channelClass, one.connection);
        one.connection = null;
        if (one.channel == null) {
            one.notBeforeNs = now + RETRY_NS;
        }
        return 1;
    }

    private void giveUp(Wanted<T> one) {
        if (one.connection != null) {
            giveUp(one.connection);
            one.connection = null;
        }
    }

    /** Ends all attempts. */
    final synchronized void giveUpAll() {
        wanted.forEach(this::giveUp);
    }
}
