package org.netchannel.optimized;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SegmentAllocator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.agrona.concurrent.Agent;
import org.netchannel.optimized.counters.CountersFile;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Reason;

/**
 * A running host with one peer: virtual sockets on one side, channels on the other. With threads of its own, which
 * {@link Threading} is about, it moves packets by itself and any thread may call. In {@link Mode#INVOKER} mode one
 * thread does everything: it calls {@link #doWork}, and whatever waits does that work itself.
 */
public final class NetStack implements AutoCloseable {
    /** The most pieces of each direction. */
    static final int PIECES = 1 << 20;
    private static final int ANY_AGENT = -1;
    private static final SegmentAllocator PLAIN_MEMORY = (bytes, alignment) -> Arena.ofAuto().allocate(bytes);
    /** A host on a machine has no use for as many sockets as the protocol allows, and a hostile peer has. */
    private static final int SOCKETS = 1 << 16;

    /** Whose threads do the work. */
    public enum Mode {
        /** A thread of the stack's own for each channel agent; applications call from any thread. */
        DEDICATED,
        /** One thread of the stack's own for all channel agents; applications call from any thread. */
        SHARED,
        /** The one thread that calls. */
        INVOKER
    }

    private final Config config;
    private final SegmentAllocator memory;
    private final HostCore host;
    private final Turn turn;
    /** Null for a stack that leaves no trace. */
    private final Tap tap;
    private final ChannelAgents agents;
    private final List<CopyWorker> copyWorkers;
    /** Of who has the turn. */
    private DriverDecorator decorator = DriverDecorator.NONE;
    private final StackThreads threads;

    /**
     * Starts a host with one channel agent, so with at most one thread.
     *
     * @param config its settings
     * @param mode whose thread does the work
     * @param policy chooses the channel of each packet
     * @param memoryBytes the most memory that payload may take, 1 MiB and more
     * @throws IllegalArgumentException when a setting is not legal; the message names it, its value and what is legal
     */
    public NetStack(Config config, Mode mode, SchedulingPolicy policy, long memoryBytes) {
        this(config, Threading.of(mode), policy, memoryBytes, null);
    }

    /**
     * Starts a host.
     *
     * @param config its settings
     * @param threading whose threads do the work, and how it is divided
     * @param policy chooses the channel of each packet
     * @param memoryBytes the most memory that payload may take, 1 MiB and more
     * @throws IllegalArgumentException when a setting is not legal; the message names it, its value and what is legal
     */
    public NetStack(Config config, Threading threading, SchedulingPolicy policy, long memoryBytes) {
        this(config, threading, policy, memoryBytes, null);
    }

    /**
     * Starts a host that leaves a trace.
     *
     * @param config its settings
     * @param threading whose threads do the work, and how it is divided
     * @param policy chooses the channel of each packet
     * @param memoryBytes the most memory that payload may take, 1 MiB and more
     * @param observer gets an endpoint that answers with what has happened already, and gives the one to be told, such
     *     as an {@link org.netchannel.traces.RecordingEndpoint} around it; told by one thread at a time, whichever
     * @throws IllegalArgumentException when a setting is not legal; the message names it, its value and what is legal
     */
    public NetStack(Config config, Threading threading, SchedulingPolicy policy, long memoryBytes,
            Function<Endpoint, Endpoint> observer) {
        this(config, threading, policy, memoryBytes, PLAIN_MEMORY, observer);
    }

    /**
     * Starts a host whose payload lies in memory of the caller's choice.
     *
     * @param config its settings
     * @param threading whose threads do the work, and how it is divided
     * @param policy chooses the channel of each packet
     * @param memoryBytes the most memory that payload may take, 1 MiB and more
     * @param memory where that comes from, in pieces of at most 256 KiB that are aligned to at most 64 KiB; any thread
     *     asks it. For hardware that DPDK drives it is {@link org.netchannel.optimized.dpdk.EalMemory}
     * @param observer as above; null for no trace
     * @throws IllegalArgumentException when a setting is not legal; the message names it, its value and what is legal
     */
    public NetStack(Config config, Threading threading, SchedulingPolicy policy, long memoryBytes,
            SegmentAllocator memory, Function<Endpoint, Endpoint> observer) {
        if (!config.problem().isEmpty()) {
            throw new IllegalArgumentException(config.problem());
        }
        if (memoryBytes < 1 << 20) {
            throw new IllegalArgumentException("memoryBytes is " + memoryBytes + ", legal is 1048576 and more");
        }
        this.config = config.given().containsKey(Setting.SOCKET_LIMIT.key())
                ? config : config.with(Setting.SOCKET_LIMIT, SOCKETS);
        SecureRandom random = new SecureRandom();
        long incarnation = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        host = new HostCore(Settings.of(this.config), incarnation,
                new Identifiers(random.nextLong(), random.nextLong()), new SegmentPool(memoryBytes / 2, memory),
                new SegmentPool(memoryBytes - memoryBytes / 2, memory), PIECES, policy);
        this.memory = memory;
        turn = new Turn(host, threading.hasThreads());
        tap = observer == null ? null : new Tap(host, this.config, observer);
        agents = new ChannelAgents(host, turn, tap, threading);
        copyWorkers = Stream.generate(CopyWorker::new).limit(threading.copyWorkers()).toList();
        threads = new StackThreads(host, turn, threading, agents.all(), copyWorkers);
        threads.add(new MemoryRelief(host, turn, tap));
        threads.start();
    }

    /**
     * From now on these limits hold. Any thread; best before channels come up.
     *
     * @param limits how much the peer may have
     */
    public void limit(Limits limits) {
        host.limits = limits;
    }

    /**
     * The settings it was started with.
     *
     * @return those that were not given have their defaults; {@code socketLimit} is 65,536 then
     */
    public Config config() {
        return config;
    }

    int channelAgents() {
        return agents.size();
    }

    /** Where payload lies. */
    SegmentAllocator memory() {
        return memory;
    }

    HostCore host() {
        return host;
    }

    Turn turn() {
        return turn;
    }

    Tap tap() {
        return tap;
    }

    List<CopyWorker> copyWorkers() {
        return copyWorkers;
    }

    StackThreads threads() {
        return threads;
    }

    /**
     * Begins to drain a data channel: it carries nothing new and closes when all it carried has arrived (NC-CH-5).
     *
     * @param number the channel's number; no effect when it does not live
     * @throws IllegalArgumentException for a control channel
     */
    public void drain(int number) {
        turn.enter();
        try {
            Channel channel = host.link.channel(number);
            if (channel == null) {
                return;
            }
            if (channel.isControl()) {
                throw new IllegalArgumentException("channel " + number + " is a control channel, never drained");
            }
            host.channels.drain(channel);
            if (tap != null) {
                tap.channelDrain(number);
            }
        } finally {
            turn.leave();
        }
    }

    /**
     * Cuts a channel off, whatever is still in it (NC-FAIL-1).
     *
     * @param number the channel's number; no effect when it does not live
     */
    public void cut(int number) {
        turn.enter();
        try {
            cut(host.link.channel(number));
        } finally {
            turn.leave();
        }
    }

    private void cut(Channel channel) {
        if (channel != null) {
            host.failure.fail(channel);
            if (tap != null) {
                tap.channelDown(channel.number);
            }
        }
    }

    /**
     * The channels there are of a class.
     *
     * @param channelClass the class
     * @return numbers of those on which the peer has said HELLO and that are not draining, ascending
     */
    public int[] activeChannels(ChannelClass channelClass) {
        turn.enter();
        try {
            return Arrays.stream(host.link.channels(channelClass))
                    .filter(Channel::isActive).mapToInt(it -> it.number).toArray();
        } finally {
            turn.leave();
        }
    }

    /**
     * From now on every channel that comes up has something around its driver, on the outside of what was there before.
     * Any thread; before channels come up.
     *
     * @param with what
     */
    public void decorate(DriverDecorator with) {
        turn.enter();
        try {
            DriverDecorator before = decorator;
            decorator = (number, channelClass, dialer, driver) -> with.decorate(
                    number, channelClass, dialer, before.decorate(number, channelClass, dialer, driver));
        } finally {
            turn.leave();
        }
    }

    /** From now on this is done with every duty cycle of the first thread, too. */
    void add(Agent conductor) {
        threads.add(conductor);
    }

    /** The same of the thread that runs a channel agent. */
    void add(int agent, Agent conductor) {
        threads.add(agent, conductor);
    }

    /** Whether {@link #attach} would take a channel now; one that would not is counted. */
    boolean mayComeUp(int number, ChannelClass channelClass, boolean dialer) {
        turn.enter();
        try {
            return host.link.problem(number, dialer).isEmpty() && host.channels.hasPlaceFor(channelClass);
        } finally {
            turn.leave();
        }
    }

    /**
     * A channel has come up on a transport.
     *
     * @return the channel, or null when it may not come up (NC-CH-2): a number used before, the wrong parity, or there
     *     are as many as there may be
     */
    Channel attach(int number, ChannelClass channelClass, boolean dialer, ChannelDriver driver) {
        return attach(number, channelClass, dialer, driver, ANY_AGENT);
    }

    /** The same on a transport that only the thread of one channel agent may use. */
    Channel attach(int number, ChannelClass channelClass, boolean dialer, ChannelDriver driver, int wanted) {
        turn.enter();
        try {
            if (threads.hasEnded() || !mayComeUp(number, channelClass, dialer)) {
                return null;
            }
            cut(host.channels.inTheWayOf(channelClass));
            int agent = wanted == ANY_AGENT ? agents.choose(channelClass) : wanted;
            ChannelDriver decorated = decorator.decorate(number, channelClass, dialer, driver);
            Channel channel = host.channels.up(number, channelClass, dialer);
            if (tap != null) {
                tap.channelUp(number, channelClass, dialer);
            }
            agents.add(agent, channel, decorated);
            return channel;
        } finally {
            turn.leave();
        }
    }

    /**
     * A channel has come up on a transport of the caller's (NC-CH-2). Any thread.
     *
     * @param number its number, the same at both ends: odd where the host that dials has odd ones, never used before
     * @param channelClass what it carries, the same at both ends
     * @param dialer whether this host has dialed
     * @param driver this end of it; the stack closes it when the channel is gone
     * @return whether it is taken; not when the number was used before, or there are as many channels as there may be
     *     ({@link Limit}): the driver is still the caller's then
     */
    public boolean addChannel(int number, ChannelClass channelClass, boolean dialer, ChannelDriver driver) {
        return attach(number, channelClass, dialer, driver) != null;
    }

    /**
     * The memory that payload lies in, for drivers of channels.
     *
     * @return any thread may claim; what is claimed pushes back on everybody
     */
    public SegmentPool segments() {
        return host.segments;
    }

    /**
     * Does what there is to do, in {@link Mode#INVOKER} mode.
     *
     * @return how much was done, 0 for nothing
     * @throws IllegalStateException when the stack has threads of its own
     */
    public int doWork() {
        if (turn.hasThreads()) {
            throw new IllegalStateException("the stack has threads of its own, doWork is for INVOKER mode");
        }
        return threads.work();
    }

    /**
     * From now on everything that is counted stands in a file, too, which {@code netchannel stat} shows; and so do
     * errors of transports. Any thread; once for each stack.
     *
     * @param file made for this stack, which closes it
     */
    public void countInto(CountersFile file) {
        host.statistics.onErrors(file.errors()::record);
        add(new CountersAgent(host, turn, file));
    }

    /**
     * Opens a connection and waits until the peer has accepted it (NC-HS-1).
     *
     * @param port the peer's virtual port, 1 to 65,535
     * @param trafficClass LATENCY or THROUGHPUT
     * @return the socket, ESTABLISHED
     * @throws IOException REFUSED, TIMEOUT or RESET, see {@link VirtualSocketException}; or the thread was interrupted
     * @throws IllegalArgumentException when port or class is not legal
     */
    public VirtualSocket connect(int port, ChannelClass trafficClass) throws IOException {
        VirtualSocket socket = startConnecting(port, trafficClass);
        boolean opened = false;
        try {
            socket.finishConnecting();
            opened = true;
        } finally {
            if (!opened) {
                socket.abort();
            }
        }
        return socket;
    }

    /**
     * Opens a connection without waiting; {@link VirtualSocket#state} tells how far it is.
     *
     * @param port the peer's virtual port, 1 to 65,535
     * @param trafficClass LATENCY or THROUGHPUT
     * @return the socket in SYN_SENT
     * @throws VirtualSocketException REFUSED with LIMIT
     * @throws IllegalArgumentException when port or class is not legal
     */
    public VirtualSocket startConnecting(int port, ChannelClass trafficClass) throws VirtualSocketException {
        requirePort(port);
        if (trafficClass == ChannelClass.CONTROL) {
            throw new IllegalArgumentException("class is CONTROL, legal is LATENCY or THROUGHPUT");
        }
        turn.enter();
        try {
            Connection connection = host.handshake.connect(port, trafficClass);
            if (connection == null) {
                throw new VirtualSocketException(ErrorCode.REFUSED, Reason.LIMIT);
            }
            int socket = host.sockets.open(connection);
            if (tap != null) {
                tap.connect(port, socket, connection);
            }
            return new VirtualSocket(this, connection, socket);
        } finally {
            turn.leave();
        }
    }

    /**
     * Listens on a virtual port.
     *
     * @param port 1 to 65,535
     * @param backlog how many connections may wait to be accepted, at least 1; {@link Limit#BACKLOG} is the most
     * @return the listener
     * @throws VirtualSocketException PORT_IN_USE
     * @throws IllegalArgumentException when port or backlog is not legal
     */
    public VirtualServerSocket listen(int port, int backlog) throws VirtualSocketException {
        requirePort(port);
        if (backlog < 1) {
            throw new IllegalArgumentException("backlog is " + backlog + ", legal is 1 to " + Integer.MAX_VALUE);
        }
        turn.enter();
        try {
            if (host.listeners.containsKey(port)) {
                throw new VirtualSocketException(ErrorCode.PORT_IN_USE, null);
            }
            int granted = (int) Math.min(backlog, host.limits.get(Limit.BACKLOG));
            Listener listener = new Listener(port, granted);
            host.listeners.put(port, listener);
            if (tap != null) {
                tap.listen(port, granted);
            }
            return new VirtualServerSocket(this, listener);
        } finally {
            turn.leave();
        }
    }

    private static void requirePort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", legal is 1 to 65535");
        }
    }

    /** Ends the stack's threads and its channels. The peer sees the channels fail; whoever waits here gets an error. */
    @Override
    public void close() {
        threads.close();
    }
}
