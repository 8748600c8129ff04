package org.netchannel.optimized.dpdk.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netchannel.optimized.dpdk.DpdkException;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.WithDpdk;

/** What stands for a received mbuf. */
@ExtendWith(WithDpdk.class)
class MbufFramesTest {
    /** With several queues every host sees every mbuf of the device, sooner or later. */
    @Test
    void thereAreAsManyFramesAsAreHeldAtATimeAndNotAsThereAreMbufs() throws DpdkException {
        try (MbufPool pool = MbufPool.create("frames-test", 255, 2_048)) {
            MbufFrames frames = new MbufFrames();
            MbufBurst received = new MbufBurst(255);
            assertThat(pool.allocate(received, 255)).isTrue();
            Set<MbufFrame> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            MbufFrame before = frames.of(received.get(0));
            for (int i = 1; i < 255; i++) {
                MbufFrame frame = frames.of(received.get(i));
                assertThat(frame).isNotSameAs(before);
                assertThat(frames.held()).isEqualTo(2);
                seen.add(before);
                before.release();
                before = frame;
            }
            assertThat(seen).hasSize(2);
            frames.reclaim();
            assertThat(frames.held()).isZero();
            assertThat(pool.available()).isEqualTo(255);
        }
    }
}
