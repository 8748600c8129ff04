package org.netchannel.conformance.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;

/**
 * Moves packets between an endpoint and TCP connections: one thread, one turn after the other, nothing blocks but the
 * wait for sockets. Each turn lets the time pass that has passed, delivers what has come, lets the application do what
 * it can, and transmits what is ready. A channel whose packet the endpoint does not accept is not read until it does
 * (NC-CH-4), so that TCP slows the peer down.
 */
public final class Pump implements Closeable {
    private static final int BATCH = 16;
    /** While there is work, time passes in steps of at least this: timers are no finer, and a trace stays short. */
    private static final long BUSY_STEP_NANOS = 200_000;
    private static final long MAX_WAIT_MILLIS = 8;

    private final Endpoint endpoint;
    private final ChannelSource source;
    private final Selector selector;
    private final LongSupplier clockNs;
    private final List<TcpChannel> channels = new ArrayList<>();
    private long lastNs;
    private long waitMillis = 1;
    private boolean applicationMoved;
    private long touches;
    private long failures;
    private Optional<Sabotage> sabotage = Optional.empty();

    private Pump(Endpoint endpoint, ChannelSource source, LongSupplier clockNs) throws IOException {
        this.endpoint = endpoint;
        this.source = source;
        this.clockNs = clockNs;
        this.selector = Selector.open();
        this.lastNs = clockNs.getAsLong();
        source.begin(selector, this::opened, lastNs);
    }

    /**
     * A pump for the host that dials.
     *
     * @param endpoint the host, open; only this pump's thread calls it
     * @param peer where the other host listens
     * @param plan how many channels to keep open
     * @param clockNs a clock that never goes back, in nanoseconds
     * @return the pump; the caller closes it
     * @throws IOException when this process can't have sockets
     */
    public static Pump dialing(Endpoint endpoint, SocketAddress peer, LinkPlan plan, LongSupplier clockNs)
            throws IOException {
        return new Pump(endpoint, new Dialer(peer, plan), clockNs);
    }

    /**
     * A pump for the host that accepts.
     *
     * @param endpoint the host, open; only this pump's thread calls it
     * @param server where to accept, bound; closed with the pump
     * @param clockNs a clock that never goes back, in nanoseconds
     * @return the pump; the caller closes it
     * @throws IOException when this process can't have sockets
     */
    public static Pump accepting(Endpoint endpoint, ServerSocketChannel server, LongSupplier clockNs)
            throws IOException {
        return new Pump(endpoint, new Greeter(server), clockNs);
    }

    /**
     * Breaks one data channel on purpose, once: with packets on their way out, in the middle of one.
     *
     * @param afterBytes how many bytes of DATA packets go out on data channels before
     */
    public void killDataChannelAfter(long afterBytes) {
        sabotage = Optional.of(new Sabotage(afterBytes));
    }

    /**
     * Which channel was broken on purpose.
     *
     * @return its number, or empty when none was yet
     */
    public OptionalInt killed() {
        return sabotage.isPresent() ? sabotage.get().victim() : OptionalInt.empty();
    }

    /**
     * How many channels have failed, those broken on purpose among them.
     *
     * @return the number
     */
    public long failures() {
        return failures;
    }

    /**
     * One turn. Waits for a few milliseconds when there is nothing to do, for longer the longer there was nothing.
     *
     * @param application what runs on the endpoint
     * @throws IOException when this process can't go on; what the peer does is never a reason
     */
    public void turn(Application application) throws IOException {
        select();
        letTimePass();
        source.turn(lastNs);
        boolean moved = deliver();
        if (moved || applicationMoved || waitMillis > 0) {
            applicationMoved = application.step(endpoint);
            touches += applicationMoved ? 1 : 0;
            moved |= applicationMoved;
        }
        moved |= transmit();
        buryTheDead();
        channels.forEach(TcpChannel::awaitMore);
        waitMillis = moved ? 0 : Math.clamp(2 * waitMillis, 1, MAX_WAIT_MILLIS);
    }

    private void select() throws IOException {
        if (waitMillis == 0) {
            selector.selectNow();
        } else {
            selector.select(waitMillis);
        }
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid()) {
                ((Handler) key.attachment()).ready();
            }
        }
        selector.selectedKeys().clear();
    }

    /** Wakes the pump's thread where it waits for sockets; any thread may call. */
    public void wakeUp() {
        selector.wakeup();
    }

    private void letTimePass() {
        long nowNs = clockNs.getAsLong();
        long enough = waitMillis == 0 ? BUSY_STEP_NANOS : 1;
        if (nowNs - lastNs >= enough) {
            value(endpoint.advance(nowNs - lastNs), "advance");
            lastNs = nowNs;
            touches++;
        }
    }

    private boolean opened(TcpChannel channel, boolean dialer) throws IOException {
        touches++;
        if (endpoint.channelUp(channel.number(), channel.channelClass(), dialer) instanceof Outcome.Failed<?>) {
            channel.close();
            return false;
        }
        channels.add(channel);
        return true;
    }

    private boolean deliver() throws IOException {
        boolean moved = false;
        for (TcpChannel channel : List.copyOf(channels)) {
            Bytes packet = channel.framer().head();
            while (packet != null) {
                Endpoint.Delivery delivery = value(endpoint.deliver(channel.number(), packet), "deliver");
                touches++;
                if (delivery.failed()) {
                    lose(channel, false);
                    moved = true;
                    break;
                }
                if (!delivery.accepted()) {
                    break;
                }
                moved = true;
                channel.framer().pop();
                packet = channel.framer().head();
            }
        }
        return moved;
    }

    private boolean transmit() throws IOException {
        boolean moved = false;
        for (TcpChannel channel : channels) {
            while (!channel.hasUnsent() && channel.mayHaveMore(touches) && !channel.isOver()) {
                long before = touches;
                List<Bytes> packets = value(endpoint.pull(channel.number(), BATCH), "pull");
                if (packets.size() < BATCH) {
                    channel.emptyAt(before);
                }
                if (!packets.isEmpty()) {
                    moved = true;
                    channel.queue(packets);
                    if (!breaks(channel, packets)) {
                        channel.flush();
                    }
                }
            }
        }
        return moved;
    }

    private boolean breaks(TcpChannel channel, List<Bytes> packets) throws IOException {
        if (channel.channelClass() == ChannelClass.CONTROL
                || sabotage.isEmpty()
                || !sabotage.get().strikes(channel.number(), packets)) {
            return false;
        }
        channel.cut();
        return true;
    }

    private void buryTheDead() throws IOException {
        for (TcpChannel channel : List.copyOf(channels)) {
            if (channel.isOver()) {
                lose(channel, true);
            }
        }
    }

    private void lose(TcpChannel channel, boolean tell) throws IOException {
        channel.close();
        channels.remove(channel);
        failures++;
        if (tell) {
            value(endpoint.channelDown(channel.number()), "channelDown");
        }
        touches++;
        source.over(channel);
    }

    /** The endpoint has no reason to refuse what a pump does; when it does, one of the two is wrong. */
    private static <T> T value(Outcome<T> outcome, String call) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Failed<T> failed -> throw new IllegalStateException(call + " was answered with " + failed);
        };
    }

    /** Closes every socket; what was written before still reaches the peer. */
    @Override
    public void close() throws IOException {
        source.close();
        for (SelectionKey key : List.copyOf(selector.keys())) {
            key.channel().close();
        }
        selector.close();
    }
}
