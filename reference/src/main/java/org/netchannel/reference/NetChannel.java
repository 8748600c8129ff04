package org.netchannel.reference;

import java.util.Optional;
import org.netchannel.reference.Connections.ConnectionStep;
import org.netchannel.reference.Input.Abort;
import org.netchannel.reference.Input.Accept;
import org.netchannel.reference.Input.Advance;
import org.netchannel.reference.Input.ChannelDown;
import org.netchannel.reference.Input.ChannelDrain;
import org.netchannel.reference.Input.ChannelUp;
import org.netchannel.reference.Input.Close;
import org.netchannel.reference.Input.Connect;
import org.netchannel.reference.Input.Deliver;
import org.netchannel.reference.Input.Listen;
import org.netchannel.reference.Input.Pull;
import org.netchannel.reference.Input.Receive;
import org.netchannel.reference.Input.Send;
import org.netchannel.reference.Input.Shutdown;
import org.netchannel.reference.Input.Status;
import org.netchannel.reference.Input.Unlisten;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** The whole protocol: operations, packets and time, each dispatched to its topic. Any thread may call. */
public final class NetChannel {
    private NetChannel() {}

    /**
     * One step of one host.
     *
     * @param host the state before
     * @param input what happens
     * @param <T> what the input answers when it goes well
     * @return the state after, and the answer; after BAD_REQUEST the state is the same
     */
    @SuppressWarnings("unchecked") // each operation answers what its input says
    public static <T> Step<T> step(HostState host, Input<T> input) {
        Step<?> step = operation(host, input);
        return (Step<T>) new Step<>(Channels.forgetClosed(step.host()), step.answer());
    }

    private static Step<?> operation(HostState host, Input<?> input) {
        return switch (input) {
            case ChannelUp up -> Channels.channelUp(host, up);
            case ChannelDown(int channel) -> Failure.channelDown(host, channel);
            case ChannelDrain(int channel) -> Channels.channelDrain(host, channel);
            case Listen(int port, int backlog) -> Handshake.listen(host, port, backlog);
            case Unlisten(int port) -> Handshake.unlisten(host, port);
            case Connect(int port, var trafficClass) -> Handshake.connect(host, port, trafficClass);
            case Accept(int port) -> Handshake.accept(host, port);
            case Send(int socket, var data) -> Delivery.send(host, socket, data);
            case Receive(int socket, int max) -> Delivery.receive(host, socket, max);
            case Shutdown(int socket) -> Closing.shutdown(host, socket);
            case Close(int socket) -> Closing.close(host, socket);
            case Abort(int socket) -> Closing.abort(host, socket);
            case Status(int socket) -> Sockets.status(host, socket);
            case Deliver(int channel, var packet) -> deliver(host, channel, packet);
            case Pull(int channel, int max) -> Channels.pull(host, channel, max);
            case Advance(long nanos) -> advance(host, nanos);
        };
    }

    private static Step<Done> advance(HostState host, long nanos) {
        if (nanos < 0 || nanos > Timers.END_OF_TIME - host.now()) {
            return Step.badRequest(host,
                    "nanos is " + nanos + ", legal is 0 to " + (Timers.END_OF_TIME - host.now()));
        }
        return Step.done(Timers.advance(host, host.now() + nanos));
    }

    /** A channel's next packet arrives; while the channel's budget is spent it is not even looked at (NC-CH-4). */
    private static Step<Endpoint.Delivery> deliver(HostState host, int number, Decoded<Packet> arrived) {
        if (host.link().gone().containsKey(number)) {
            return Step.ok(host, new Endpoint.Delivery(true, true));
        }
        Optional<Channel> channel = host.channel(number);
        if (channel.isEmpty()) {
            return Step.badRequest(host, "channel " + number + " does not exist");
        }
        if (!Channels.isReadable(host, channel.get())) {
            return Step.ok(host, new Endpoint.Delivery(false, false));
        }
        HostState next = onArrival(host, channel.get(), arrived);
        return Step.ok(next, new Endpoint.Delivery(true, next.channel(number).isEmpty()));
    }

    private static HostState onArrival(HostState host, Channel channel, Decoded<Packet> arrived) {
        if (!(arrived instanceof Good<Packet>(Packet packet)) || !mayCome(host, channel, packet)) {
            return Failure.failBecauseOfPacket(host, channel);
        }
        Optional<PacketType> type = packet.header().type();
        // NC-HDR-3: an unknown type is skipped.
        return type.isPresent() ? onPacket(host, channel, packet, type.get()) : host.dropping(Drop.UNKNOWN_TYPE);
    }

    /** NC-CH-2: HELLO first, CHANNEL_CLOSE last. NC-HDR-2, NC-HDR-5: the right payload on the right channel. */
    private static boolean mayCome(HostState host, Channel channel, Packet packet) {
        Optional<PacketType> type = packet.header().type();
        int length = packet.header().length();
        if (type.isEmpty()) {
            return isInside(channel) && length <= host.settings().maxPayload();
        }
        return switch (type.get()) {
            case HELLO -> true;
            case DATA -> isInside(channel) && !channel.isControl() && length >= 1
                    && length <= host.settings().maxPayload();
            case CHANNEL_CLOSE -> isInside(channel) && !channel.isControl() && length == 0;
            case NCSYN, NCSYN_ACK, NCREFUSE, ACK, STOP, STOP_ACK, RESUME, FIN, RST ->
                    isInside(channel) && channel.isControl() && length == 0;
        };
    }

    private static boolean isInside(Channel channel) {
        return channel.helloArrived() && !channel.close().received();
    }

    private static HostState onPacket(HostState host, Channel channel, Packet packet, PacketType type) {
        PacketHeader header = packet.header();
        return switch (type) {
            case HELLO -> Channels.onHello(host, channel, packet);
            case NCSYN -> Handshake.onNcsyn(host, header);
            case NCSYN_ACK -> onConnection(host, type, header, (h, c) -> Handshake.onNcsynAck(h, c, header));
            case NCREFUSE -> Handshake.onNcrefuse(host, header);
            case DATA -> onConnection(host, type, header, (h, c) -> Delivery.onData(h, c, channel, packet));
            case ACK -> onConnection(host, type, header, (h, c) -> h);
            case STOP -> onConnection(host, type, header, (h, c) -> HeadOfLine.onStop(h, c, header));
            case STOP_ACK -> onConnection(host, type, header, (h, c) -> HeadOfLine.onStopAck(h, c, header));
            case RESUME -> onConnection(host, type, header, (h, c) -> HeadOfLine.onResume(h, c, header));
            case FIN -> onConnection(host, type, header, (h, c) -> Closing.onFin(h, c, header));
            case RST -> Closing.onRst(host, header);
            case CHANNEL_CLOSE -> Channels.onChannelClose(host, channel);
        };
    }

    /**
     * A packet that any connection may get: unknown connections are answered (NC-HS-7), ports have to match (NC-HDR-4),
     * SYN_SENT is over (NC-HS-3), the ack value counts (NC-DATA-5), and then what the packet is about.
     */
    private static HostState onConnection(HostState host, PacketType type, PacketHeader header, ConnectionStep about) {
        if (header.connection() == 0) {
            return host.dropping(Drop.MEANINGLESS);
        }
        Optional<Connection> known = host.live(header.connection());
        if (known.isEmpty()) {
            return Handshake.onUnknownConnection(host, type, header);
        }
        if (!known.get().hasPortsOf(header)) {
            return host.dropping(Drop.PORT_MISMATCH);
        }
        HostState acknowledged = Delivery.onAck(host, Handshake.establish(known.get()), header.ack());
        Optional<Connection> connection = acknowledged.live(header.connection());
        return connection.isEmpty()
                ? acknowledged
                : Connections.settle(about.take(acknowledged, connection.get()), header.connection());
    }
}
