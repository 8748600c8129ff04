package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Pair.ok;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome;

/** A link between two hosts whose channels deliver, delay, drain and fail at random. */
final class RandomLink {
    /** A channel: what is under way to either host, and which hosts have seen it fail. */
    static final class Wire {
        final int number;
        final ChannelClass channelClass;
        final List<Deque<Bytes>> toHost = List.of(new ArrayDeque<>(), new ArrayDeque<>());
        final boolean[] down = new boolean[2];
        boolean retired;

        Wire(int number, ChannelClass channelClass) {
            this.number = number;
            this.channelClass = channelClass;
        }
    }

    final ReferenceEndpoint[] hosts = {new ReferenceEndpoint(), new ReferenceEndpoint()};
    final List<Wire> wires = new ArrayList<>();
    private final Random random;
    private int nextChannel = 1;

    RandomLink(Random random) {
        this.random = random;
        Config config = Config.DEFAULTS;
        config = config.with(Setting.SEND_BUFFER, 1 + random.nextInt(400));
        config = config.with(Setting.RECEIVE_BUFFER, 1 + random.nextInt(300));
        config = config.with(Setting.CHANNEL_BUDGET, 1 + random.nextInt(300));
        config = config.with(Setting.QUEUE_THRESHOLD, 1 + random.nextInt(300));
        config = config.with(Setting.MAX_PAYLOAD, 1 + random.nextInt(100));
        for (int host = 0; host < 2; host++) {
            ok(hosts[host].open(config, random.nextLong(), OptionalLong.of(host + 1)));
        }
    }

    void up(ChannelClass channelClass) {
        boolean dialer = random.nextBoolean();
        int number = 2 * nextChannel++ + (dialer ? 1 : 0);
        ok(hosts[0].channelUp(number, channelClass, dialer));
        ok(hosts[1].channelUp(number, channelClass, !dialer));
        wires.add(new Wire(number, channelClass));
    }

    Wire anyWire() {
        return wires.get(random.nextInt(wires.size()));
    }

    /** One host sees the channel fail; what is under way to the other may still arrive. */
    void down(Wire wire, int host) {
        wire.down[host] = true;
        wire.retired = true;
        ok(hosts[host].channelDown(wire.number));
        if (wire.down[0] && wire.down[1]) {
            wires.remove(wire);
        }
    }

    void drain(Wire wire, int host) {
        if (wire.channelClass != ChannelClass.CONTROL) {
            wire.retired = true;
            ok(hosts[host].channelDrain(wire.number));
        }
    }

    /** Moves at most {@code most} packets of one channel to and at the host; says whether any moved. */
    boolean move(Wire wire, int host, int most) {
        Deque<Bytes> underWay = wire.toHost.get(host);
        boolean moved = false;
        if (!wire.down[1 - host] && !wire.down[host]) {
            List<Bytes> pulled = ok(hosts[1 - host].pull(wire.number, most));
            moved = underWay.addAll(pulled);
        }
        for (int i = 0; i < most && !underWay.isEmpty() && !wire.down[host]; i++) {
            Delivery delivery = ok(hosts[host].deliver(wire.number, underWay.peek()));
            assertThat(delivery.failed()).isFalse();
            if (!delivery.accepted()) {
                return moved;
            }
            underWay.remove();
            moved = true;
        }
        return moved;
    }

    void checkInvariants() {
        for (ReferenceEndpoint host : hosts) {
            Invariants.check(host.state().orElseThrow());
        }
    }

    static <T> boolean isOk(Outcome<T> outcome) {
        return outcome instanceof Outcome.Ok<T>;
    }
}
