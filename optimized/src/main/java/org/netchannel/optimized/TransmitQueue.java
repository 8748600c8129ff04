package org.netchannel.optimized;

/** What is to be sent on one channel, in order (NC-CH-1). */
final class TransmitQueue {
    private OutgoingPacket first;
    private OutgoingPacket last;
    private int size;
    private long dataBytes;

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    /** Payload bytes of DATA in the queue: what the threshold of NC-SCH-2 is about. */
    long dataBytes() {
        return dataBytes;
    }

    void add(OutgoingPacket packet) {
        if (first == null) {
            first = packet;
        } else {
            last.next = packet;
        }
        last = packet;
        size++;
        dataBytes += packet.type == Wire.DATA ? packet.length : 0;
    }

    /** Takes the first packet, or answers null. */
    OutgoingPacket poll() {
        OutgoingPacket packet = first;
        if (packet != null) {
            first = packet.next;
            packet.next = null;
            size--;
            dataBytes -= packet.type == Wire.DATA ? packet.length : 0;
        }
        return packet;
    }
}
