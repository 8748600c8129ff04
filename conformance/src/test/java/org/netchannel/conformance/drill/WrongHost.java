package org.netchannel.conformance.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.netchannel.conformance.run.ForwardingEndpoint;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Config;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** The reference behind somebody who changes or loses packets on their way in and out: wrong in one way each. */
class WrongHost extends ForwardingEndpoint {
    /** The header that comes in instead; empty when nothing does. */
    Optional<PacketHeader> in(PacketType type, PacketHeader header) {
        return Optional.of(header);
    }

    /** The header that goes out instead; empty when nothing does. */
    Optional<PacketHeader> out(PacketType type, PacketHeader header) {
        return Optional.of(header);
    }

    @Override
    public Outcome<Delivery> deliver(int channel, Bytes bytes) {
        if (!(PacketCodec.decode(bytes) instanceof Good<Packet>(Packet packet)) || packet.header().type().isEmpty()) {
            return super.deliver(channel, bytes);
        }
        Optional<PacketHeader> instead = in(packet.header().type().get(), packet.header());
        return instead.isPresent()
                ? super.deliver(channel, PacketCodec.encode(new Packet(instead.get(), packet.payload())))
                : Outcome.ok(new Delivery(true, false));
    }

    @Override
    public Outcome<List<Bytes>> pull(int channel, int max) {
        return super.pull(channel, max).map(packets -> {
            List<Bytes> instead = new ArrayList<>();
            for (Bytes bytes : packets) {
                if (PacketCodec.decode(bytes) instanceof Good<Packet>(Packet packet)) {
                    out(packet.header().type().orElseThrow(), packet.header())
                            .map(header -> PacketCodec.encode(new Packet(header, packet.payload())))
                            .ifPresent(instead::add);
                }
            }
            return instead;
        });
    }

    static PacketHeader with(PacketHeader header, long tag, long offset) {
        return new PacketHeader(header.typeCode(), header.length(), header.sourcePort(), header.destinationPort(), tag,
                header.connection(), offset, header.ack());
    }

    /** Does something with the packets of one type that come in. */
    static Endpoint hearing(PacketType which, UnaryOperator<Optional<PacketHeader>> change) {
        return new WrongHost() {
            @Override
            Optional<PacketHeader> in(PacketType type, PacketHeader header) {
                return type == which ? change.apply(Optional.of(header)) : Optional.of(header);
            }
        };
    }

    /** Does something with the packets of one type that go out. */
    static Endpoint saying(PacketType which, UnaryOperator<Optional<PacketHeader>> change) {
        return new WrongHost() {
            @Override
            Optional<PacketHeader> out(PacketType type, PacketHeader header) {
                return type == which ? change.apply(Optional.of(header)) : Optional.of(header);
            }
        };
    }

    /** Takes a second NCSYN for nothing. */
    static Endpoint deafToSecondNcsyn() {
        Set<Long> asked = new HashSet<>();
        return hearing(PacketType.NCSYN, ncsyn -> ncsyn.filter(header -> asked.add(header.connection())));
    }

    /** Hears nothing of a connection before its NCSYN_ACK. */
    static Endpoint waitingForNcsynAck() {
        Set<Long> waiting = new HashSet<>();
        return new WrongHost() {
            @Override
            Optional<PacketHeader> out(PacketType type, PacketHeader header) {
                if (type == PacketType.NCSYN) {
                    waiting.add(header.connection());
                }
                return Optional.of(header);
            }

            @Override
            Optional<PacketHeader> in(PacketType type, PacketHeader header) {
                if (type == PacketType.NCSYN_ACK) {
                    waiting.remove(header.connection());
                }
                return waiting.contains(header.connection()) ? Optional.empty() : Optional.of(header);
            }
        };
    }

    /** Takes a second copy of DATA for the bytes after it. */
    static Endpoint countingCopies() {
        Map<Long, Set<Long>> seen = new HashMap<>();
        return hearing(PacketType.DATA, data -> data.map(header ->
                seen.computeIfAbsent(header.connection(), _ -> new HashSet<>()).add(header.offset())
                        ? header : with(header, 0, header.offset() + header.length())));
    }

    /** Has room for a byte more than it was told, or less. */
    static Endpoint withRoomFor(int more) {
        return new WrongHost() {
            @Override
            public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
                Config.Setting size = Config.Setting.RECEIVE_BUFFER;
                return super.open(config.with(size, config.get(size) + more), seed, incarnation);
            }
        };
    }

    /** Forgets a RESUME that no STOP came before. */
    static Endpoint forgettingEarlyResume() {
        Set<Long> stopped = new HashSet<>();
        return new WrongHost() {
            @Override
            Optional<PacketHeader> in(PacketType type, PacketHeader header) {
                if (type == PacketType.STOP) {
                    stopped.add(header.connection());
                }
                return type == PacketType.RESUME && !stopped.contains(header.connection())
                        ? Optional.empty() : Optional.of(header);
            }
        };
    }

    /** Takes any epoch for the one in force. */
    static Endpoint mistakingEpoch(PacketType inForce, boolean said, PacketType mistaken) {
        Map<Long, Long> epochs = new HashMap<>();
        return new WrongHost() {
            @Override
            Optional<PacketHeader> out(PacketType type, PacketHeader header) {
                if (said && type == inForce) {
                    epochs.put(header.connection(), header.tag());
                }
                return Optional.of(header);
            }

            @Override
            Optional<PacketHeader> in(PacketType type, PacketHeader header) {
                if (!said && type == inForce) {
                    epochs.merge(header.connection(), header.tag(), Math::max);
                }
                long epoch = epochs.getOrDefault(header.connection(), header.tag());
                return Optional.of(type == mistaken ? with(header, epoch, header.offset()) : header);
            }
        };
    }

    /** Says that a stream has ended as soon as its FIN has come. */
    static Endpoint endingAtFin() {
        Set<Long> ended = new HashSet<>();
        Map<Integer, Long> ids = new HashMap<>();
        return new WrongHost() {
            @Override
            Optional<PacketHeader> in(PacketType type, PacketHeader header) {
                if (type == PacketType.FIN) {
                    ended.add(header.connection());
                }
                return Optional.of(header);
            }

            @Override
            public Outcome<Connected> connect(int port, org.netchannel.traces.ChannelClass trafficClass) {
                return super.connect(port, trafficClass).map(this::noted);
            }

            @Override
            public Outcome<Optional<Connected>> accept(int port) {
                return super.accept(port).map(child -> child.map(this::noted));
            }

            private Connected noted(Connected connected) {
                ids.put(connected.socket(), connected.connection());
                return connected;
            }

            @Override
            public Outcome<Received> receive(int socket, int max) {
                return super.receive(socket, max).map(received -> received.data().length() == 0
                        && ended.contains(ids.get(socket)) ? new Received(Bytes.EMPTY, true) : received);
            }
        };
    }

    /** Looks at the connection id alone. */
    static Endpoint ignoringPorts() {
        Map<Long, PacketHeader> said = new HashMap<>();
        return new WrongHost() {
            @Override
            Optional<PacketHeader> out(PacketType type, PacketHeader header) {
                said.put(header.connection(), header);
                return Optional.of(header);
            }

            @Override
            Optional<PacketHeader> in(PacketType type, PacketHeader header) {
                PacketHeader own = said.getOrDefault(header.connection(), null);
                return Optional.of(own == null ? header : new PacketHeader(header.typeCode(), header.length(),
                        own.destinationPort(), own.sourcePort(), header.tag(), header.connection(), header.offset(),
                        header.ack()));
            }
        };
    }
}
