package org.netchannel.conformance.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Hello;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.RecordingEndpoint;
import org.netchannel.traces.TraceLine;

/**
 * The host under test and what surrounds it: its application, its network, and the peer, whose packets the drill makes
 * up. Every call is recorded; answers are looked at only where the drill needs them to go on.
 */
final class Stage {
    /** Times in nanoseconds that are easy to tell apart. */
    static final long ACK_DELAY = 400;
    static final long HEAD_OF_LINE = 2_000;
    static final long CONNECT_TIMEOUT = 100_000;

    /** Sizes in bytes: a packet of 50 fits twice into the receive buffer, and one that waits spends a budget. */
    static final int RECEIVE_BUFFER = 100;
    static final int BUDGET = 50;
    static final int SEND_BUFFER = 600;

    /** What the peer announces. */
    static final long PEER_BUFFER = 1_000;
    static final int LARGEST = 100;
    static final long LIFE = 1_000;

    static final Config SMALL = Config.DEFAULTS
            .with(Setting.RECEIVE_BUFFER, RECEIVE_BUFFER).with(Setting.SEND_BUFFER, SEND_BUFFER)
            .with(Setting.CHANNEL_BUDGET, BUDGET).with(Setting.ACK_DELAY_NANOS, ACK_DELAY)
            .with(Setting.HOL_TIMER_NANOS, HEAD_OF_LINE).with(Setting.CONNECT_TIMEOUT_NANOS, CONNECT_TIMEOUT);

    /** The port that is listened on. */
    static final int PORT = 80;

    /** The LATENCY channels that are up from the start. */
    static final int FIRST = 3;
    static final int SECOND = 5;
    static final int THIRD = 7;

    private static final String HOST = "A";
    private static final long SEED = 1;
    private static final int BATCH = 16;
    private static final int MOST_BATCHES = 1_000;
    private static final int FIRST_PEER_PORT = 7_000;
    private static final long FIRST_PEER_ID = 0x7000_0000_0000_0001L;
    private static final int READ = 1 << 20;
    private static final int MOST_READS = 10_000;

    private final RecordingEndpoint endpoint;
    private final Role role;
    private final Map<Integer, ChannelClass> up = new LinkedHashMap<>();
    private final Map<Long, SentBytes> sent = new LinkedHashMap<>();
    private final List<DrilledConnection> connections = new ArrayList<>();
    private final TreeSet<Integer> listening = new TreeSet<>();
    private Config config = SMALL;
    private String implementation = "";
    private int channels;
    private int asked;

    Stage(Endpoint endpoint, Role role, Consumer<TraceLine> sink) {
        this.endpoint = new RecordingEndpoint(endpoint, HOST, PayloadPattern::matches, sink);
        this.role = role;
    }

    Role role() {
        return role;
    }

    Config config() {
        return config;
    }

    String implementation() {
        return implementation;
    }

    /** Opens the host, with a control channel and three LATENCY channels on which every HELLO went both ways. */
    void start(Config settings) {
        open(settings);
        greeted(ChannelClass.CONTROL);
        greeted(ChannelClass.LATENCY);
        greeted(ChannelClass.LATENCY);
        greeted(ChannelClass.LATENCY);
    }

    /** Opens the host, without a channel. */
    void open(Config settings) {
        config = settings;
        if (endpoint.open(settings, SEED, OptionalLong.empty()) instanceof Ok<Endpoint.Identity>(var identity)) {
            implementation = identity.name() + " " + identity.version();
        }
    }

    // Channels.

    /** A channel comes up; nobody has said HELLO. */
    int up(ChannelClass channelClass) {
        int number = 2 * channels++ + 1;
        endpoint.channelUp(number, channelClass, role == Role.CONNECTING);
        up.put(number, channelClass);
        return number;
    }

    /** A channel comes up, and both have said HELLO. */
    int greeted(ChannelClass channelClass) {
        int number = up(channelClass);
        pull(number);
        hello(number);
        return number;
    }

    /** The peer says HELLO. */
    void hello(int channel) {
        hello(channel, LIFE, up.getOrDefault(channel, ChannelClass.CONTROL), LARGEST);
    }

    /** The peer says HELLO in its own words. */
    boolean hello(int channel, long life, ChannelClass channelClass, long largest) {
        return hello(channel, new Hello(life, channel, channelClass.code(), largest));
    }

    /** The peer says HELLO, perhaps that of another channel. */
    boolean hello(int channel, Hello hello) {
        return deliver(channel, PacketType.HELLO, HelloCodec.encode(hello));
    }

    void down(int channel) {
        endpoint.channelDown(channel);
        gone(channel);
    }

    private void gone(int channel) {
        up.remove(channel);
        sent.values().forEach(bytes -> bytes.lose(channel));
    }

    void drain(int channel) {
        endpoint.channelDrain(channel);
    }

    /** The peer's last packet on a channel. */
    boolean channelClose(int channel) {
        return deliver(channel, PacketType.CHANNEL_CLOSE, Bytes.EMPTY);
    }

    /** The newest control channel. */
    int control() {
        return up.entrySet().stream()
                .filter(channel -> channel.getValue() == ChannelClass.CONTROL)
                .mapToInt(Map.Entry::getKey).max().orElseThrow(() -> new CannotGoOn("there is no control channel"));
    }

    // Packets.

    private boolean deliver(int channel, PacketType type, Bytes payload) {
        return deliver(channel, new PacketHeader(type.code(), payload.length(), 0, 0, 0, 0, 0, 0), payload);
    }

    /** The peer puts a packet on a channel; says whether the host has read it. */
    boolean deliver(int channel, PacketHeader header, Bytes payload) {
        return deliver(channel, PacketCodec.encode(new Packet(header, payload)));
    }

    /** Bytes arrive on a channel, a packet or not. */
    boolean deliver(int channel, Bytes packet) {
        Outcome<Delivery> outcome = endpoint.deliverForged(channel, packet);
        if (outcome instanceof Ok<Delivery>(Delivery(boolean accepted, boolean failed))) {
            if (failed) {
                gone(channel);
            }
            return accepted;
        }
        return false;
    }

    /** Takes everything that a channel has to transmit. */
    List<PacketHeader> pull(int channel) {
        List<PacketHeader> packets = new ArrayList<>();
        int last = BATCH;
        for (int i = 0; i < MOST_BATCHES && last == BATCH; i++) {
            List<PacketHeader> more = pull(channel, BATCH);
            packets.addAll(more);
            last = more.size();
        }
        return packets;
    }

    /** Takes at most so many packets. */
    List<PacketHeader> pull(int channel, int max) {
        if (!(endpoint.pull(channel, max) instanceof Ok<List<Bytes>>(List<Bytes> packets))) {
            return List.of();
        }
        return packets.stream().map(packet -> pulled(channel, packet)).flatMap(Optional::stream).toList();
    }

    private Optional<PacketHeader> pulled(int channel, Bytes bytes) {
        if (!(PacketCodec.decodeHeader(bytes) instanceof Good<PacketHeader>(PacketHeader header))) {
            return Optional.empty();
        }
        if (header.typeCode() == PacketType.DATA.code()) {
            sent(header.connection()).put(channel, header.offset(), header.offset() + header.length());
        }
        return Optional.of(header);
    }

    /** Takes everything that there is to transmit; control packets that wait for DATA to go come at the end. */
    List<PacketHeader> pullAll() {
        List<PacketHeader> packets = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>(up.keySet());
        numbers.forEach(channel -> packets.addAll(pull(channel)));
        numbers.stream().filter(channel -> up.get(channel) == ChannelClass.CONTROL)
                .forEach(channel -> packets.addAll(pull(channel)));
        return packets;
    }

    SentBytes sent(long connection) {
        return sent.computeIfAbsent(connection, _ -> new SentBytes());
    }

    void advance(long nanos) {
        endpoint.advance(nanos);
    }

    /** Lets the host say all that it has received. After an ACK that left something out there has to be another. */
    void awaitAck() {
        for (int i = 0; i < 2; i++) {
            advance(ACK_DELAY);
            pullAll();
        }
    }

    /** Lets the head-of-line timer expire. */
    void awaitStop() {
        advance(HEAD_OF_LINE);
        pullAll();
    }

    // The application.

    Endpoint application() {
        return endpoint;
    }

    void listen(int port, int backlog) {
        endpoint.listen(port, backlog);
        listening.add(port);
    }

    void unlisten(int port) {
        endpoint.unlisten(port);
        listening.remove(port);
    }

    // Connections.

    /** A connection that is open on the host under test. */
    DrilledConnection connection() {
        return connection(ChannelClass.LATENCY);
    }

    /** A connection of a class that is open on the host under test. */
    DrilledConnection connection(ChannelClass trafficClass) {
        if (role == Role.CONNECTING) {
            DrilledConnection asking = connect(trafficClass);
            asking.ncsynAck();
            return asking;
        }
        if (!listening.contains(PORT)) {
            listen(PORT, BATCH);
        }
        DrilledConnection child = ask(PORT, trafficClass);
        pull(control());
        return child.accept();
    }

    /** The host under test asks for a connection; the peer has not answered. */
    DrilledConnection connect(ChannelClass trafficClass) {
        if (!(endpoint.connect(PORT, trafficClass) instanceof Ok<Connected>(Connected(int socket, long id)))) {
            throw new CannotGoOn("connect gave no socket");
        }
        int port = pullAll().stream()
                .filter(header -> header.connection() == id && header.typeCode() == PacketType.NCSYN.code())
                .mapToInt(PacketHeader::sourcePort).findFirst()
                .orElseThrow(() -> new CannotGoOn("there was no NCSYN"));
        return known(new DrilledConnection(this, Role.CONNECTING, socket, id, port, PORT, trafficClass));
    }

    /** The peer asks for a connection; nothing was pulled or accepted yet. */
    DrilledConnection ask(int port, ChannelClass trafficClass) {
        DrilledConnection child = stranger(port, trafficClass);
        child.ncsyn();
        return child;
    }

    /** A connection of the peer that the host under test has never heard of. */
    DrilledConnection stranger(int port, ChannelClass trafficClass) {
        int number = asked++;
        return new DrilledConnection(
                this, Role.ACCEPTING, 0, FIRST_PEER_ID + number, port, FIRST_PEER_PORT + number, trafficClass);
    }

    DrilledConnection known(DrilledConnection connection) {
        connections.add(connection);
        return connection;
    }

    /** At the end everything is read, said and told, so that nothing wrong stays hidden. */
    void finish() {
        pullAll();
        listening.forEach(endpoint::accept);
        connections.forEach(DrilledConnection::status);
        connections.forEach(DrilledConnection::readAll);
        awaitAck();
        awaitStop();
        connections.forEach(DrilledConnection::status);
        connections.forEach(connection -> connection.receive(READ));
    }

    static int mostReads() {
        return MOST_READS;
    }
}
