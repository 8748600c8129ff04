package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.wire.TcpHeader;

/**
 * RST segments that wait to be sent. They belong to no connection, or to one that is over. There is room for a fixed
 * number; more are dropped and counted.
 */
final class Answers {
    private static final int CAPACITY = 256;

    static final class Answer {
        final Flow flow = new Flow();
        int sequence;
        int acknowledgement;
        int flags;
    }

    private final Answer[] ring = new Answer[CAPACITY];
    private final Counters counters;
    private int head;
    private int size;

    Answers(Counters counters) {
        this.counters = counters;
        for (int i = 0; i < CAPACITY; i++) {
            ring[i] = new Answer();
        }
    }

    /** RFC 9293, section 3.10.7.1: the reset for a segment that nobody wants; a reset is never answered. */
    void reset(Flow flow, IncomingSegment segment) {
        if (segment.has(TcpHeader.RST)) {
            return;
        }
        if (segment.has(TcpHeader.ACK)) {
            put(flow, segment.acknowledgement, 0, TcpHeader.RST);
        } else {
            put(flow, 0, segment.sequence + segment.sequenceLength(), TcpHeader.RST | TcpHeader.ACK);
        }
    }

    void put(Flow flow, int sequence, int acknowledgement, int flags) {
        if (size == CAPACITY) {
            counters.count(Counter.ANSWERS_DROPPED);
            return;
        }
        Answer answer = ring[(head + size++) % CAPACITY];
        answer.flow.set(flow);
        answer.sequence = sequence;
        answer.acknowledgement = acknowledgement;
        answer.flags = flags;
    }

    /** The one that waits longest, null when there is none. */
    Answer first() {
        return size == 0 ? null : ring[head];
    }

    void removeFirst() {
        head = (head + 1) % CAPACITY;
        size--;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
