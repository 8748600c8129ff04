package org.netchannel.optimized.hash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The vectors that its authors publish: the key is the bytes 0 to 15, the message the bytes 0, 1, 2, and so on. */
class SipHashTest {
    private final SipHash hash = new SipHash(0x0706_0504_0302_0100L, 0x0f0e_0d0c_0b0a_0908L);

    @Test
    void hashesAreThoseOfThePublishedVectors() {
        assertThat(hash.start().finish()).isEqualTo(0x726f_db47_dd0e_0e31L);
        assertThat(hash.start().absorb(0x0706_0504_0302_0100L).finish()).isEqualTo(0x93f5_f579_9a93_2462L);
    }

    @Test
    void startForgetsWhatWasAbsorbed() {
        long once = hash.start().absorb(7).finish();
        hash.start().absorb(3);
        assertThat(hash.start().absorb(7).finish()).isEqualTo(once);
    }
}
