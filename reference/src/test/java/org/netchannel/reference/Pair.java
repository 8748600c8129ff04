package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome;

/** Two endpoints and the channels between them. Packets move when the test says so. */
final class Pair {
    final ReferenceEndpoint a = new ReferenceEndpoint();
    final ReferenceEndpoint b = new ReferenceEndpoint();
    private final Map<Integer, Deque<Bytes>> toA = new HashMap<>();
    private final Map<Integer, Deque<Bytes>> toB = new HashMap<>();

    Pair(Config config) {
        ok(a.open(config, 1, OptionalLong.of(10)));
        ok(b.open(config, 2, OptionalLong.of(20)));
    }

    static <T> T ok(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Ok.class);
        return ((Outcome.Ok<T>) outcome).value();
    }

    /** A channel that a dialed comes up on both sides. */
    void up(int channel, ChannelClass channelClass) {
        ok(a.channelUp(channel, channelClass, true));
        ok(b.channelUp(channel, channelClass, false));
        toA.put(channel, new ArrayDeque<>());
        toB.put(channel, new ArrayDeque<>());
    }

    /** Moves packets until nothing moves any more. */
    void run() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int channel : toA.keySet()) {
                moved |= move(a, b, channel, toB.get(channel));
                moved |= move(b, a, channel, toA.get(channel));
            }
        }
    }

    private static boolean move(ReferenceEndpoint from, ReferenceEndpoint to, int channel, Deque<Bytes> flight) {
        List<Bytes> pulled = ok(from.pull(channel, 4));
        flight.addAll(pulled);
        boolean moved = !pulled.isEmpty();
        while (!flight.isEmpty()) {
            Delivery delivery = ok(to.deliver(channel, flight.peek()));
            if (!delivery.accepted()) {
                return moved;
            }
            flight.remove();
            moved = true;
        }
        return moved;
    }
}
