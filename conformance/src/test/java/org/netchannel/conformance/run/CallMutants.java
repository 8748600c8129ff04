package org.netchannel.conformance.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.Reason;

/** Endpoints that answer one call in a wrong way each. */
final class CallMutants {
    private static final int LATE = 10;

    private CallMutants() {}

    /** Has settings of its own. */
    static Endpoint openedWith(Setting setting, long value) {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
                return super.open(config.with(setting, value), seed, incarnation);
            }
        };
    }

    /** Allows longer accept queues than it was asked for. */
    static Endpoint longerBacklogs() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Done> listen(int port, int backlog) {
                return super.listen(port, backlog + 5);
            }
        };
    }

    /** Reads what nobody read before it closes, so that no RST is needed. */
    static Endpoint readingBeforeClose() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Done> close(int socket) {
                while (super.receive(socket, 1 << 20) instanceof Ok<Received>(Received received)
                        && received.data().length() > 0) {
                    // until nothing is left
                }
                return super.close(socket);
            }
        };
    }

    /** Takes the children of a listener for itself when the listener is closed. */
    static Endpoint keepingChildren() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Done> unlisten(int port) {
                while (super.accept(port) instanceof Ok<Optional<Connected>>(var child) && child.isPresent()) {
                    // until nobody waits
                }
                return super.unlisten(port);
            }
        };
    }

    /** Fails a channel because of a type that it does not know. */
    static Endpoint failingAtUnknownTypes() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Delivery> deliver(int channel, Bytes bytes) {
                boolean unknown = PacketCodec.decode(bytes) instanceof Decoded.Good<Packet>(Packet packet)
                        && packet.header().type().isEmpty();
                if (unknown) {
                    super.channelDown(channel);
                }
                return unknown ? Outcome.ok(new Delivery(true, true)) : super.deliver(channel, bytes);
            }
        };
    }

    /** Fails the channel of some packet that is all right. */
    static Endpoint failingChannels() {
        int[] count = new int[1];
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Delivery> deliver(int channel, Bytes packet) {
                if (++count[0] == LATE) {
                    super.channelDown(channel);
                    return Outcome.ok(new Delivery(true, true));
                }
                return super.deliver(channel, packet);
            }
        };
    }

    /** Gives one packet more than it was asked for. */
    static Endpoint pullingTooMuch() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<List<Bytes>> pull(int channel, int max) {
                return super.pull(channel, max < LATE ? max + 1 : max);
            }
        };
    }

    /** Sends three bytes that are no packet. */
    static Endpoint sendingGarbage() {
        int[] count = new int[1];
        return new ForwardingEndpoint() {
            @Override
            public Outcome<List<Bytes>> pull(int channel, int max) {
                return ++count[0] == LATE ? Outcome.ok(List.of(Bytes.of(new byte[3]))) : super.pull(channel, max);
            }
        };
    }

    /** Refuses to see the third channel. */
    static Endpoint refusingChannels() {
        int[] count = new int[1];
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
                return ++count[0] == 3 ? Outcome.failed(ErrorCode.BAD_REQUEST, "no more")
                        : super.channelUp(channel, channelClass, dialer);
            }
        };
    }

    /** Says the same of every socket. */
    static Endpoint alwaysInState(Endpoint.State state) {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Status> status(int socket) {
                return super.status(socket).map(status -> new Status(state, Optional.empty()));
            }
        };
    }

    /** Gives one byte more than was asked for. */
    static Endpoint givingTooMuch() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Received> receive(int socket, int max) {
                return super.receive(socket, max + 1);
            }
        };
    }

    /** Makes up the byte that comes next when there is none. */
    static Endpoint inventingBytes() {
        return new ForwardingEndpoint() {
            private final Map<Integer, Long> connections = new HashMap<>();
            private final Map<Integer, Long> read = new HashMap<>();

            @Override
            public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
                return super.connect(port, trafficClass).map(connected -> {
                    connections.put(connected.socket(), connected.connection());
                    return connected;
                });
            }

            @Override
            public Outcome<Received> receive(int socket, int max) {
                return super.receive(socket, max).map(received -> {
                    long offset = read.merge(socket, (long) received.data().length(), Long::sum);
                    boolean invent = received.data().length() == 0 && !received.end()
                            && connections.containsKey(socket);
                    return invent ? new Received(PayloadPattern.bytes(
                            connections.get(socket), PayloadPattern.FROM_ACCEPTING, offset, 1), false) : received;
                });
            }
        };
    }

    /** Tells a reader of a reset before it gives what can still be read. */
    static Endpoint failingBeforeReading() {
        return new ForwardingEndpoint() {
            private final Set<Integer> told = new HashSet<>();

            @Override
            public Outcome<Received> receive(int socket, int max) {
                boolean reset = super.status(socket) instanceof Ok<Status>(Status status)
                        && status.reason().isPresent();
                if (reset && told.add(socket)) {
                    Reason reason = ((Ok<Status>) super.status(socket)).value().reason().get();
                    return Outcome.failed(ErrorCode.RESET, reason);
                }
                return super.receive(socket, max);
            }
        };
    }

    /** Forgets a socket for a moment. */
    static Endpoint forgettingSockets() {
        int[] count = new int[1];
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Received> receive(int socket, int max) {
                return ++count[0] == LATE ? Outcome.failed(ErrorCode.NO_SUCH_SOCKET, "gone")
                        : super.receive(socket, max);
            }
        };
    }

    /** Takes more than it is given. */
    static Endpoint takingTooMuch() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Integer> send(int socket, Bytes data) {
                return super.send(socket, data).map(taken -> taken == data.length() ? taken + 1 : taken);
            }
        };
    }

    /** Never connects. */
    static Endpoint refusingToConnect() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
                return Outcome.failed(ErrorCode.REFUSED, Reason.LIMIT);
            }
        };
    }

    /** Gives every connection the socket number, or the id, of the first. */
    static Endpoint repeating(boolean socket, boolean connection) {
        return new ForwardingEndpoint() {
            private Connected first;

            @Override
            public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
                return super.connect(port, trafficClass).map(connected -> {
                    first = first == null ? connected : first;
                    return new Connected(socket ? first.socket() : connected.socket(),
                            connection ? first.connection() : connected.connection());
                });
            }
        };
    }

    /** Accepts children that nobody sent. */
    static Endpoint acceptingAnyone() {
        return new ForwardingEndpoint() {
            @Override
            public Outcome<Optional<Connected>> accept(int port) {
                return super.accept(port).map(child -> child.isPresent() ? child : Optional.of(new Connected(99, 42)));
            }
        };
    }
}
