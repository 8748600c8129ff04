package org.netchannel.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceReaderTest {
    private static final String HEADER = "{\"trace\":\"netchannel\",\"version\":1,\"implementation\":\"i\","
            + "\"hosts\":[\"A\",\"B\"],\"config\":{},\"seed\":1}\n";
    private static final String START = "{\"step\":1,\"host\":\"A\",\"nanos\":0,";
    private static final String ADVANCE = START + "\"op\":\"advance\",\"by\":5}";
    private static final String ACK = "{\"type\":\"ACK\",\"sourcePort\":80,\"destinationPort\":49152,\"tag\":0,"
            + "\"connection\":\"8f0c2d11a97b3e64\",\"offset\":0,\"ack\":5,\"length\":0}";
    private static final TraceLine ADVANCE_LINE = new TraceLine(1, "A", 0, new TraceEvent.Advance(5, Outcome.done()));

    @Test
    void fieldsThatAreNotKnownAreIgnoredWhateverTheyHold() throws IOException {
        String line = START + "\"new\":{\"a\":[1,{\"b\":null}]},\"data\":\"not of this op\","
                + "\"op\":\"advance\",\"by\":5}";
        assertThat(only(line)).isEqualTo(ADVANCE_LINE);
    }

    @Test
    void aCarriageReturnAndAMissingLastLineFeedAreTolerated() throws IOException {
        assertThat(lines(HEADER + ADVANCE + "\r\n" + ADVANCE)).containsExactly(ADVANCE_LINE, ADVANCE_LINE);
    }

    @Test
    void aHeaderAloneIsATraceWithoutLines() throws IOException {
        assertThat(lines(HEADER)).isEmpty();
    }

    @Test
    void wrongPayloadOnTheWholeLineHoldsForEachOfItsPackets() throws IOException {
        String deliver = START + "\"op\":\"deliver\",\"channel\":1,\"packet\":" + ACK
                + ",\"accepted\":true,\"intact\":false}";
        TraceEvent.Deliver delivered = (TraceEvent.Deliver) only(deliver).event();
        assertThat(((TracePacket.Readable) delivered.packet()).intact()).isFalse();

        String pull = START + "\"op\":\"pull\",\"channel\":1,\"max\":2,\"packets\":[" + ACK + "," + ACK
                + "],\"intact\":false}";
        TraceEvent.Pull pulled = (TraceEvent.Pull) only(pull).event();
        assertThat(pulled.outcome().map(packets -> packets.stream()
                        .map(packet -> ((TracePacket.Readable) packet).intact())
                        .toList()))
                .isEqualTo(Outcome.ok(List.of(false, false)));
    }

    @Test
    void anErrorMayComeWithoutReasonAndMessage() throws IOException {
        assertThat(only(START + "\"op\":\"close\",\"socket\":3,\"error\":\"NO_SUCH_SOCKET\"}").event())
                .isEqualTo(new TraceEvent.Close(3, Outcome.failed(ErrorCode.NO_SUCH_SOCKET, "")));
        assertThat(only(START + "\"op\":\"close\",\"socket\":3,\"error\":\"RESET\",\"reason\":null}").event())
                .isEqualTo(new TraceEvent.Close(3, Outcome.failed(ErrorCode.RESET, "")));
    }

    @Test
    void aHelloClassMayBeANumber() throws IOException {
        String packet = ACK.replace("\"length\":0}", "\"length\":24,\"hello\":{\"incarnation\":\"00000000000000ff\","
                + "\"channel\":3,\"class\":2,\"largestPayload\":9}}");
        TraceEvent.Deliver deliver = (TraceEvent.Deliver) only(
                START + "\"op\":\"deliver\",\"channel\":1,\"packet\":" + packet + ",\"accepted\":true}").event();
        assertThat(((TracePacket.Readable) deliver.packet()).hello()).isEqualTo(Optional.of(new Hello(255, 3, 2, 9)));
    }

    @Test
    void aFieldDeepInALineIsNamedInFull() {
        String packets = START + "\"op\":\"pull\",\"channel\":1,\"max\":2,\"packets\":[" + ACK + ","
                + ACK.replace("\"tag\":0", "\"tag\":-1") + "]}";
        int column = packets.lastIndexOf("\"tag\"") + 1;
        assertMalformed(packets, column, "packets[1].tag is -1, legal is an integer from 0 to 4294967295");

        String number = START + "\"op\":\"pull\",\"channel\":1,\"max\":2,\"packets\":[7]}";
        assertMalformed(number, number.indexOf('7') + 1, "packets[0] is 7, legal is an object");
    }

    @Test
    void aSettingThatIsNoNumberIsNamed() {
        String open = START + "\"op\":\"open\",\"config\":{\"sendBuffer\":true},\"seed\":1,"
                + "\"name\":\"\",\"version\":\"\"}";
        assertMalformed(open, open.indexOf("\"sendBuffer\"") + 1,
                "config.sendBuffer is true, legal is an integer from -9223372036854775808 to 9223372036854775807");
    }

    @Test
    void whatAMessageQuotesIsShortAndPrintable() {
        String op = "\\u001b[31m\\n" + "x".repeat(100);
        assertMalformed(START + "\"op\":\"" + op + "\"}", 32, "op is \"\\u001b[31m\\u000a" + "x".repeat(34)
                + "…\", legal is one of open, channelUp, channelDown, channelDrain, listen, unlisten, connect, accept,"
                + " send, receive, shutdown, close, abort, status, deliver, pull, advance");
    }

    @Test
    void whatIsFoundInsteadIsShownAsInTheTrace() {
        String line = START + "\"op\":\"channelDown\",\"channel\":%s}";
        String legal = ", legal is an integer from -2147483648 to 2147483647";
        int column = line.indexOf("\"channel\"") + 1;
        for (String value : List.of("null", "true", "1.5e3", "\"" + "x".repeat(40) + "\"", "4294967296")) {
            assertMalformed(line.formatted(value), column, "channel is " + value + legal);
        }
        assertMalformed(line.formatted("[1]"), column, "channel is a list" + legal);
        assertMalformed(line.formatted("{}"), column, "channel is an object" + legal);
        String cut = '"' + "x".repeat(40) + "…\"";
        assertMalformed(line.formatted('"' + "x".repeat(41) + '"'), column, "channel is " + cut + legal);
    }

    @Test
    void theFirstFieldTwiceIsMalformed() {
        assertMalformed("{\"step\":1," + ADVANCE.substring(1), 11, "step is there twice");
    }

    @Test
    void deepNestingIsMalformed() {
        String line = START + "\"x\":" + "[".repeat(100_000);
        assertMalformed(line, line.indexOf('[') + 17,
                "not JSON: Document nesting depth (17) exceeds the maximum allowed (16)");
    }

    @Test
    void bytesThatAreNoUtf8AreMalformed() {
        byte[] trace = (HEADER + ADVANCE.replace("\"A\"", "\"?\"")).getBytes(StandardCharsets.US_ASCII);
        trace[HEADER.length() + ADVANCE.indexOf("\"A\"") + 1] = (byte) 0xFF;
        assertThatThrownBy(() -> read(new ByteArrayInputStream(trace)))
                .isInstanceOf(MalformedTraceException.class)
                .hasMessage("source, line 2, column 20: not JSON: Invalid UTF-8 start byte 0xff");
    }

    @Test
    void sixtyFourFieldsAreLegalAndOneMoreIsNot() throws IOException {
        assertThat(only(withFields(60))).isEqualTo(ADVANCE_LINE);
        assertThatThrownBy(() -> only(withFields(61))).hasMessageContaining("object has more than 64 fields");
    }

    private static String withFields(int more) {
        StringBuilder line = new StringBuilder("{");
        for (int i = 0; i < more - 1; i++) {
            line.append("\"x").append(i).append("\":0,");
        }
        return line + ADVANCE.substring(1);
    }

    @Test
    void aTextOfTheLargestLengthIsLegalAndOneCharacterMoreIsNot() throws IOException {
        String line = START + "\"op\":\"close\",\"socket\":1,\"error\":\"RESET\",\"message\":\"%s\"}";
        only(line.formatted("x".repeat(65_536)));
        assertThatThrownBy(() -> only(line.formatted("x".repeat(65_537))))
                .hasMessageContaining("message is \"" + "x".repeat(40) + "…\"")
                .hasMessageEndingWith("legal is a string of at most 65536 characters");
    }

    @Test
    void aLineWithTheLargestNumberOfValuesIsLegalAndWithOneMoreIsNot() throws IOException {
        String line = START + "\"x\":[%s0]," + ADVANCE.substring(START.length());
        int others = 7;
        assertThat(only(line.formatted("0,".repeat(500_000 - others)))).isEqualTo(ADVANCE_LINE);
        assertThatThrownBy(() -> only(line.formatted("0,".repeat(500_001 - others))))
                .isInstanceOf(MalformedTraceException.class)
                .hasMessageContaining("line has more than 500000 JSON values");
    }

    @Test
    void aLineOfTheLargestLengthIsLegalAndOneByteMoreIsNot() throws IOException {
        int most = 4 << 20;
        String padded = ADVANCE + " ".repeat(most - ADVANCE.length());
        assertThat(lines(HEADER + padded + "\n" + ADVANCE)).containsExactly(ADVANCE_LINE, ADVANCE_LINE);
        assertThat(lines(HEADER + padded)).containsExactly(ADVANCE_LINE);

        String problem = "source, line 2, column 4194305: line is longer than 4194304 bytes, the longest that is legal";
        assertThatThrownBy(() -> lines(HEADER + padded + " \n" + ADVANCE)).hasMessage(problem);
        assertThatThrownBy(() -> lines(HEADER + padded + " ")).hasMessage(problem);
    }

    @Test
    void anEndlessLineIsGivenUpAtItsLargestLength() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        assertThatThrownBy(() -> read(new SequenceInputStream(
                        new ByteArrayInputStream(HEADER.getBytes(StandardCharsets.UTF_8)), endless)))
                .isInstanceOf(MalformedTraceException.class)
                .hasMessageContaining("line 2, column 4194305: line is longer");
    }

    @Test
    void aLoopGetsAMalformedLineAsTheCauseAndTheLinesBeforeIt() throws IOException {
        InputStream in = new ByteArrayInputStream((HEADER + ADVANCE + "\n{}").getBytes(StandardCharsets.UTF_8));
        try (TraceReader reader = TraceReader.of(in, "source")) {
            Iterator<TraceLine> lines = reader.iterator();
            assertThat(lines.hasNext()).isTrue();
            assertThat(lines.hasNext()).isTrue();
            assertThat(lines.next()).isEqualTo(ADVANCE_LINE);
            assertThatThrownBy(lines::hasNext)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(MalformedTraceException.class);
        }
    }

    @Test
    void theEndOfTheTraceIsTheEndOfALoop() throws IOException {
        try (TraceReader reader = TraceReader.of(
                new ByteArrayInputStream(HEADER.getBytes(StandardCharsets.UTF_8)), "source")) {
            assertThat(reader.iterator().hasNext()).isFalse();
            assertThatThrownBy(() -> reader.iterator().next()).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void theStreamIsClosedWithTheReaderAndWhenTheHeaderIsMalformed() throws IOException {
        ClosableBytes malformed = new ClosableBytes("x");
        assertThatThrownBy(() -> TraceReader.of(malformed, "source")).isInstanceOf(MalformedTraceException.class);
        assertThat(malformed.closed).isTrue();

        ClosableBytes good = new ClosableBytes(HEADER);
        TraceReader reader = TraceReader.of(good, "source");
        assertThat(good.closed).isFalse();
        reader.close();
        assertThat(good.closed).isTrue();
    }

    private static final class ClosableBytes extends ByteArrayInputStream {
        private boolean closed;

        private ClosableBytes(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static void assertMalformed(String line, int column, String problem) {
        assertThatThrownBy(() -> only(line))
                .isInstanceOf(MalformedTraceException.class)
                .hasMessage("source, line 2, column " + column + ": " + problem);
    }

    private static TraceLine only(String line) throws IOException {
        List<TraceLine> lines = lines(HEADER + line + "\n");
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private static List<TraceLine> lines(String trace) throws IOException {
        return read(new ByteArrayInputStream(trace.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<TraceLine> read(InputStream in) throws IOException {
        List<TraceLine> lines = new ArrayList<>();
        try (TraceReader reader = TraceReader.of(in, "source")) {
            for (Optional<TraceLine> line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(line.get());
            }
        }
        return lines;
    }
}
