package org.netchannel.conformance.forge;

import java.nio.ByteBuffer;
import org.netchannel.conformance.application.Conversation;
import org.netchannel.conformance.application.Ledger;
import org.netchannel.conformance.link.Choices;
import org.netchannel.conformance.link.Link;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.PayloadPattern;

/** Makes the packets of every {@link Forgery}, for one host to receive. Gives null where one makes no sense now. */
final class Workshop {
    private static final long[] EXTREMES = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -2};
    private static final PacketType[] CONTROL = {
        PacketType.ACK, PacketType.FIN, PacketType.STOP, PacketType.STOP_ACK, PacketType.RESUME, PacketType.NCSYN_ACK,
        PacketType.NCREFUSE, PacketType.RST
    };
    private static final PacketType[] EPOCHS = {PacketType.STOP, PacketType.STOP_ACK, PacketType.RESUME};
    private static final ChannelClass[] DATA_CLASSES = {ChannelClass.LATENCY, ChannelClass.THROUGHPUT};

    private final Link link;
    private final Ledger ledger;
    private final History history;
    private final int host;
    private final Choices choices;

    Workshop(Link link, Ledger ledger, History history, int host, Choices choices) {
        this.link = link;
        this.ledger = ledger;
        this.history = history;
        this.host = host;
        this.choices = choices;
    }

    Forged make(Forgery forgery) {
        return switch (forgery) {
            case REPLAY -> replay();
            case RECUT -> recut();
            case DATA_WITH_OTHER_PORTS -> otherPorts(PacketType.DATA);
            case CONTROL_WITH_OTHER_PORTS -> otherPorts(any(CONTROL));
            case UNKNOWN_TYPE -> on(anyChannel(), header(choices.onceIn(2) ? 0 : choices.between(13, 255), 0));
            case UNKNOWN_CONNECTION -> unknownConnection();
            case UNKNOWN_NCSYN -> on(control(), unknown(PacketType.NCSYN, choices.between(1, 2)));
            case EPOCH_BEFORE_ALL -> living(any(EPOCHS), 0, 0, 0);
            case GARBAGE -> garbage();
            case BAD_LENGTH -> badLength();
            case OVER_LARGEST_PAYLOAD -> overLargestPayload();
            case PAYLOAD_WHERE_NONE_IS -> on(control(), header(any(CONTROL).code(), 1));
            case CONTROL_ON_DATA -> on(dataChannel(), header(any(CONTROL).code(), 0));
            case DATA_ON_CONTROL -> on(control(), header(PacketType.DATA.code(), 1));
            case OLD_INCARNATION -> hello(-1);
            case NEW_INCARNATION -> hello(1);
            case DATA_ON_OTHER_CLASS -> dataOnOtherClass();
            case ACK_OVER_SENT -> ackOverSent();
            case OTHER_FINAL_OFFSET -> otherFinalOffset();
            case DATA_BEYOND_BUFFER -> beyondBuffer();
            case EPOCH_TO_COME -> living(any(EPOCHS), choices.onceIn(2) ? 0xFFFF_FFFFL : choices.between(1, 9), 0, 0);
            case RST -> living(PacketType.RST, choices.between(1, 8), 0, 0);
        };
    }

    private Forged replay() {
        if (history.isEmpty()) {
            return null;
        }
        int pick = choices.below(1 << 16);
        Bytes packet = history.packet(pick);
        LinkChannel channel = channel(history.channelClass(pick));
        return channel == null ? null : new Forged(channel, packet, connectionOf(packet));
    }

    private Conversation connectionOf(Bytes packet) {
        return ledger.find(ByteBuffer.wrap(packet.array(), packet.from(), packet.length()).slice().getLong(16));
    }

    private Forged recut() {
        Conversation victim = victim();
        if (victim == null || victim.handed(1 - host) == 0) {
            return null;
        }
        int handed = (int) Math.min(victim.handed(1 - host), Integer.MAX_VALUE);
        int offset = choices.below(handed);
        int length = choices.between(1, (int) Math.min(handed - offset, link.host(host).get(Setting.MAX_PAYLOAD)));
        PacketHeader own = header(victim, PacketType.DATA, 0, offset, 0);
        PacketHeader cut = new PacketHeader(own.typeCode(), length, own.sourcePort(), own.destinationPort(), 0,
                own.connection(), offset, 0);
        Bytes payload = PayloadPattern.bytes(victim.connection(), victim.direction(1 - host), offset, length);
        LinkChannel channel = channel(victim.trafficClass());
        return channel == null ? null
                : new Forged(channel, PacketCodec.encode(new Packet(cut, payload)), victim);
    }

    private Forged otherPorts(PacketType type) {
        Conversation victim = victim();
        if (victim == null) {
            return null;
        }
        PacketHeader own = header(victim, type, 0, victim.handed(1 - host), 0);
        int source = choices.onceIn(2) ? own.destinationPort() : own.sourcePort() ^ 1;
        PacketHeader other = new PacketHeader(own.typeCode(), type == PacketType.DATA ? 1 : 0, source,
                own.destinationPort() ^ choices.below(2), own.tag(), own.connection(), own.offset(), own.ack());
        boolean same = other.sourcePort() == own.sourcePort() && other.destinationPort() == own.destinationPort();
        return same ? null : on(type == PacketType.DATA ? channel(victim.trafficClass()) : control(), other, victim);
    }

    private Forged unknownConnection() {
        return choices.onceIn(3)
                ? on(dataChannel(), unknown(PacketType.DATA, 0))
                : on(control(), unknown(any(CONTROL), choices.below(3)));
    }

    private Forged garbage() {
        byte[] bytes = new byte[choices.onceIn(2) ? choices.below(PacketHeader.BYTES) : PacketHeader.BYTES];
        if (bytes.length == PacketHeader.BYTES && choices.onceIn(2)) {
            ByteBuffer.wrap(bytes).putShort((short) PacketCodec.MAGIC).put((byte) (PacketCodec.VERSION + 1));
        }
        LinkChannel channel = anyChannel();
        return channel == null ? null : new Forged(channel, Bytes.of(bytes), null);
    }

    private Forged badLength() {
        byte[] bytes = PacketCodec.encode(new Packet(header(PacketType.ACK.code(), 0), Bytes.EMPTY)).toArray();
        int[] lengths = {-1, Integer.MIN_VALUE, PacketHeader.MAX_PAYLOAD + 1, 7};
        ByteBuffer.wrap(bytes).putInt(4, lengths[choices.below(lengths.length)]);
        LinkChannel channel = anyChannel();
        return channel == null ? null : new Forged(channel, Bytes.of(bytes), null);
    }

    private Forged overLargestPayload() {
        int length = (int) link.host(host).get(Setting.MAX_PAYLOAD) + 1;
        return length > PacketHeader.MAX_PAYLOAD ? null : on(dataChannel(), header(PacketType.DATA.code(), length));
    }

    private Forged hello(int step) {
        LinkChannel channel = link.pick(choices.below(64), c -> c.up(host) && !c.helloArrived(host) && !c.failed());
        if (channel == null || history.hello() == null) {
            return null;
        }
        byte[] bytes = history.hello().toArray();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.putLong(PacketHeader.BYTES, buffer.getLong(PacketHeader.BYTES) + step);
        buffer.putInt(PacketHeader.BYTES + 8, channel.number());
        buffer.putInt(PacketHeader.BYTES + 12, channel.channelClass().code());
        return new Forged(channel, Bytes.of(bytes), null);
    }

    private Forged dataOnOtherClass() {
        Conversation victim = victim();
        if (victim == null) {
            return null;
        }
        ChannelClass other = victim.trafficClass() == ChannelClass.LATENCY
                ? ChannelClass.THROUGHPUT : ChannelClass.LATENCY;
        return on(channel(other), header(victim, PacketType.DATA, 0, victim.side(host).read(), 0), victim);
    }

    private Forged ackOverSent() {
        Conversation victim = victim();
        if (victim == null) {
            return null;
        }
        long ack = choices.onceIn(2) ? extreme() : victim.handed(host) + choices.between(2, 3);
        return on(control(), header(victim, PacketType.ACK, 0, 0, ack), victim);
    }

    private Forged otherFinalOffset() {
        Conversation victim = victim();
        long offset = victim == null ? 0 : choices.onceIn(3) ? extreme() : victim.side(host).read() + choices.below(3);
        return victim == null ? null : on(control(), header(victim, PacketType.FIN, 0, offset, 0), victim);
    }

    private Forged beyondBuffer() {
        Conversation victim = victim();
        if (victim == null) {
            return null;
        }
        long far = victim.side(host).read() + 2 * link.host(1 - host).get(Setting.SEND_BUFFER)
                + 2 * link.host(host).get(Setting.RECEIVE_BUFFER);
        long offset = choices.onceIn(2) ? extreme() : far;
        return on(channel(victim.trafficClass()), header(victim, PacketType.DATA, 0, offset, 0), victim);
    }

    private Forged living(PacketType type, long tag, long offset, long ack) {
        Conversation victim = victim();
        return victim == null ? null : on(control(), header(victim, type, tag, offset, ack), victim);
    }

    /** A connection whose ports are known. */
    private Conversation victim() {
        int count = ledger.conversations().size();
        if (count == 0) {
            return null;
        }
        Conversation victim = ledger.conversations().get(choices.below(count));
        return victim.connectingPort() < 0 ? null : victim;
    }

    private PacketHeader header(Conversation victim, PacketType type, long tag, long offset, long ack) {
        boolean fromConnecting = victim.connecting() != host;
        int source = fromConnecting ? victim.connectingPort() : victim.port();
        int destination = fromConnecting ? victim.port() : victim.connectingPort();
        int length = type == PacketType.DATA ? 1 : 0;
        return new PacketHeader(type.code(), length, source, destination, tag, victim.connection(), offset, ack);
    }

    private PacketHeader header(int typeCode, int length) {
        return new PacketHeader(typeCode, length, 1, 2, 0, choices.between(1, 9), 0, 0);
    }

    private PacketHeader unknown(PacketType type, long tag) {
        int length = type == PacketType.DATA ? 1 : 0;
        long id = choices.between(1, 3);
        return new PacketHeader(type.code(), length, choices.between(1, 5), choices.between(1, 5), tag, id, 0, 0);
    }

    private Forged on(LinkChannel channel, PacketHeader header) {
        return on(channel, header, ledger.find(header.connection()));
    }

    /** The payload is made so that no byte of it is the right one, should it ever be read. */
    private Forged on(LinkChannel channel, PacketHeader header, Conversation conversation) {
        if (channel == null) {
            return null;
        }
        byte[] payload = new byte[header.length()];
        for (int i = 0; conversation != null && i < payload.length; i++) {
            payload[i] = (byte) ~PayloadPattern.at(
                    conversation.connection(), conversation.direction(1 - host), header.offset() + i);
        }
        return new Forged(channel, PacketCodec.encode(new Packet(header, Bytes.of(payload))), conversation);
    }

    private LinkChannel anyChannel() {
        return link.pick(choices.below(64), c -> c.up(host));
    }

    private LinkChannel control() {
        return channel(ChannelClass.CONTROL);
    }

    private LinkChannel dataChannel() {
        return channel(any(DATA_CLASSES));
    }

    private LinkChannel channel(ChannelClass channelClass) {
        return link.pick(choices.below(64), c -> c.up(host) && c.channelClass() == channelClass);
    }

    private long extreme() {
        return EXTREMES[choices.below(EXTREMES.length)];
    }

    private <T> T any(T[] values) {
        return values[choices.below(values.length)];
    }
}
