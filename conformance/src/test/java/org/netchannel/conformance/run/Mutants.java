package org.netchannel.conformance.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Endpoints that are wrong in one way each. */
final class Mutants {
    private Mutants() {}

    private static Packet packet(Bytes bytes) {
        return switch (PacketCodec.decode(bytes)) {
            case Decoded.Good<Packet>(Packet packet) -> packet;
            case Decoded.Malformed<Packet> malformed -> throw new IllegalStateException(malformed.reason());
        };
    }

    private static boolean is(Bytes bytes, PacketType type) {
        return packet(bytes).header().typeCode() == type.code();
    }

    /** Does something to the list of packets that a pull gives. */
    static Endpoint pulling(UnaryOperator<List<Bytes>> change) {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<List<Bytes>> pull(int channel, int max) {
                return super.pull(channel, max).map(packets -> change.apply(new ArrayList<>(packets)));
            }
        };
    }

    /** Never sends packets of one type. */
    static Endpoint withholding(PacketType type) {
        return pulling(packets -> packets.stream().filter(bytes -> !is(bytes, type)).toList());
    }

    /** Loses every fifth DATA. */
    static Endpoint losingData() {
        int[] count = new int[1];
        return pulling(packets ->
                packets.stream().filter(bytes -> !is(bytes, PacketType.DATA) || ++count[0] % 5 != 0).toList());
    }

    /** Sends the first two packets of a pull the other way round. */
    static Endpoint swappingPackets() {
        return pulling(packets -> {
            if (packets.size() > 1) {
                packets.add(0, packets.remove(1));
            }
            return packets;
        });
    }

    /** Changes the last payload byte of every seventh DATA. */
    static Endpoint corruptingPayload() {
        int[] count = new int[1];
        return pulling(packets -> packets.stream()
                .map(bytes -> is(bytes, PacketType.DATA) && ++count[0] % 7 == 0 ? lastByteFlipped(bytes) : bytes)
                .toList());
    }

    private static Bytes lastByteFlipped(Bytes bytes) {
        byte[] copy = bytes.toArray();
        copy[copy.length - 1] ^= 1;
        return Bytes.of(copy);
    }

    /** Does something to the bytes that a receive gives. */
    static Endpoint receiving(UnaryOperator<Endpoint.Received> change) {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Received> receive(int socket, int max) {
                return super.receive(socket, max).map(received ->
                        received.data().length() > 0 ? change.apply(received) : received);
            }
        };
    }

    /** Leaves the last byte out that a reader gets. */
    static Endpoint losingReadByte() {
        return receiving(received -> new Endpoint.Received(
                received.data().slice(0, received.data().length() - 1), received.end()));
    }

    /** Gives readers the first byte twice. */
    static Endpoint repeatingReadByte() {
        return receiving(received -> {
            byte[] once = received.data().toArray();
            byte[] twice = once.clone();
            System.arraycopy(once, 0, twice, 1, once.length - 1);
            return new Endpoint.Received(Bytes.of(twice), received.end());
        });
    }

    /** Says that it accepted what it refused. */
    static Endpoint acceptingWithoutReading() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Delivery> deliver(int channel, Bytes packet) {
                return super.deliver(channel, packet).map(delivery -> new Delivery(true, delivery.failed()));
            }
        };
    }

    /** Refuses every third packet on a control channel. */
    static Endpoint refusingControl() {
        Set<Integer> control = new HashSet<>();
        int[] count = new int[1];
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
                if (channelClass == ChannelClass.CONTROL) {
                    control.add(channel);
                }
                return super.channelUp(channel, channelClass, dialer);
            }

            @Override
            public Outcome<Delivery> deliver(int channel, Bytes packet) {
                return control.contains(channel) && ++count[0] % 3 == 0
                        ? Outcome.ok(new Delivery(false, false)) : super.deliver(channel, packet);
            }
        };
    }

    /** Does not see some packets that arrive. */
    static Endpoint deafTo(Predicate<PacketHeader> which) {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Delivery> deliver(int channel, Bytes bytes) {
                boolean deaf = PacketCodec.decode(bytes) instanceof Decoded.Good<Packet>(Packet packet)
                        && which.test(packet.header());
                return deaf ? Outcome.ok(new Delivery(true, false)) : super.deliver(channel, bytes);
            }
        };
    }

    /** Gives the last child once more when there is no other. */
    static Endpoint acceptingTwice() {
        return new ForwardingEndpoint() {
            private Optional<Connected> last = Optional.empty();

            @Override
            public Outcome<Optional<Connected>> accept(int port) {
                return super.accept(port).map(child -> {
                    Optional<Connected> given = child.isPresent() ? child
                            : last.map(again -> new Connected(again.socket() + 1000, again.connection()));
                    last = child;
                    return given;
                });
            }
        };
    }

    /** Tells the tenth send that the connection was reset. */
    static Endpoint resettingSends() {
        int[] count = new int[1];
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Integer> send(int socket, Bytes data) {
                return ++count[0] == 10 ? Outcome.failed(ErrorCode.RESET, Reason.CHANNEL_LOST)
                        : super.send(socket, data);
            }
        };
    }

    /** Takes whatever ports a packet has for the right ones. */
    static Endpoint ignoringPorts() {
        return new ForwardingEndpoint() {
            private final Map<Long, PacketHeader> first = new HashMap<>();

            @Override
            public Outcome<Delivery> deliver(int channel, Bytes bytes) {
                return super.deliver(channel, PacketCodec.decode(bytes) instanceof Decoded.Good<Packet>(Packet packet)
                        ? PacketCodec.encode(withFirstPorts(packet)) : bytes);
            }

            private Packet withFirstPorts(Packet packet) {
                PacketHeader header = packet.header();
                PacketHeader ports = first.computeIfAbsent(header.connection(), _ -> header);
                return new Packet(new PacketHeader(header.typeCode(), header.length(), ports.sourcePort(),
                        ports.destinationPort(), header.tag(), header.connection(), header.offset(), header.ack()),
                        packet.payload());
            }
        };
    }

    /** Throws when it is given bytes that are no packet. */
    static Endpoint throwingAtGarbage() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Delivery> deliver(int channel, Bytes bytes) {
                packet(bytes);
                return super.deliver(channel, bytes);
            }
        };
    }

    /** Skips bytes that are no packet, where the channel has to fail. */
    static Endpoint forgivingGarbage() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Delivery> deliver(int channel, Bytes bytes) {
                return PacketCodec.decode(bytes) instanceof Decoded.Malformed<Packet>
                        ? Outcome.ok(new Delivery(true, false)) : super.deliver(channel, bytes);
            }
        };
    }

    /** Says that it closed, and does nothing. */
    static Endpoint neverClosing() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Done> close(int socket) {
                super.shutdown(socket);
                return Outcome.done();
            }
        };
    }

    /** Has one more packet to send, whenever it is asked: an acknowledgement that says nothing new. */
    static Endpoint neverQuiet() {
        return new ForwardingEndpoint() {
            private Bytes again;

            @Override
            public Outcome<List<Bytes>> pull(int channel, int max) {
                return super.pull(channel, max).map(packets -> {
                    List<Bytes> more = new ArrayList<>(packets);
                    packets.stream().filter(bytes -> is(bytes, PacketType.ACK)).findFirst().ifPresent(b -> again = b);
                    if (channel == 1 && again != null && packets.isEmpty()) {
                        more.add(again);
                    }
                    return more;
                });
            }
        };
    }

    /** Loses the DATA that is in the transmit queue of a channel when it is to be drained. */
    static Endpoint losingWhatIsDrained() {
        return new ForwardingEndpoint() {
            private final Map<Integer, Bytes> hellos = new HashMap<>();

            @Override
            public Outcome<Done> channelDrain(int channel) {
                if (super.pull(channel, Integer.MAX_VALUE) instanceof Ok<List<Bytes>>(List<Bytes> lost)) {
                    lost.stream().filter(bytes -> is(bytes, PacketType.HELLO))
                            .forEach(hello -> hellos.put(channel, hello));
                }
                return super.channelDrain(channel);
            }

            @Override
            public Outcome<List<Bytes>> pull(int channel, int max) {
                Bytes hello = hellos.remove(channel);
                return hello == null ? super.pull(channel, max) : Outcome.ok(List.of(hello));
            }
        };
    }
}
