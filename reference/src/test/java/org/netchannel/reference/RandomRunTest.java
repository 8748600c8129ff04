package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Pair.ok;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.netchannel.reference.RandomLink.Wire;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Received;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Failed;
import org.netchannel.traces.Reason;

/**
 * Two hosts, channels that fail and drain, applications that do what they like: no byte is lost, repeated or out of
 * order.
 */
class RandomRunTest {
    private static final int PORT = 80;

    /** One end of a connection, as its application sees it. */
    private static final class End {
        final int host;
        final int socket;
        final long connection;
        long sent;
        long read;
        boolean ended;
        boolean shut;
        Optional<Failed<?>> error = Optional.empty();

        End(int host, Connected connected) {
            this.host = host;
            this.socket = connected.socket();
            this.connection = connected.connection();
        }
    }

    private final List<End> ends = new ArrayList<>();
    private RandomLink link;
    private Random random;

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void streamsArriveWholeInOrderAndOnceWhateverTheChannelsDo(@ForAll long seed) {
        random = new Random(seed);
        link = new RandomLink(random);
        ends.clear();
        ok(link.hosts[1].listen(PORT, 3));
        ok(link.hosts[0].listen(PORT, 3));
        raiseChannels();
        for (int i = 0; i < 400; i++) {
            act();
            link.checkInvariants();
        }
        finish();
    }

    private void raiseChannels() {
        for (ChannelClass channelClass : ChannelClass.values()) {
            if (link.wires.stream().filter(wire -> wire.channelClass == channelClass && !wire.retired).count() < 2) {
                link.up(channelClass);
            }
        }
    }

    private void act() {
        switch (random.nextInt(20)) {
            case 0 -> connect(random.nextInt(2));
            case 1 -> accept(random.nextInt(2));
            case 2, 3, 4, 5 -> anyEnd().ifPresent(this::send);
            case 6, 7, 8 -> anyEnd().ifPresent(this::receive);
            case 9 -> anyEnd().filter(end -> random.nextInt(4) == 0).ifPresent(this::shutdown);
            case 10 -> advance(random.nextInt(1_500_000));
            case 11 -> {
                if (random.nextInt(4) == 0) {
                    link.down(link.anyWire(), random.nextInt(2));
                    raiseChannels();
                } else if (random.nextInt(4) == 0) {
                    link.drain(link.anyWire(), random.nextInt(2));
                    raiseChannels();
                }
            }
            default -> link.move(link.anyWire(), random.nextInt(2), 1 + random.nextInt(3));
        }
    }

    private Optional<End> anyEnd() {
        return ends.isEmpty() ? Optional.empty() : Optional.of(ends.get(random.nextInt(ends.size())));
    }

    private void connect(int host) {
        if (ends.size() < 12) {
            ChannelClass trafficClass = random.nextBoolean() ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT;
            ends.add(new End(host, ok(link.hosts[host].connect(PORT, trafficClass))));
        }
    }

    private void accept(int host) {
        ok(link.hosts[host].accept(PORT)).ifPresent(connected -> ends.add(new End(host, connected)));
    }

    private boolean isOver() {
        return ends.stream().allMatch(end -> end.ended || end.error.isPresent());
    }

    private static byte pattern(long connection, int from, long offset) {
        return (byte) (connection + from * 31 + offset * 7);
    }

    private void send(End end) {
        if (end.shut) {
            return;
        }
        byte[] bytes = new byte[1 + random.nextInt(200)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = pattern(end.connection, end.host, end.sent + i);
        }
        Outcome<Integer> outcome = link.hosts[end.host].send(end.socket, Bytes.of(bytes));
        note(end, outcome);
        end.sent += outcome instanceof Outcome.Ok<Integer>(Integer taken) ? taken : 0;
    }

    private void receive(End end) {
        Outcome<Received> outcome = link.hosts[end.host].receive(end.socket, 1 + random.nextInt(300));
        note(end, outcome);
        if (outcome instanceof Outcome.Ok<Received>(Received received)) {
            assertThat(end.ended && received.data().length() > 0).as("NC-FIN-2").isFalse();
            end.ended |= received.end();
            for (int i = 0; i < received.data().length(); i++) {
                assertThat(received.data().at(i)).as("NC-DATA-1")
                        .isEqualTo(pattern(end.connection, 1 - end.host, end.read++));
            }
        }
    }

    private static void note(End end, Outcome<?> outcome) {
        if (outcome instanceof Failed<?> failed) {
            end.error = Optional.of(failed);
        }
    }

    private void shutdown(End end) {
        end.shut = true;
        ok(link.hosts[end.host].shutdown(end.socket));
    }

    private void advance(long nanos) {
        ok(link.hosts[0].advance(nanos));
        ok(link.hosts[1].advance(nanos));
    }

    /** Channels stay up, everybody accepts, shuts down and reads: then everything that was sent arrives. */
    private void finish() {
        for (Wire wire : List.copyOf(link.wires)) {
            for (int host = 0; host < 2; host++) {
                if (wire.down[1 - host] && !wire.down[host]) {
                    link.down(wire, host);
                }
            }
        }
        raiseChannels();
        for (int round = 0; round < 3_000 && !isOver(); round++) {
            for (Wire wire : link.wires) {
                link.move(wire, 0, 100);
                link.move(wire, 1, 100);
            }
            accept(0);
            accept(1);
            for (End end : ends) {
                receive(end);
                shutdown(end);
            }
            advance(500_000);
        }
        for (End end : ends) {
            if (end.error.isPresent()) {
                assertThat(end.error.get().reason()).contains(Reason.BACKLOG_FULL);
            } else {
                End peer = ends.stream()
                        .filter(other -> other.connection == end.connection && other.host != end.host)
                        .findFirst().orElseThrow();
                assertThat(end.ended).as("end-of-stream").isTrue();
                assertThat(end.read).isEqualTo(peer.sent);
            }
        }
    }
}
