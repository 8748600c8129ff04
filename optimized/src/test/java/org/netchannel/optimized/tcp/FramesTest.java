package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.congestion.CongestionAlgorithm;
import org.pcap4j.packet.ArpPacket;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.TcpPacket;
import org.pcap4j.packet.TcpPacket.TcpOption;
import org.pcap4j.packet.namednumber.TcpOptionKind;

/** An independent reader reads every frame of whole connections, and finds nothing wrong with it. */
class FramesTest {
    private final Set<Flag> seen = EnumSet.noneOf(Flag.class);
    private final List<TcpOptionKind> kinds = new ArrayList<>();
    private int segments;

    private enum Flag { SYN, FIN, RST, PSH }

    private void read(byte[] frame) {
        try {
            check(EthernetPacket.newPacket(frame, 0, frame.length), frame.length);
        } catch (IllegalRawDataException e) {
            throw new AssertionError(e);
        }
    }

    private void check(EthernetPacket ethernet, int length) {
        if (ethernet.contains(ArpPacket.class)) {
            return;
        }
        IpV4Packet ip = ethernet.get(IpV4Packet.class);
        TcpPacket tcp = ethernet.get(TcpPacket.class);
        assertThat(ip.getHeader().hasValidChecksum(false)).isTrue();
        assertThat(ip.getHeader().getTotalLengthAsInt()).isEqualTo(length - 14).isLessThanOrEqualTo(1_500);
        assertThat(tcp.hasValidChecksum(ip.getHeader().getSrcAddr(), ip.getHeader().getDstAddr(), false)).isTrue();
        for (TcpOption option : tcp.getHeader().getOptions()) {
            assertThat(option.getClass().getSimpleName()).doesNotContain("Unknown", "Illegal");
            kinds.add(option.getKind());
        }
        note(tcp);
        segments++;
    }

    private void note(TcpPacket tcp) {
        if (tcp.getHeader().getSyn()) {
            seen.add(Flag.SYN);
        }
        if (tcp.getHeader().getFin()) {
            seen.add(Flag.FIN);
        }
        if (tcp.getHeader().getRst()) {
            seen.add(Flag.RST);
        }
        if (tcp.getHeader().getPsh()) {
            seen.add(Flag.PSH);
        }
    }

    @Test
    void everyFrameIsRightForAnIndependentReader() {
        SimulatedNetwork network = new SimulatedNetwork(3, Settings.DEFAULTS.with(CongestionAlgorithm.DCTCP));
        network.setFaults(LinkFaults.NONE.withLoss(20_000).withReordering(20_000));
        network.left.capture = this::read;
        network.right.capture = this::read;
        TcpConnection[] ends = network.connect();
        Application client = new Application(ends[0], 1, 2, 400_000, 1);
        Application server = new Application(ends[1], 2, 1, 400_000, 2);
        assertThat(network.runUntil(() -> client.isDone(400_000) && server.isDone(400_000), () -> {
            client.step();
            server.step();
        }, 1_000 * ScriptedPeer.SECOND)).isTrue();
        network.left.host.connect(SimulatedNetwork.RIGHT, 9);
        network.run(ScriptedPeer.SECOND);

        assertThat(segments).isGreaterThan(600);
        assertThat(seen).containsExactlyInAnyOrder(Flag.values());
        assertThat(kinds).contains(TcpOptionKind.MAXIMUM_SEGMENT_SIZE, TcpOptionKind.WINDOW_SCALE,
                TcpOptionKind.SACK_PERMITTED, TcpOptionKind.SACK, TcpOptionKind.TIMESTAMPS);
    }
}
