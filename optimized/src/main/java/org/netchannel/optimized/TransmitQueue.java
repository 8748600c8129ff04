package org.netchannel.optimized;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What is to be sent on one channel, in order (NC-CH-1). */
final class TransmitQueue {
    private static final VarHandle SIZE;

    static {
        try {
            SIZE = MethodHandles.lookup().findVarHandle(TransmitQueue.class, "size", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

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

    /** Whether there was a packet a moment ago: any thread, without the turn. */
    boolean mayHavePackets() {
        return (int) SIZE.getOpaque(this) > 0;
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
        SIZE.setOpaque(this, size + 1);
        dataBytes += packet.type == Wire.DATA ? packet.length : 0;
    }

    /** Takes the first packet, or answers null. */
    OutgoingPacket poll() {
        OutgoingPacket packet = first;
        if (packet != null) {
            first = packet.next;
            packet.next = null;
            SIZE.setOpaque(this, size - 1);
            dataBytes -= packet.type == Wire.DATA ? packet.length : 0;
        }
        return packet;
    }
}
