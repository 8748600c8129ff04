package org.netchannel.bench.speed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.netchannel.bench.hosts.HostClient;
import org.netchannel.bench.hosts.HostTransport;
import org.netchannel.bench.hosts.Order;
import org.netchannel.bench.hosts.Session;
import org.netchannel.bench.stack.Bytes;
import org.netchannel.bench.stack.Pipe;

/** Messages from another host, or there and back; this one checks every byte. */
record HostContender(String name, HostClient client, Order order, HostTransport here) implements Contender {
    /** The same transport at both ends. */
    static HostContender alike(HostClient client, Order order) {
        return new HostContender(order.transport().tableName(), client, order, order.transport());
    }

    @Override
    public Map<Quantity, Double> sample(Duration time) throws IOException {
        try (Session session = client.open(order, here)) {
            return order.task() == Order.Task.SOURCE
                    ? StreamContender.measure(session.end(), order.size(), time)
                    : exchange(session.end(), time);
        }
    }

    private Map<Quantity, Double> exchange(Pipe.End end, Duration time) throws IOException {
        ByteBuffer source = Bytes.pattern(order.size());
        ByteBuffer target = ByteBuffer.allocateDirect(order.size());
        return RoundTripContender.measure(() -> {
            end.send(source.clear());
            end.receiveFully(target.clear());
            Bytes.requireSame(source.flip(), target.flip());
        }, time);
    }
}
