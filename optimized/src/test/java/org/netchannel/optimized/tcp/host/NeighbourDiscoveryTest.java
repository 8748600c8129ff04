package org.netchannel.optimized.tcp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.netchannel.optimized.tcp.Counter;
import org.netchannel.optimized.tcp.Settings;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.InternetChecksum;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.optimized.tcp.wire.Ipv6Header;
import org.netchannel.optimized.tcp.wire.NeighbourMessage;
import org.netchannel.optimized.tcp.wire.NetworkOrder;
import org.netchannel.optimized.tcp.wire.PlainFramePool;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/** Neighbour discovery, frame by frame (RFC 4861, sections 7.1 and 7.2). */
class NeighbourDiscoveryTest implements FrameSink {
    private static final long SECOND = 1_000_000_000L;
    private static final long LINK = 0x0200_0000_0001L;
    private static final long OTHER_LINK = 0x0200_0000_0002L;
    private static final Ipv6Address SELF = new Ipv6Address(0xfd00L << 48, 1);
    private static final Ipv6Address OTHER = new Ipv6Address(0xfd00L << 48, 0x1234_5678);
    private static final Ipv6Address GATEWAY = new Ipv6Address(0xfd00L << 48, 0xfe);
    private static final Ipv6Address EVERYBODY = new Ipv6Address(0xff02L << 48, 1);
    private static final Ipv6Address NOBODY = new Ipv6Address(0, 0);
    private static final int FRAME = EthernetHeader.BYTES + Ipv6Header.BYTES + NeighbourMessage.BYTES;
    private static final int FIRST_OPTION_AT = EthernetHeader.BYTES + Ipv6Header.BYTES + TcpHeader.BYTES;
    private static final int SOLICITED = NeighbourMessage.SOLICITED;
    private static final int OVERRIDE = NeighbourMessage.OVERRIDE;

    /** A message of this host. */
    private record Sent(long link, int type, int flags, Ipv6Address to, Ipv6Address target) {}

    private final PlainFramePool frames = new PlainFramePool(Arena.ofAuto(), 8, 256);
    private final Ipv6Interface self = new Ipv6Interface(SELF, 64, GATEWAY);
    private final IpHost host = new IpHost(new Interface(LINK, 0x0a00_0001, 24, 0), Settings.DEFAULTS, frames,
            SegmentChecksum.SOFTWARE, 1, 2).with(self);
    private final MemorySegment header = MemorySegment.ofArray(new byte[128]);
    private final List<Sent> sent = new ArrayList<>();
    /** Of every frame, also of those that are no messages. */
    private final List<Long> destinations = new ArrayList<>();

    @Override
    public MemorySegment begin() {
        return header;
    }

    @Override
    public void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
        destinations.add(EthernetHeader.destination(header, 0));
        if (EthernetHeader.type(header, 0) != EthernetHeader.IPV6 || headerBytes != FRAME) {
            return;
        }
        assertThat(Ipv6Header.isReadable(header, 14, FRAME - 14)).isTrue();
        assertThat(Ipv6Header.hopLimit(header, 14)).isEqualTo(255);
        assertThat(Ipv6Header.source(header, 14)).isEqualTo(SELF);
        assertThat(NeighbourMessage.isReadable(header, 54, NeighbourMessage.BYTES)).isTrue();
        assertThat(InternetChecksum.isIntact(Ipv6Header.pseudoHeader(header, 14, 32, Ipv6Header.ICMP)
                + InternetChecksum.sum(header, 54, 32))).isTrue();
        int type = NeighbourMessage.type(header, 54);
        assertThat(NeighbourMessage.link(header, 54, 32, type == NeighbourMessage.SOLICITATION
                ? NeighbourMessage.SOURCE_LINK : NeighbourMessage.TARGET_LINK)).isEqualTo(LINK);
        sent.add(new Sent(EthernetHeader.destination(header, 0), type, NeighbourMessage.flags(header, 54),
                Ipv6Header.destination(header, 14), NeighbourMessage.target(header, 54)));
    }

    private List<Sent> drain() {
        sent.clear();
        destinations.clear();
        host.transmit(this, 1_000);
        return List.copyOf(sent);
    }

    private static MemorySegment message(int type, int flags, Ipv6Address source, Ipv6Address target, int option,
            long link) {
        return message(type, flags, source, target, option, link,
                type == NeighbourMessage.SOLICITATION ? SELF.solicitedNode() : SELF);
    }

    private static MemorySegment message(int type, int flags, Ipv6Address source, Ipv6Address target, int option,
            long link, Ipv6Address to) {
        MemorySegment frame = MemorySegment.ofArray(new byte[FRAME]);
        EthernetHeader.write(frame, 0, to.isMulticast() ? to.groupLink() : LINK, OTHER_LINK, EthernetHeader.IPV6);
        Ipv6Header.write(frame, 14, NeighbourMessage.BYTES, 0, Ipv6Header.ICMP);
        Ipv6Header.writeAddresses(frame, 14, source.high(), source.low(), to.high(), to.low());
        NeighbourMessage.write(frame, 14, type, flags, target, option, link);
        return frame;
    }

    private void arrives(MemorySegment frame) {
        FrameBuffer buffer = frames.claim();
        MemorySegment.copy(frame, 0, buffer.memory(), 0, frame.byteSize());
        host.receive(buffer, 0, (int) frame.byteSize());
        buffer.release();
    }

    private void asks(Ipv6Address source, long link) {
        arrives(message(NeighbourMessage.SOLICITATION, 0, source, SELF, NeighbourMessage.SOURCE_LINK, link));
    }

    private void answers(int flags, long link) {
        arrives(message(NeighbourMessage.ADVERTISEMENT, flags, OTHER, OTHER, NeighbourMessage.TARGET_LINK, link));
    }

    private long count(Counter counter) {
        return host.counters().get(counter);
    }

    @Test
    void whoIsNotKnownIsAskedOnceASecondAndThenGivenUp() {
        host.connect(OTHER, 80);
        Sent question = new Sent(0x3333_ff34_5678L, NeighbourMessage.SOLICITATION, 0,
                new Ipv6Address(0xff02L << 48, 0x1_ff34_5678L), OTHER);
        assertThat(drain()).containsExactly(question);
        host.advance(SECOND - 1);
        assertThat(drain()).isEmpty();
        host.advance(SECOND);
        assertThat(drain()).contains(question);
        assertThat(host.neighbours()).isEqualTo(1);
    }

    @Test
    void answerMakesANeighbourReachableAndOnlyAnOverrideMovesIt() {
        host.connect(OTHER, 80);
        drain();
        answers(SOLICITED | OVERRIDE, OTHER_LINK);
        host.transmit(this, 10);
        assertThat(EthernetHeader.destination(header, 0)).as("the SYN").isEqualTo(OTHER_LINK);
        assertThat(NetworkOrder.getShort(header, FIRST_OPTION_AT + 2)).as("its MSS: MTU less both headers")
                .isEqualTo(1_500 - 40 - 20);
        answers(SOLICITED, OTHER_LINK + 1);
        host.advance(SECOND);
        host.transmit(this, 10);
        assertThat(EthernetHeader.destination(header, 0)).as("the SYN again").isEqualTo(OTHER_LINK);
        answers(SOLICITED | OVERRIDE, OTHER_LINK + 1);
        host.advance(4 * SECOND);
        host.transmit(this, 10);
        assertThat(EthernetHeader.destination(header, 0)).isEqualTo(OTHER_LINK + 1);
    }

    private static MemorySegment syn(long link, Ipv6Address to) {
        MemorySegment frame = MemorySegment.ofArray(new byte[FIRST_OPTION_AT]);
        EthernetHeader.write(frame, 0, link, OTHER_LINK, EthernetHeader.IPV6);
        Ipv6Header.write(frame, 14, TcpHeader.BYTES, 0, Ipv6Header.TCP);
        Ipv6Header.writeAddresses(frame, 14, OTHER.high(), OTHER.low(), to.high(), to.low());
        TcpHeader.write(frame, 54, 1_024, 80, 1, 0, TcpHeader.BYTES, TcpHeader.SYN, 1_000);
        TcpHeader.putChecksum(frame, 54, InternetChecksum.checksum(
                Ipv6Header.pseudoHeader(frame, 14, TcpHeader.BYTES, Ipv6Header.TCP)
                        + InternetChecksum.sum(frame, 54, TcpHeader.BYTES)));
        return frame;
    }

    /** RFC 1122, section 4.2.3.10, and RFC 9293, section 3.9.2.3: also when only the frame is for a group. */
    @Test
    void aSegmentForAGroupIsDroppedAndCounted() {
        host.listen(80, 1);
        arrives(syn(EVERYBODY.groupLink(), SELF));
        arrives(syn(SELF.solicitedNode().groupLink(), SELF));
        arrives(syn(EthernetHeader.BROADCAST, SELF));
        assertThat(count(Counter.OTHER_FRAME)).isEqualTo(3);
        arrives(syn(EVERYBODY.groupLink(), EVERYBODY));
        arrives(syn(LINK, EVERYBODY));
        assertThat(count(Counter.OTHER_PROTOCOL)).isEqualTo(2);
        MemorySegment ipv4 = syn(EVERYBODY.groupLink(), SELF);
        EthernetHeader.write(ipv4, 0, EVERYBODY.groupLink(), OTHER_LINK, EthernetHeader.IPV4);
        arrives(ipv4);
        assertThat(count(Counter.OTHER_FRAME)).isEqualTo(4);
        assertThat(count(Counter.SEGMENTS_RECEIVED)).isZero();
        arrives(syn(LINK, SELF));
        assertThat(count(Counter.SEGMENTS_RECEIVED)).isEqualTo(1);
    }

    private void announces(int flags, long link) {
        MemorySegment frame = message(NeighbourMessage.ADVERTISEMENT, flags, OTHER, OTHER,
                NeighbourMessage.TARGET_LINK, link, EVERYBODY);
        arrives(frame);
    }

    /** Section 7.2.6: who has moved says so to all, and nobody has to believe it for long. */
    @Test
    void whoTellsAllThatItHasMovedIsFoundThereAndAsked() {
        host.connect(OTHER, 80);
        drain();
        answers(SOLICITED | OVERRIDE, OTHER_LINK);
        drain();
        announces(SOLICITED | OVERRIDE, OTHER_LINK + 1);
        assertThat(count(Counter.MALFORMED_PACKET)).as("an answer to all").isEqualTo(1);
        announces(0, OTHER_LINK + 1);
        host.advance(SECOND);
        host.transmit(this, 10);
        assertThat(EthernetHeader.destination(header, 0)).as("the SYN").isEqualTo(OTHER_LINK);
        announces(OVERRIDE, OTHER_LINK + 1);
        host.advance(4 * SECOND);
        List<Sent> asked = drain();
        assertThat(destinations).containsExactly(OTHER_LINK + 1, OTHER.solicitedNode().groupLink());
        assertThat(asked).extracting(Sent::type).containsExactly(NeighbourMessage.SOLICITATION);
        announces(OVERRIDE, OTHER_LINK + 1);
        host.advance(4 * SECOND + 1);
        assertThat(drain()).as("once a second is enough, whatever others claim").isEmpty();
        answers(SOLICITED, OTHER_LINK + 1);
        host.advance(10 * SECOND);
        assertThat(drain()).isEmpty();
        assertThat(EthernetHeader.destination(header, 0)).as("the SYN again").isEqualTo(OTHER_LINK + 1);
    }

    /** Nobody is added because it says where it is. */
    @Test
    void whoWasNotAskedForIsNotKnownBecauseItTellsAll() {
        announces(OVERRIDE, OTHER_LINK);
        assertThat(host.neighbours()).isZero();
        assertThat(count(Counter.OTHER_ADDRESS)).isEqualTo(1);
    }

    @Test
    void whoAsksForThisHostIsAnsweredAndKnown() {
        asks(OTHER, OTHER_LINK);
        assertThat(drain()).containsExactly(new Sent(OTHER_LINK, NeighbourMessage.ADVERTISEMENT, SOLICITED | OVERRIDE,
                OTHER, SELF));
        assertThat(host.neighbours()).isEqualTo(1);
    }

    /** Duplicate address detection: the answer goes to all, and says that nobody had asked in particular. */
    @Test
    void nobodyWhoAsksIsAnsweredBeforeAll() {
        MemorySegment frame = message(NeighbourMessage.SOLICITATION, 0, NOBODY, SELF, 14, 0);
        arrives(frame);
        assertThat(drain()).containsExactly(new Sent(0x3333_0000_0001L, NeighbourMessage.ADVERTISEMENT, OVERRIDE,
                new Ipv6Address(0xff02L << 48, 1), SELF));
        assertThat(host.neighbours()).isZero();
    }

    @Test
    void whatHostsMayNotSendIsNotBelieved() {
        asks(SELF, OTHER_LINK);
        asks(new Ipv6Address(0xff02L << 48, 1), OTHER_LINK);
        asks(NOBODY, OTHER_LINK);
        asks(OTHER, EthernetHeader.BROADCAST);
        assertThat(count(Counter.IMPOSSIBLE_SOURCE)).isEqualTo(4);
        MemorySegment far = message(NeighbourMessage.SOLICITATION, 0, OTHER, SELF, NeighbourMessage.SOURCE_LINK, 2);
        far.set(java.lang.foreign.ValueLayout.JAVA_BYTE, 14 + 7, (byte) 254);
        arrives(far);
        assertThat(count(Counter.MALFORMED_PACKET)).as("it came through a router").isEqualTo(1);
        MemorySegment corrupt = message(NeighbourMessage.SOLICITATION, 0, OTHER, SELF, NeighbourMessage.SOURCE_LINK, 2);
        corrupt.set(java.lang.foreign.ValueLayout.JAVA_BYTE, FRAME - 1, (byte) 99);
        arrives(corrupt);
        assertThat(count(Counter.CORRUPT_PACKET)).isEqualTo(1);
        answers(SOLICITED | OVERRIDE, OTHER_LINK);
        assertThat(count(Counter.OTHER_ADDRESS)).as("nobody asked").isEqualTo(1);
        arrives(message(NeighbourMessage.SOLICITATION, 0, OTHER, GATEWAY, NeighbourMessage.SOURCE_LINK, OTHER_LINK));
        assertThat(count(Counter.OTHER_ADDRESS)).as("somebody else is asked").isEqualTo(2);
        assertThat(host.neighbours()).isZero();
        assertThat(drain()).isEmpty();
    }

    @Test
    void optionsHaveToFit() {
        for (int units : new int[] {0, 2, 255}) {
            MemorySegment frame = message(NeighbourMessage.SOLICITATION, 0, OTHER, SELF,
                    NeighbourMessage.SOURCE_LINK, OTHER_LINK);
            frame.set(java.lang.foreign.ValueLayout.JAVA_BYTE, 54 + 25, (byte) units);
            assertThat(NeighbourMessage.isReadable(frame, 54, 32)).as("%d units", units).isFalse();
        }
        MemorySegment frame = message(NeighbourMessage.SOLICITATION, 0, OTHER, SELF, NeighbourMessage.SOURCE_LINK, 2);
        assertThat(NeighbourMessage.isReadable(frame, 54, 25)).isFalse();
        assertThat(NeighbourMessage.isReadable(frame, 54, 24)).isTrue();
        assertThat(NeighbourMessage.isReadable(frame, 54, 23)).isFalse();
    }

    @Test
    void floodOfAskersIsBounded() {
        for (int i = 0; i < 5_000; i++) {
            asks(new Ipv6Address(SELF.high(), 1_000 + i), OTHER_LINK);
        }
        assertThat(host.neighbours()).isEqualTo(NeighbourTable.CAPACITY);
        assertThat(count(Counter.ANSWERS_DROPPED)).isPositive();
    }

    /** Whatever comes: nothing is read that is not there, and no buffer is lost. */
    @Test
    void anyBytesAreSurvived() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300_000; i++) {
            byte[] bytes = message(random.nextBoolean() ? 135 : 136, random.nextInt(), OTHER, SELF, random.nextInt(4),
                    OTHER_LINK).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
            for (int change = random.nextInt(4); change > 0; change--) {
                bytes[random.nextInt(12, bytes.length)] = (byte) random.nextInt();
            }
            MemorySegment exact = MemorySegment.ofArray(bytes).asSlice(0, random.nextInt(bytes.length + 1));
            int length = (int) exact.byteSize();
            if (length > 14 && Ipv6Header.isReadable(exact, 14, length - 14) && length >= 58) {
                NeighbourMessage.type(exact, 54);
                if (NeighbourMessage.isReadable(exact, 54, length - 54)) {
                    NeighbourMessage.link(exact, 54, length - 54, NeighbourMessage.SOURCE_LINK);
                }
            }
            arrives(exact);
        }
        assertThat(frames.freeBuffers()).isEqualTo(8);
    }

    @Test
    void addressesOnTheLinkAndBeyondAreToldApart() {
        Ipv6Address far = new Ipv6Address(0x2001_0db8L << 32, 1);
        assertThat(self.nextHop(OTHER)).isEqualTo(OTHER);
        assertThat(self.nextHop(far)).isEqualTo(GATEWAY);
        assertThat(self.nextHop(new Ipv6Address(0xfe80L << 48, 7))).as("link-local").isEqualTo(
                new Ipv6Address(0xfe80L << 48, 7));
        assertThat(new Ipv6Interface(SELF, 128, GATEWAY).nextHop(OTHER)).isEqualTo(GATEWAY);
        assertThat(new Ipv6Interface(SELF, 96, GATEWAY).isOnLink(new Ipv6Address(SELF.high(), 1L << 32))).isFalse();
        assertThat(new Ipv6Interface(SELF, 96, GATEWAY).isOnLink(OTHER)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new Ipv6Interface(SELF, 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ipv6Interface(SELF, 129, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ipv6Interface(new Ipv6Address(0, 1), 64, null));
        assertThatIllegalArgumentException().isThrownBy(() -> host.connect(SELF, 80));
        assertThatIllegalArgumentException().isThrownBy(() -> host.connect(Ipv6Address.ofIpv4(5), 80));
    }
}
