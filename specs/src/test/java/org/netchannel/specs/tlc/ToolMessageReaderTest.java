package org.netchannel.specs.tlc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolMessageReaderTest {
    private final List<ToolMessage> messages = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private void read(String text) throws IOException {
        new ToolMessageReader(messages::add, lines::add).read(new StringReader(text));
    }

    @Test
    void messagesAndOtherLinesAreToldApart() throws IOException {
        read("""
                before
                @!@!@STARTMSG 2217:4 @!@!@
                1: <Initial predicate>
                x = 0

                @!@!@ENDMSG 2217 @!@!@
                after
                """);
        assertThat(messages).containsExactly(new ToolMessage(2217, 4, "1: <Initial predicate>\nx = 0\n\n"));
        assertThat(lines).containsExactly("before", "after");
    }

    @Test
    void messageCutOffByTheEndIsHandedOn() throws IOException {
        read("@!@!@STARTMSG 1000:1 @!@!@\nout of");
        assertThat(messages).containsExactly(new ToolMessage(1000, 1, "out of\n"));
    }

    @Test
    void messageWithoutEndStopsAtTheNextStart() throws IOException {
        read("@!@!@STARTMSG 1:0 @!@!@\na\n@!@!@STARTMSG 2:0 @!@!@\nb\n@!@!@ENDMSG 2 @!@!@\n");
        assertThat(messages).containsExactly(new ToolMessage(1, 0, "a\n"), new ToolMessage(2, 0, "b\n"));
    }

    @Test
    void whatOnlyLooksLikeAMarkIsText() throws IOException {
        read("@!@!@STARTMSG 99999999999:0 @!@!@\n @!@!@STARTMSG 1:0 @!@!@\n@!@!@ENDMSG x @!@!@\n");
        assertThat(messages).isEmpty();
        assertThat(lines).hasSize(3);
    }

    @Test
    void longMessageIsCut() throws IOException {
        String line = "x".repeat(1 << 20) + "\n";
        read("@!@!@STARTMSG 1:0 @!@!@\n" + line.repeat(20) + "@!@!@ENDMSG 1 @!@!@\n");
        assertThat(messages.getFirst().text().length())
                .isLessThanOrEqualTo(ToolMessageReader.LONGEST_MESSAGE)
                .isGreaterThan(ToolMessageReader.LONGEST_MESSAGE - 2 * line.length());
    }
}
