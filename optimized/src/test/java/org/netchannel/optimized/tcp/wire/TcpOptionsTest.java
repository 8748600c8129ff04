package org.netchannel.optimized.tcp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TcpOptionsTest {
    private final TcpOptions options = new TcpOptions();

    private boolean read(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return options.read(MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    @Test
    void everyOptionThatIsWrittenIsRead() {
        MemorySegment memory = MemorySegment.ofArray(new byte[60]);
        long at = 0;
        at += TcpOptions.writeMaximumSegmentSize(memory, at, 65_495);
        at += TcpOptions.writeWindowScale(memory, at, 9);
        at += TcpOptions.writeSackPermitted(memory, at);
        at += TcpOptions.writeTimestamps(memory, at, 0x8000_0001, -2);
        at += TcpOptions.writeSackHead(memory, at, 2);
        at += TcpOptions.writeSackBlock(memory, at, 10, 20);
        at += TcpOptions.writeSackBlock(memory, at, -1, 4);

        assertThat(options.read(memory, 0, (int) at)).isTrue();
        assertThat(options.maximumSegmentSize()).isEqualTo(65_495);
        assertThat(options.windowScale()).isEqualTo(9);
        assertThat(options.isSackPermitted()).isTrue();
        assertThat(options.hasTimestamps()).isTrue();
        assertThat(options.timestampValue()).isEqualTo(0x8000_0001);
        assertThat(options.timestampEcho()).isEqualTo(-2);
        assertThat(options.sackBlocks()).isEqualTo(2);
        assertThat(options.sackLeft(1)).isEqualTo(-1);
        assertThat(options.sackRight(0)).isEqualTo(20);
    }

    @Test
    void optionsOfTheLastSegmentAreForgotten() {
        assertThat(read(4, 2, 2, 4, 5, 6)).isTrue();
        assertThat(read()).isTrue();
        assertThat(options.isSackPermitted()).isFalse();
        assertThat(options.maximumSegmentSize()).isEqualTo(TcpOptions.ABSENT);
        assertThat(options.windowScale()).isEqualTo(TcpOptions.ABSENT);
    }

    /** RFC 7323, section 2.3. */
    @Test
    void windowScaleOverFourteenCountsAsFourteen() {
        assertThat(read(3, 3, 14)).isTrue();
        assertThat(options.windowScale()).isEqualTo(14);
        assertThat(read(3, 3, 255)).isTrue();
        assertThat(options.windowScale()).isEqualTo(14);
    }

    /** RFC 9293, MUST-6. */
    @Test
    void unknownOptionsAreSkippedAndNothingIsReadBehindTheEnd() {
        assertThat(read(1, 254, 4, 9, 9, 4, 2, 0, 2, 0)).isTrue();
        assertThat(options.isSackPermitted()).isTrue();
    }

    /** RFC 9293, MUST-7. */
    @Test
    void illegalLengthsAreFound() {
        assertThat(read(254, 0)).isFalse();
        assertThat(read(254, 1)).isFalse();
        assertThat(read(254)).isFalse();
        assertThat(read(254, 3)).isFalse();
        assertThat(read(2, 3, 1)).isFalse();
        assertThat(read(3, 2)).isFalse();
        assertThat(read(4, 3, 0)).isFalse();
        assertThat(read(8, 2)).isFalse();
        assertThat(read(5, 9, 0, 0, 0, 0, 0, 0, 0)).isFalse();
    }

    @Property
    void noBytesMakeItThrow(@ForAll @Size(max = 40) byte[] bytes) {
        options.read(MemorySegment.ofArray(bytes), 0, bytes.length);
        assertThat(options.sackBlocks()).isBetween(0, TcpOptions.MAX_SACK_BLOCKS);
        assertThat(options.windowScale()).isBetween(TcpOptions.ABSENT, TcpOptions.MAX_WINDOW_SCALE);
    }
}
