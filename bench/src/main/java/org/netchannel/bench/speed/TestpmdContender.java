package org.netchannel.bench.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.netchannel.bench.hosts.HostClient;
import org.netchannel.bench.hosts.HostDevice;
import org.netchannel.bench.hosts.HostTransport;
import org.netchannel.bench.hosts.Order;
import org.netchannel.bench.hosts.Ordered;
import org.netchannel.bench.hosts.Testpmd;

/**
 * What the devices of two hosts carry with nothing above them: full frames of dpdk-testpmd there to dpdk-testpmd here,
 * counted as if each had a segment of TCP in it.
 */
record TestpmdContender(HostClient client, HostDevice device) implements Contender {
    /** The order: transport and size do not count. */
    static final Order FRAMES = new Order(Order.Task.FRAMES, HostTransport.DPDK_INVOKER, 1);
    /** Of IPv4, and of TCP with timestamps. */
    private static final int HEADERS = 20 + 32;

    @Override
    public String name() {
        return "testpmd";
    }

    @Override
    public Map<Quantity, Double> sample(Duration time) throws IOException {
        Ordered sending = client.order(FRAMES).orElseThrow(
                () -> new IOException("the other host refuses to send frames"));
        try (sending; Testpmd receiving = Testpmd.receiving(device)) {
            double payloadBits = (device.settings().mtu() - HEADERS) * 8.0;
            return Map.of(Quantity.GBIT_PER_SECOND, receiving.framesPerSecond(time) * payloadBits / 1e9);
        }
    }
}
