package org.netchannel.conformance.capture;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/**
 * A recorded run as TCP traffic: what a host pulled is captured then and there. Both hosts' clocks together are the
 * clock of the capture, so that no timer takes less time there than on its host.
 */
final class RecordedTraffic {
    private static final List<String> ADDRESSES = List.of("10.0.0.1", "10.0.0.2");

    private final TcpTraffic traffic = new TcpTraffic();
    private final Map<Integer, TcpTraffic.Connection> channels = new HashMap<>();
    private final Map<Integer, Integer> dialers = new HashMap<>();
    private final Set<List<Integer>> down = new HashSet<>();
    private final long[] nanos = new long[2];

    private RecordedTraffic() {}

    static List<Segment> of(List<TraceLine> trace) {
        RecordedTraffic recorded = new RecordedTraffic();
        trace.forEach(recorded::take);
        return recorded.traffic.segments();
    }

    /** Whether a run has nothing in it that no network does. */
    static boolean isPossible(List<TraceLine> trace) {
        return trace.stream().noneMatch(line -> line.event() instanceof TraceEvent.Deliver deliver && deliver.forged()
                || line.event() instanceof TraceEvent.Pull(var _, var _, Ok<List<TracePacket>>(var packets))
                        && packets.stream().anyMatch(TracePacket.Unreadable.class::isInstance));
    }

    private void take(TraceLine line) {
        int host = line.host().equals("A") ? 0 : 1;
        nanos[host] = line.nanos();
        traffic.at(nanos[0] + nanos[1] + line.step());
        switch (line.event()) {
            case TraceEvent.ChannelUp(int channel, var _, boolean dialer, Ok<?> _)
                    when !channels.containsKey(channel) -> open(channel, dialer ? host : 1 - host);
            case TraceEvent.ChannelDown(int channel, Ok<?> _) -> down(host, channel);
            case TraceEvent.Deliver(int channel, var _, var _, Ok<?>(org.netchannel.traces.Endpoint.Delivery delivery))
                    when delivery.failed() -> down(host, channel);
            case TraceEvent.Pull(int channel, var _, Ok<List<TracePacket>>(var packets)) -> packets.forEach(
                    packet -> channels.get(channel).send(host == dialers.get(channel), bytes(packet)));
            default -> { }
        }
    }

    private void open(int channel, int dialer) {
        channels.put(channel, traffic.connection(ADDRESSES.get(dialer), ADDRESSES.get(1 - dialer)));
        dialers.put(channel, dialer);
        channels.get(channel).open();
    }

    /** Which host dials first: the import calls it A. */
    static int firstDialer(List<Segment> segments) {
        return ADDRESSES.indexOf(segments.getFirst().from().host());
    }

    private void down(int host, int channel) {
        if (channels.containsKey(channel) && down.add(List.of(host, channel))) {
            channels.get(channel).reset(host == dialers.get(channel));
        }
    }

    static byte[] bytes(TracePacket packet) {
        TracePacket.Readable readable = (TracePacket.Readable) packet;
        Bytes payload = readable.hello().map(HelloCodec::encode)
                .orElse(Bytes.of(new byte[readable.header().length()]));
        return PacketCodec.encode(new Packet(readable.header(), payload)).toArray();
    }
}
