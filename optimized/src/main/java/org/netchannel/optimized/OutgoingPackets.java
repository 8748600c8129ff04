package org.netchannel.optimized;

/**
 * The packets of all transmit queues of a host. They are made when they are needed first and used again ever after.
 * Who hands over DATA asks {@link #isShort} first; control packets are bounded by {@link Limit#QUEUED_CONTROL}.
 * One thread at a time calls.
 */
final class OutgoingPackets {
    private final int capacity;
    private OutgoingPacket free;
    private int inUse;

    OutgoingPackets(int capacity) {
        this.capacity = capacity;
    }

    boolean isShort() {
        return inUse >= capacity;
    }

    OutgoingPacket of(int type, int length, long tag, long connection, long offset, long ack) {
        OutgoingPacket packet = free;
        if (packet == null) {
            packet = new OutgoingPacket();
        } else {
            free = packet.next;
            packet.next = null;
        }
        inUse++;
        packet.type = type;
        packet.length = length;
        packet.sourcePort = 0;
        packet.destinationPort = 0;
        packet.tag = tag;
        packet.connection = connection;
        packet.offset = offset;
        packet.ack = ack;
        return packet;
    }

    void release(OutgoingPacket packet) {
        if (packet.segment != null) {
            packet.segment.release();
            packet.segment = null;
        }
        packet.next = free;
        free = packet;
        inUse--;
    }
}
