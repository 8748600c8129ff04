package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.dpdk.host.WildHosts;
import org.netchannel.optimized.tcp.wire.Ipv6Address;

/** Over a device with two queues, each of which has a thread that dials. */
@ExtendWith(WithDpdk.class)
class DpdkScalingTest extends ScalingContract {
    private static final int PORT = 7_000;

    private WildHosts hosts;

    @Override
    void dial(NetStack dialing, NetStack listening, ChannelRange range) throws DpdkException {
        hosts = new WildHosts(2, 1_500, WildHosts.Choice.SAME);
        DpdkLinks.open(listening, hosts.hosts(1)).listen(PORT);
        DpdkLinks.open(dialing, hosts.hosts(0)).dial(Ipv6Address.ofIpv4(WildHosts.address(1)), PORT, range, range);
    }

    @AfterEach
    @Override
    void close() {
        super.close();
        assertThat(hosts.close()).as("mbufs that are missing").isZero();
    }
}
