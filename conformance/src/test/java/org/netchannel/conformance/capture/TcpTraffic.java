package org.netchannel.conformance.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.netchannel.conformance.capture.Segment.Address;

/** Writes down TCP connections as somebody between the two ends would see them. */
final class TcpTraffic {
    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int ACK = 16;

    private static final int MOST = 1_460;

    private final List<Segment> segments = new ArrayList<>();
    private int connections;
    private long nowNs = 1_700_000_000_000_000_000L;

    /** One connection. */
    final class Connection {
        private final Address client;
        private final Address server;
        private final int[] next = new int[2];
        private final boolean[] over = new boolean[2];

        Connection(Address client, Address server) {
            this.client = client;
            this.server = server;
            // Near the end, so that sequence numbers wrap.
            next[0] = -100 - 1_000 * connections;
            next[1] = 7 + connections;
        }

        private void put(boolean byClient, int flags, byte[] payload) {
            int me = byClient ? 0 : 1;
            segments.add(new Segment(nowNs, byClient ? client : server, byClient ? server : client, flags, next[me],
                    (flags & ACK) == 0 ? 0 : next[1 - me], payload.length, payload));
            next[me] += payload.length + ((flags & (SYN | FIN)) == 0 ? 0 : 1);
        }

        /** Both sides open it. */
        void open() {
            put(true, SYN, new byte[0]);
            put(false, SYN | ACK, new byte[0]);
            put(true, ACK, new byte[0]);
        }

        /** One side sends, in segments, and the other acknowledges. */
        void send(boolean byClient, byte... bytes) {
            for (int at = 0; at < bytes.length; at += MOST) {
                put(byClient, ACK, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + MOST)));
            }
            put(!byClient, ACK, new byte[0]);
        }

        void fin(boolean byClient) {
            end(byClient, FIN | ACK);
        }

        void reset(boolean byClient) {
            end(byClient, RST | ACK);
        }

        private void end(boolean byClient, int flags) {
            int me = byClient ? 0 : 1;
            if (!over[me]) {
                over[me] = true;
                put(byClient, flags, new byte[0]);
            }
        }
    }

    Connection connection(String client, String server) {
        connections++;
        return new Connection(new Address(client, 40_000 + connections), new Address(server, 5_000));
    }

    /** Time passes. */
    void at(long nanos) {
        nowNs = Math.max(nowNs, 1_700_000_000_000_000_000L + nanos);
    }

    List<Segment> segments() {
        return segments;
    }
}
