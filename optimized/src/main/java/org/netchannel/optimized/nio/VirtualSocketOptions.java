package org.netchannel.optimized.nio;

import java.net.SocketOption;
import org.netchannel.traces.ChannelClass;

/** Options that only virtual sockets have. */
public final class VirtualSocketOptions {
    /** LATENCY or THROUGHPUT (NC-HS-1): to be set before connect; an accepted connection has its peer's. */
    public static final SocketOption<ChannelClass> TRAFFIC_CLASS = new TrafficClass();

    private VirtualSocketOptions() {}

    private record TrafficClass() implements SocketOption<ChannelClass> {
        @Override
        public String name() {
            return "TRAFFIC_CLASS";
        }

        @Override
        public Class<ChannelClass> type() {
            return ChannelClass.class;
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
