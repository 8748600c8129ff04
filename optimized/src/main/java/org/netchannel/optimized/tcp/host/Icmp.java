package org.netchannel.optimized.tcp.host;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Counters;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.IcmpMessage;
import org.netchannel.optimized.tcp.wire.Ipv4Header;

/**
 * ICMP (RFC 792; RFC 1122, section 3.2.2): echo requests are answered with the data where they lie. Errors are counted
 * and change nothing: no connection is reset and no segment made smaller by a message that anybody can send (RFC 5927,
 * sections 5 and 7); the path's MTU is configured.
 */
final class Icmp {
    /** The most answers that wait to be sent. */
    private static final int MOST_WAITING = 64;
    private static final int DESTINATION_UNREACHABLE = 3;
    private static final int SOURCE_QUENCH = 4;
    private static final int REDIRECT = 5;
    private static final int TIME_EXCEEDED = 11;
    private static final int PARAMETER_PROBLEM = 12;
    private static final int ICMP_AT = EthernetHeader.BYTES + Ipv4Header.BYTES;

    /** An answer that waits: where the request lies, and who asked. */
    private static final class Echo {
        private FrameBuffer frame;
        private long at;
        private int bytes;
        private int peer;
    }

    private final Interface self;
    private final Neighbours neighbours;
    private final Counters counters;
    private final Echo[] echoes = new Echo[MOST_WAITING];
    private int first;
    private int waiting;

    Icmp(Interface self, Neighbours neighbours, Counters counters) {
        this.self = self;
        this.neighbours = neighbours;
        this.counters = counters;
        Arrays.setAll(echoes, i -> new Echo());
    }

    /** A message arrived. */
    void receive(FrameBuffer frame, long at, int bytes, int source) {
        if (!IcmpMessage.isIntact(frame.memory(), at, bytes)) {
            counters.count(Counter.CORRUPT_PACKET);
            return;
        }
        switch (IcmpMessage.type(frame.memory(), at)) {
            case IcmpMessage.ECHO -> enqueue(frame, at, bytes, source);
            case DESTINATION_UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM ->
                    counters.count(Counter.ICMP_ERROR);
            default -> counters.count(Counter.OTHER_ICMP);
        }
    }

    private void enqueue(FrameBuffer frame, long at, int bytes, int source) {
        if (waiting == MOST_WAITING) {
            counters.count(Counter.ANSWERS_DROPPED);
            return;
        }
        Echo echo = echoes[(first + waiting++) % MOST_WAITING];
        frame.retain();
        echo.frame = frame;
        echo.at = at;
        echo.bytes = bytes;
        echo.peer = source;
    }

    /** Sends the answer that waits longest; false when there is none, or the device takes none. */
    boolean transmit(FrameSink sink) {
        if (waiting == 0) {
            return false;
        }
        Echo echo = echoes[first];
        Neighbour neighbour = neighbours.towards(echo.peer, false);
        if (neighbour != null && neighbour.isReachable()) {
            MemorySegment memory = sink.begin();
            if (memory == null) {
                return false;
            }
            write(echo, memory, neighbour.link, sink);
        } else {
            counters.count(Counter.ANSWERS_DROPPED);
        }
        echo.frame.release();
        echo.frame = null;
        first = (first + 1) % MOST_WAITING;
        waiting--;
        return true;
    }

    private void write(Echo echo, MemorySegment memory, long link, FrameSink sink) {
        counters.count(Counter.ECHO_ANSWERED);
        long dataAt = echo.at + IcmpMessage.HEADER_BYTES;
        int dataBytes = echo.bytes - IcmpMessage.HEADER_BYTES;
        EthernetHeader.write(memory, 0, link, self.link(), EthernetHeader.IPV4);
        Ipv4Header.write(memory, EthernetHeader.BYTES, echo.bytes, Ipv4Header.NOT_ECT, Ipv4Header.ICMP,
                self.address(), echo.peer);
        IcmpMessage.writeEchoReply(memory, ICMP_AT, IcmpMessage.rest(echo.frame.memory(), echo.at),
                echo.frame.memory(), dataAt, dataBytes);
        sink.end(ICMP_AT + IcmpMessage.HEADER_BYTES, dataBytes == 0 ? null : echo.frame, dataAt, dataBytes);
    }
}
