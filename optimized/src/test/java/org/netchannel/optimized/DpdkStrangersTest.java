package org.netchannel.optimized;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.WithDpdk;
import org.netchannel.optimized.dpdk.host.DpdkHost;
import org.netchannel.optimized.dpdk.host.RingHosts;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.wire.SegmentChecksum;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** {@link StrangersTest} over a device of DPDK (NC-CH-2). */
@ExtendWith(WithDpdk.class)
@Timeout(60)
class DpdkStrangersTest {
    private static final int PORT = 7_000;

    private final List<TcpConnection> strangers = new ArrayList<>();
    private RingHosts hosts;
    private NetStack listening;
    private NetStack dialing;
    private DpdkLink link;

    @BeforeEach
    void listen() throws DpdkException {
        hosts = new RingHosts("strange", DpdkHost.settings(1_500), SegmentChecksum.SOFTWARE, device -> device);
        listening = stack();
        listening.limit(Limits.DEFAULTS.with(Limit.STRANGERS, 8));
        dialing = stack();
        DpdkLink.open(listening, hosts.host(1)).listen(PORT);
        link = DpdkLink.open(dialing, hosts.host(0));
    }

    private static NetStack stack() {
        return new NetStack(Config.DEFAULTS, NetStack.Mode.INVOKER, SchedulingPolicies.ROUND_ROBIN, 8 << 20);
    }

    @AfterEach
    void close() {
        dialing.close();
        listening.close();
        hosts.close();
    }

    private void until(BooleanSupplier reached) {
        Until.reached(reached, () -> {
            dialing.doWork();
            listening.doWork();
        });
    }

    private long times(Limited what) {
        return listening.host().statistics.times(what);
    }

    private TcpConnection stranger() {
        TcpConnection stranger = hosts.host(0).ip().connect(hosts.address(1), PORT);
        strangers.add(stranger);
        until(() -> stranger.state() == State.ESTABLISHED);
        return stranger;
    }

    /** From both sides of the bound: the one that has waited longest makes way, and an honest peer comes in. */
    @Test
    void strangersThatSayNothingKeepNobodyOut() {
        for (int i = 0; i < 8; i++) {
            stranger();
        }
        long start = dialing.host().now;
        // Long enough that all of them have been looked at.
        until(() -> dialing.host().now - start > 50_000_000);
        assertThat(times(Limited.STRANGER_REPLACED)).isZero();
        stranger();
        until(() -> times(Limited.STRANGER_REPLACED) == 1);
        until(() -> strangers.get(0).failure() != null);
        assertThat(strangers.get(1).failure()).isNull();
        link.dial(hosts.address(1), PORT, 2, 0);
        until(() -> dialing.activeChannels(ChannelClass.LATENCY).length == 2);
        assertThat(times(Limited.STRANGER_REPLACED)).isEqualTo(1 + 3);
        assertThat(times(Limited.STRANGER_SHOWN_OUT)).isZero();
    }

    @Test
    void strangersThatSayNothingForTooLongOrNonsenseAreShownOut() {
        TcpConnection loud = stranger();
        byte[] nonsense = new byte[Hello.PACKET_BYTES];
        assertThat(loud.send(MemorySegment.ofArray(nonsense), 0, nonsense.length)).isEqualTo(nonsense.length);
        until(() -> times(Limited.STRANGER_SHOWN_OUT) == 1);
        until(() -> loud.failure() != null);
        listening.limit(Limits.DEFAULTS.with(Limit.HELLO_PATIENCE, 30_000_000));
        TcpConnection silent = stranger();
        until(() -> times(Limited.STRANGER_SHOWN_OUT) == 2);
        until(() -> silent.failure() != null);
        assertThat(listening.host().link.count()).isZero();
    }
}
