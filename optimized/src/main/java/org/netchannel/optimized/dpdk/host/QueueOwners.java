package org.netchannel.optimized.dpdk.host;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.Port;
import org.netchannel.optimized.tcp.Flow;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.Ipv6Header;
import org.netchannel.optimized.tcp.wire.NetworkOrder;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/**
 * Says to which queue of a device a connection belongs: to that on which the device delivers its segments, if it
 * spreads them by receive side scaling (RSS); for others it says the same each time. It never changes; any thread asks.
 */
final class QueueOwners {
    /** The frame is to get to every host: it says where somebody is on the link. */
    static final int EVERYBODY = -1;

    /** The key of Microsoft's specification, which many devices have. */
    static final byte[] USUAL_KEY = HexFormat.of().parseHex("6d5a56da255b0ec24167253d43a38fb0"
            + "d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa");

    private final Toeplitz hash;
    /** The queue of each hash, modulo its length. */
    private final int[] table;

    private QueueOwners(byte[] key, int[] table) {
        this.hash = new Toeplitz(key);
        this.table = table;
    }

    /** For a device that says nothing about it. */
    static QueueOwners of(int queues) {
        return new QueueOwners(USUAL_KEY, IntStream.range(0, queues).toArray());
    }

    /** As the device does it, where it does. */
    static QueueOwners of(Port port, int queues) throws DpdkException {
        byte[] key = port.rssKey();
        int[] table = port.rssTable();
        // From a queue that gets nothing nobody could connect.
        boolean all = IntStream.of(table).allMatch(queue -> queue < queues)
                && IntStream.of(table).distinct().count() == queues;
        return all && key.length >= Toeplitz.LEAST_KEY ? new QueueOwners(key, table) : of(queues);
    }

    /** The queue of a connection of this host's. */
    int of(Flow flow) {
        return queue(flow.isIpv4()
                ? hash.hash(flow.remoteIpv4(), flow.localIpv4(), flow.remotePort(), flow.localPort())
                : hash.hash(flow.remoteHigh(), flow.remoteLow(), flow.localHigh(), flow.localLow(), flow.remotePort(),
                        flow.localPort()));
    }

    /**
     * The queue of a received frame, or {@link #EVERYBODY}. What belongs to no connection goes to the first queue,
     * whose host answers it or counts it.
     */
    int of(MemorySegment memory, long at, int length) {
        int type = length < EthernetHeader.BYTES ? 0 : EthernetHeader.type(memory, at);
        long packetAt = at + EthernetHeader.BYTES;
        long tcpAt = TcpPayload.headerAt(memory, at, length);
        if (tcpAt < 0) {
            boolean discovery = type == EthernetHeader.IPV6 && length >= EthernetHeader.BYTES + Ipv6Header.BYTES
                    && Ipv6Header.nextHeader(memory, packetAt) == Ipv6Header.ICMP;
            return type == EthernetHeader.ARP || discovery ? EVERYBODY : 0;
        }
        int from = TcpHeader.sourcePort(memory, tcpAt);
        int to = TcpHeader.destinationPort(memory, tcpAt);
        if (type == EthernetHeader.IPV4) {
            return queue(hash.hash(
                    Ipv4Header.source(memory, packetAt), Ipv4Header.destination(memory, packetAt), from, to));
        }
        long source = packetAt + Ipv6Header.SOURCE_AT;
        long destination = packetAt + Ipv6Header.DESTINATION_AT;
        return queue(hash.hash(NetworkOrder.getLong(memory, source), NetworkOrder.getLong(memory, source + 8),
                NetworkOrder.getLong(memory, destination), NetworkOrder.getLong(memory, destination + 8), from, to));
    }

    private int queue(int hashed) {
        return table[Integer.remainderUnsigned(hashed, table.length)];
    }
}
