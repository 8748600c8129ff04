package org.netchannel.optimized.tcp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Counters;
import org.netchannel.optimized.tcp.wire.ArpPacket;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;

/** RFC 826; RFC 1122, section 2.3.2. */
class NeighboursTest implements FrameSink {
    private static final long SECOND = 1_000_000_000L;
    private static final int SELF = 0x0a00_0001;
    private static final int OTHER = 0x0a00_0002;
    private static final long LINK = 0x0200_0000_0001L;
    private static final long OTHER_LINK = 0x0200_0000_0002L;

    private record Sent(long destination, int operation, int target) {}

    private final Interface self = new Interface(LINK, SELF, 24, 0x0a00_00fe);
    private final Counters counters = new Counters();
    private int changes;
    private final Neighbours neighbours = new Neighbours(self, counters, () -> changes++);
    private final MemorySegment memory = MemorySegment.ofArray(new byte[128]);
    private final List<Sent> sent = new ArrayList<>();

    @Override
    public MemorySegment begin() {
        return memory;
    }

    @Override
    public void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
        sent.add(new Sent(EthernetHeader.destination(memory, 0), ArpPacket.operation(memory, 14),
                ArpPacket.target(memory, 14)));
    }

    private List<Sent> drain() {
        sent.clear();
        while (neighbours.transmit(this)) {
            // Until nothing waits.
        }
        return sent;
    }

    private void arrives(int operation, int sender, long link, int target) {
        MemorySegment packet = MemorySegment.ofArray(new byte[28]);
        ArpPacket.write(packet, 0, operation, link, sender, 0, target);
        neighbours.receive(packet, 0, 28);
    }

    @Test
    void whoIsNotKnownIsAskedOnceASecondAndThenGivenUp() {
        Neighbour neighbour = neighbours.towards(OTHER, true);
        neighbours.towards(OTHER, true);
        assertThat(drain()).containsExactly(new Sent(EthernetHeader.BROADCAST, ArpPacket.REQUEST, OTHER));
        neighbours.advance(SECOND - 1);
        assertThat(drain()).isEmpty();
        neighbours.advance(SECOND);
        assertThat(drain()).hasSize(1);
        neighbours.advance(2 * SECOND);
        assertThat(drain()).hasSize(1);
        neighbours.advance(3 * SECOND);
        assertThat(drain()).isEmpty();
        assertThat(neighbour.known).isFalse();
        assertThat(neighbours.size()).isZero();
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void answerMakesANeighbourReachableAndEndsTheQuestions() {
        Neighbour neighbour = neighbours.towards(OTHER, true);
        arrives(ArpPacket.REPLY, OTHER, OTHER_LINK, SELF);
        assertThat(neighbour.link).isEqualTo(OTHER_LINK);
        assertThat(changes).isEqualTo(1);
        drain();
        neighbours.advance(50 * SECOND);
        neighbours.use(neighbour);
        assertThat(drain()).isEmpty();
        neighbours.advance(61 * SECOND);
        neighbours.use(neighbour);
        neighbours.use(neighbour);
        assertThat(drain()).hasSize(1);
        assertThat(neighbour.isReachable()).isTrue();
    }

    @Test
    void whoAsksForThisHostIsAnsweredAndKnown() {
        arrives(ArpPacket.REQUEST, OTHER, OTHER_LINK, SELF);
        assertThat(drain()).containsExactly(new Sent(OTHER_LINK, ArpPacket.REPLY, OTHER));
        assertThat(neighbours.towards(OTHER, true).link).isEqualTo(OTHER_LINK);
    }

    @Test
    void whoAsksForOthersIsNeitherAnsweredNorRemembered() {
        arrives(ArpPacket.REQUEST, OTHER, OTHER_LINK, 0x0a00_0003);
        arrives(ArpPacket.REPLY, OTHER, OTHER_LINK, 0x0a00_0003);
        assertThat(drain()).isEmpty();
        assertThat(neighbours.size()).isZero();
    }

    @Test
    void impossibleSendersAreNotBelieved() {
        arrives(ArpPacket.REPLY, SELF, OTHER_LINK, SELF);
        arrives(ArpPacket.REPLY, OTHER, EthernetHeader.BROADCAST, SELF);
        arrives(ArpPacket.REPLY, OTHER, 0, SELF);
        assertThat(counters.get(Counter.IMPOSSIBLE_SOURCE)).isEqualTo(3);
        arrives(ArpPacket.REPLY, 0x0b00_0001, OTHER_LINK, SELF);
        arrives(ArpPacket.REPLY, 0x0a00_00ff, OTHER_LINK, SELF);
        assertThat(neighbours.size()).isZero();
    }

    @Test
    void floodOfAskersIsBounded() {
        Neighbours many = new Neighbours(new Interface(LINK, SELF, 8, 0), counters, () -> { });
        for (int i = 2; i < 5_000; i++) {
            MemorySegment packet = MemorySegment.ofArray(new byte[28]);
            ArpPacket.write(packet, 0, ArpPacket.REQUEST, OTHER_LINK, 0x0a00_0000 + i, 0, SELF);
            many.receive(packet, 0, 28);
        }
        assertThat(many.size()).isEqualTo(Neighbours.CAPACITY);
        assertThat(counters.get(Counter.ANSWERS_DROPPED)).isPositive();
        assertThat(many.towards(0x0a80_0000, true).isReachable()).isFalse();
        assertThat(many.size()).isEqualTo(Neighbours.CAPACITY);
        assertThat(counters.get(Counter.NEIGHBOUR_EVICTED)).isEqualTo(1);
    }

    /** Spoofed strangers, that are to be answered, and that nobody finds. */
    @Test
    void whoIsInUseIsNotForgottenForStrangers() {
        Neighbours many = new Neighbours(new Interface(LINK, SELF, 8, 0), counters, () -> { });
        MemorySegment packet = MemorySegment.ofArray(new byte[28]);
        ArpPacket.write(packet, 0, ArpPacket.REQUEST, OTHER_LINK, OTHER, 0, SELF);
        many.receive(packet, 0, 28);
        Neighbour used = many.towards(OTHER, true);
        many.advance(SECOND);
        Neighbour firstStranger = many.towards(0x0a01_0000, true);
        for (int i = 1; i < 5_000; i++) {
            assertThat(many.towards(0x0a01_0000 + i, true).known).isTrue();
            assertThat(firstStranger.known).isEqualTo(i < Neighbours.CAPACITY - 1);
        }
        assertThat(used.known).isTrue();
        assertThat(many.towards(OTHER, true)).isSameAs(used);
        assertThat(many.size()).isEqualTo(Neighbours.CAPACITY);
    }

    @Test
    void nobodyMakesWayForAnAnswer() {
        Neighbours many = new Neighbours(new Interface(LINK, SELF, 8, 0), counters, () -> { });
        for (int i = 0; i < Neighbours.CAPACITY; i++) {
            assertThat(many.towards(0x0a01_0000 + i, false)).isNotNull();
        }
        assertThat(many.towards(OTHER, false)).isNull();
        assertThat(many.towards(0x0a01_0000, false)).isNotNull();
        assertThat(counters.get(Counter.NEIGHBOUR_EVICTED)).isZero();
    }

    @Test
    void whatIsNotOnTheLinkGoesThroughTheGateway() {
        assertThat(neighbours.towards(0x0808_0808, true).address.ipv4()).isEqualTo(0x0a00_00fe);
        assertThat(neighbours.towards(0x0a00_0007, true).address.ipv4()).isEqualTo(0x0a00_0007);
        assertThat(new Interface(LINK, SELF, 32, OTHER).nextHop(0x0a00_0007)).isEqualTo(OTHER);
    }

    @Test
    void impossibleInterfacesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Interface(EthernetHeader.BROADCAST, SELF, 24, 0))
                .withMessageContaining("link address");
        assertThatIllegalArgumentException().isThrownBy(() -> new Interface(LINK, SELF, 0, 0))
                .withMessageContaining("1 to 32");
        assertThatIllegalArgumentException().isThrownBy(() -> new Interface(LINK, SELF, 33, 0));
        assertThat(self.isPossiblePeer(0x7f00_0001)).isFalse();
        assertThat(self.isPossiblePeer(0xe000_0001)).isFalse();
        assertThat(self.isPossiblePeer(0x0a00_00ff)).isFalse();
        assertThat(self.isPossiblePeer(0)).isFalse();
        assertThat(self.isPossiblePeer(0x0808_0808)).isTrue();
    }
}
