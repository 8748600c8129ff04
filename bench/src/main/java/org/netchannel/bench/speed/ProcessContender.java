package org.netchannel.bench.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.netchannel.bench.hosts.ChildHost;
import org.netchannel.bench.hosts.Order;

/**
 * Two processes of this machine: another one sends without end, this one receives and checks. The other one lives until
 * the question is answered, so that its code is warm, too.
 */
final class ProcessContender implements Contender {
    /** Starts the other process. */
    interface Starting {
        ChildHost start() throws IOException;
    }

    private final String name;
    private final Order order;
    private final Starting starting;
    private ChildHost other;

    ProcessContender(String name, Order order, Starting starting) {
        this.name = name;
        this.order = order;
        this.starting = starting;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<Quantity, Double> sample(Duration time) throws IOException {
        if (other == null) {
            other = starting.start();
        }
        return new HostContender(name, other.client(), order, order.transport()).sample(time);
    }

    @Override
    public void close() {
        if (other != null) {
            other.close();
            other = null;
        }
    }
}
