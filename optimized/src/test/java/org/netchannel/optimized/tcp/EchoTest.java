package org.netchannel.optimized.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.ScriptedPeer.Sent;
import org.netchannel.optimized.tcp.congestion.CongestionAlgorithm;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** How a receiver tells of congestion marks. */
class EchoTest {
    private ScriptedPeer peer;

    private void connect(CongestionAlgorithm algorithm) {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.ECN, 1).with(algorithm));
        peer.host.listen(ScriptedPeer.PORT, 1);
        peer.withMss(1_000).send(TcpHeader.SYN | TcpHeader.ECE | TcpHeader.CWR, 0, 0, 0);
        peer.send(TcpHeader.ACK, 1, 1, 0);
        peer.drain();
    }

    private List<Sent> data(int sequence, int ecn, int flags) {
        peer.ecn = ecn;
        peer.send(TcpHeader.ACK | flags, sequence, 1, 1_000);
        return peer.drain();
    }

    /** RFC 3168, section 6.1.3: from the first mark until the sender says that it has reduced its window. */
    @Test
    void markIsEchoedUntilTheWindowWasReduced() {
        connect(CongestionAlgorithm.NEW_RENO);
        data(1, Ipv4Header.ECT_0, 0);
        assertThat(data(1_001, Ipv4Header.CE, 0)).singleElement().matches(it -> it.has(TcpHeader.ECE));
        data(2_001, Ipv4Header.ECT_0, 0);
        assertThat(data(3_001, Ipv4Header.ECT_0, 0)).singleElement().matches(it -> it.has(TcpHeader.ECE));
        data(4_001, Ipv4Header.ECT_0, TcpHeader.CWR);
        assertThat(data(5_001, Ipv4Header.ECT_0, 0)).singleElement().matches(it -> !it.has(TcpHeader.ECE));
        assertThat(peer.host.counters().get(Counter.CONGESTION_MARKS)).isEqualTo(1);
    }

    /** RFC 8257, section 3.2: when marks begin or end, what came before is acknowledged at once as it was. */
    @Test
    void dctcpEchoesEachMarkExactly() {
        connect(CongestionAlgorithm.DCTCP);
        assertThat(data(1, Ipv4Header.ECT_0, 0)).isEmpty();
        List<Sent> answers = data(1_001, Ipv4Header.CE, 0);
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0)).matches(it -> it.ack() == 1_001 && !it.has(TcpHeader.ECE));
        assertThat(answers.get(1)).matches(it -> it.ack() == 2_001 && it.has(TcpHeader.ECE));
        assertThat(data(2_001, Ipv4Header.CE, 0)).isEmpty();
        answers = data(3_001, Ipv4Header.ECT_0, 0);
        assertThat(answers.get(0)).matches(it -> it.ack() == 3_001 && it.has(TcpHeader.ECE));
        assertThat(answers.getLast()).matches(it -> it.ack() == 4_001 && !it.has(TcpHeader.ECE));
    }

    /** RFC 3168, section 6.1.1: without the question there is no ECN. */
    @Test
    void peerThatDoesNotAskGetsNoEcn() {
        peer = new ScriptedPeer(ScriptedPeer.plain().with(Setting.ECN, 1));
        TcpConnection connection = peer.accept();
        ScriptedPeer.write(peer, connection, 1_000);
        assertThat(peer.drain()).singleElement().matches(it -> it.ecn() == Ipv4Header.NOT_ECT);
        data(1, Ipv4Header.CE, 0);
        assertThat(data(1_001, Ipv4Header.CE, 0)).noneMatch(it -> it.has(TcpHeader.ECE));
    }
}
