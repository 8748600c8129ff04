package org.netchannel.optimized;

/** Gives every packet that arrives to what it is for: the channel, a connection, or the handshake. */
final class Demultiplexer {
    private final HostCore host;

    Demultiplexer(HostCore host) {
        this.host = host;
    }

    /**
     * Whether a packet with this header may come on this channel now. Asked before any payload is read.
     * NC-CH-2: HELLO first, CHANNEL_CLOSE last. NC-HDR-2, NC-HDR-5: the right payload on the right channel.
     */
    boolean mayCome(Channel channel, IncomingPacket packet) {
        boolean inside = channel.helloArrived && !channel.closeReceived;
        boolean empty = packet.length == 0;
        return switch (packet.type) {
            case Wire.HELLO -> true;
            case Wire.DATA -> inside && !channel.isControl() && !empty && isInBounds(packet);
            case Wire.CHANNEL_CLOSE -> inside && !channel.isControl() && empty;
            case Wire.NCSYN, Wire.NCSYN_ACK, Wire.NCREFUSE, Wire.ACK, Wire.STOP, Wire.STOP_ACK, Wire.RESUME, Wire.FIN,
                    Wire.RST -> inside && channel.isControl() && empty;
            default -> inside && isInBounds(packet);
        };
    }

    private boolean isInBounds(IncomingPacket packet) {
        return packet.length <= host.settings.maxPayload();
    }

    /** A packet arrives on a live channel that {@link #mayCome} lets it come on. */
    void deliver(Channel channel, IncomingPacket packet) {
        switch (packet.type) {
            case Wire.HELLO -> host.channels.onHello(channel, packet);
            case Wire.CHANNEL_CLOSE -> host.channels.onChannelClose(channel);
            case Wire.NCSYN -> host.handshake.onNcsyn(packet);
            case Wire.NCREFUSE -> host.handshake.onNcrefuse(packet);
            case Wire.RST -> host.closing.onRst(packet);
            case Wire.DATA, Wire.NCSYN_ACK, Wire.ACK, Wire.STOP, Wire.STOP_ACK, Wire.RESUME, Wire.FIN ->
                    deliverToConnection(channel, packet);
            // NC-HDR-3: an unknown type is skipped.
            default -> host.drop(Dropped.UNKNOWN_TYPE);
        }
        host.channels.forgetClosed();
    }

    /**
     * A packet that any connection may get: unknown connections are answered (NC-HS-7), ports have to match (NC-HDR-4),
     * SYN_SENT is over (NC-HS-3), the ack value counts (NC-DATA-5), and then what the packet is about.
     */
    private void deliverToConnection(Channel channel, IncomingPacket packet) {
        if (packet.connection == 0) {
            host.drop(Dropped.MEANINGLESS);
            return;
        }
        Connection connection = host.live(packet.connection);
        if (connection == null) {
            host.handshake.onUnknownConnection(packet);
        } else if (!connection.hasPortsOf(packet)) {
            host.drop(Dropped.PORT_MISMATCH);
        } else {
            host.handshake.establish(connection);
            if (host.delivery.acknowledge(connection, packet.ack)) {
                deliver(connection, channel, packet);
                host.settle(connection);
            }
        }
    }

    private void deliver(Connection connection, Channel channel, IncomingPacket packet) {
        switch (packet.type) {
            case Wire.DATA -> host.delivery.onData(connection, channel, packet);
            case Wire.NCSYN_ACK -> host.handshake.onNcsynAck(connection, packet);
            case Wire.STOP -> host.headOfLine.onStop(connection, packet);
            case Wire.STOP_ACK -> host.headOfLine.onStopAck(connection, packet);
            case Wire.RESUME -> host.headOfLine.onResume(connection, packet);
            case Wire.FIN -> host.closing.onFin(connection, packet);
            default -> {
                // ACK is about nothing but its ack value.
            }
        }
    }
}
