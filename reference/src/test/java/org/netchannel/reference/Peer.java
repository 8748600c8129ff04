package org.netchannel.reference;

import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** The other end of a connection of a {@link Host}: makes its packets. */
record Peer(int socket, long id, int hostPort, int peerPort) {
    Packet packet(PacketType type, long tag, long offset, long ack, int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = byteAt(offset + i);
        }
        return Host.packet(type.code(), Bytes.of(payload), peerPort, hostPort, tag, id, offset, ack);
    }

    /** The byte that this peer sends at an offset. */
    static byte byteAt(long offset) {
        return (byte) (offset % 251);
    }

    Packet control(PacketType type, long tag, long offset) {
        return packet(type, tag, offset, 0, 0);
    }

    Packet data(long offset, int length) {
        return packet(PacketType.DATA, 0, offset, 0, length);
    }

    Packet ack(long ack) {
        return packet(PacketType.ACK, 0, 0, ack, 0);
    }

    Packet fin(long offset, long ack) {
        return packet(PacketType.FIN, 0, offset, ack, 0);
    }

    Packet rst(Reason reason) {
        return control(PacketType.RST, reason.tag(), 0);
    }

    Packet ncsyn(ChannelClass trafficClass) {
        return control(PacketType.NCSYN, trafficClass.code(), Host.PEER_BUFFER);
    }

    Peer withPorts(int host, int peer) {
        return new Peer(socket, id, host, peer);
    }

    Peer withId(long other) {
        return new Peer(socket, other, hostPort, peerPort);
    }
}
