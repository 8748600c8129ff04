package org.netchannel.optimized.tcp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class PlainFramePoolTest {
    private final PlainFramePool pool = new PlainFramePool(Arena.ofAuto(), 2, 100);

    @Test
    void anEmptyPoolGivesNothingUntilABufferComesBack() {
        FrameBuffer first = pool.claim();
        FrameBuffer second = pool.claim();
        assertThat(second).isNotSameAs(first);
        assertThat(pool.claim()).isNull();
        first.release();
        assertThat(pool.claim()).isSameAs(first);
    }

    @Test
    void aBufferComesBackWithItsLastReference() {
        FrameBuffer buffer = pool.claim();
        assertThat(buffer.isShared()).isFalse();
        buffer.retain();
        assertThat(buffer.isShared()).isTrue();
        buffer.release();
        assertThat(pool.freeBuffers()).isEqualTo(1);
        buffer.release();
        assertThat(pool.freeBuffers()).isEqualTo(2);
        assertThatIllegalStateException().isThrownBy(buffer::release);
        assertThatIllegalStateException().isThrownBy(buffer::retain);
    }
}
