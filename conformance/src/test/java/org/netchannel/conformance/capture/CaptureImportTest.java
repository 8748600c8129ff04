package org.netchannel.conformance.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.netchannel.conformance.capture.Conversation.packet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netchannel.conformance.capture.CaptureReport.ImportedLink;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.PacketType;

/** What becomes of captured segments, good and bad; without files. */
class CaptureImportTest {
    @TempDir
    private Path folder;

    private ImportedLink only(List<Segment> segments) throws Exception {
        CaptureReport report = Importing.of(segments, folder.resolve("x.ndjson"));
        assertThat(report.links()).hasSize(1);
        return report.links().getFirst();
    }

    private Verdict verdict(Conversation conversation) throws Exception {
        return Importing.verdict(only(conversation.segments()).trace());
    }

    private static Conversation whole() {
        return new Conversation().opens().fiveBytes().ends();
    }

    @Test
    void fiveBytesAreExplainedByTheLeast() throws Exception {
        ImportedLink link = only(whole().segments());
        assertThat(link.hosts()).containsExactly(
                "10.0.0.1, incarnation 0000000000000001", "10.0.0.2, incarnation 0000000000000701");
        assertThat(link.calls()).containsEntry("connect", 1L).containsEntry("listen", 1L).containsEntry("accept", 1L)
                .containsEntry("send", 1L).containsEntry("shutdown", 2L).containsEntry("pull", 11L)
                .containsEntry("deliver", 11L).doesNotContainKey("receive");
        assertThat(Importing.verdict(link.trace())).isInstanceOf(Verdict.Accepted.class);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("x.ndjson");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DATA, 0, 0, 0, 5, true, data, NC-HS-5", // before anybody has asked for a connection
        "ACK, 0, 0, 6, 0, false, control, NC-DATA-5",
        "FIN, 0, 3, 0, 0, true, control, NC-FIN-1",
        "STOP, 1, 0, 0, 0, false, control, NC-HOL-4",
        "STOP_ACK, 1, 5, 0, 0, true, control, NC-HOL-5",
        "RESUME, 1, 0, 0, 0, false, control, NC-HOL-7",
        "NCREFUSE, 1, 0, 0, 0, false, control, NC-HS-2",
        "RST, 6, 0, 0, 0, false, control, NC-RST-1",
        "CHANNEL_CLOSE, 0, 0, 0, 0, true, control, NC-CH-5",
    })
    void whatNothingExplainsIsRejected(
            PacketType type, long tag, long offset, long ack, int length, boolean byA, String channel, String clause)
            throws Exception {
        Conversation conversation = new Conversation();
        if (type != PacketType.DATA) {
            conversation.opens().fiveBytes();
        } else {
            conversation.control.send(true, packet(true, PacketType.NCSYN, 1, 1 << 20, 0, 0));
        }
        TcpTraffic.Connection on = channel.equals("data") ? conversation.data : conversation.control;
        on.send(byA, packet(byA, type, tag, offset, ack, length));
        Verdict verdict = verdict(conversation);
        assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
        assertThat(((Verdict.Rejected) verdict).clauses()).contains(clause);
    }

    @Test
    void bytesThatAreSentTwiceAreRejectedUnlessTheirChannelHasFailed() throws Exception {
        Conversation twice = new Conversation().opens().fiveBytes();
        twice.data.send(true, packet(true, PacketType.DATA, 0, 0, 0, 5));
        assertThat(verdict(twice)).isInstanceOf(Verdict.Rejected.class);

        Conversation again = new Conversation().opens();
        again.data.send(true, packet(true, PacketType.DATA, 0, 0, 0, 5));
        again.data.reset(false);
        TcpTraffic.Connection other = again.traffic.connection(Conversation.A, Conversation.B);
        other.open();
        other.send(true, Conversation.hello(5, ChannelClass.LATENCY, 1));
        other.send(false, Conversation.hello(5, ChannelClass.LATENCY, 0x701));
        other.send(true, packet(true, PacketType.DATA, 0, 0, 0, 5));
        assertThat(verdict(again)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aStopIsExplainedByAReaderThatDoesNotRead() throws Exception {
        Conversation conversation = new Conversation().opens();
        conversation.data.send(true, packet(true, PacketType.DATA, 0, 0, 0, 900));
        conversation.data.send(true, packet(true, PacketType.DATA, 0, 900, 0, 900));
        conversation.traffic.at(5_000_000);
        conversation.control.send(false, packet(false, PacketType.STOP, 1, 0, 900, 0));
        conversation.control.send(true, packet(true, PacketType.STOP_ACK, 1, 1_800, 0, 0));
        conversation.control.send(false, packet(false, PacketType.RESUME, 1, 0, 1_800, 0));
        Config small = new Config(java.util.Map.of("receiveBuffer", 1_000L));
        ImportedLink link =
                Importing.of(conversation.segments(), folder.resolve("x.ndjson"), small, small).links().getFirst();
        assertThat(Importing.verdict(link.trace())).isInstanceOf(Verdict.Accepted.class);
        // With the buffer that nobody has said is smaller there was no reason.
        assertThat(verdict(conversation)).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void aReaderThatIsStillSlowAfterResumeExplainsTheNextStop() throws Exception {
        Conversation conversation = new Conversation().opens();
        conversation.data.send(true, packet(true, PacketType.DATA, 0, 0, 0, 900));
        conversation.data.send(true, packet(true, PacketType.DATA, 0, 900, 0, 900));
        conversation.traffic.at(5_000_000);
        conversation.control.send(false, packet(false, PacketType.STOP, 1, 0, 900, 0));
        conversation.control.send(true, packet(true, PacketType.STOP_ACK, 1, 1_800, 0, 0));
        conversation.control.send(false, packet(false, PacketType.RESUME, 1, 0, 1_800, 0));
        conversation.data.send(true, packet(true, PacketType.DATA, 0, 1_800, 0, 300));
        conversation.data.send(true, packet(true, PacketType.DATA, 0, 2_100, 0, 300));
        conversation.traffic.at(10_000_000);
        conversation.control.send(false, packet(false, PacketType.STOP, 2, 0, 2_100, 0));
        Config small = new Config(java.util.Map.of("receiveBuffer", 1_000L));
        ImportedLink link =
                Importing.of(conversation.segments(), folder.resolve("x.ndjson"), small, small).links().getFirst();
        assertThat(Importing.verdict(link.trace())).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aStopThatComesTooEarlyIsRejected() throws Exception {
        Conversation conversation = new Conversation().opens();
        conversation.data.send(true, packet(true, PacketType.DATA, 0, 0, 0, 900));
        conversation.data.send(true, packet(true, PacketType.DATA, 0, 900, 0, 900));
        conversation.traffic.at(500_000);
        conversation.control.send(false, packet(false, PacketType.STOP, 1, 0, 900, 0));
        Config small = new Config(java.util.Map.of("receiveBuffer", 1_000L));
        ImportedLink link =
                Importing.of(conversation.segments(), folder.resolve("x.ndjson"), small, small).links().getFirst();
        assertThat(Importing.verdict(link.trace())).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void segmentsThatComeTwiceOrInAnotherOrderChangeNothing() throws Exception {
        byte[] expected = Files.readAllBytes(only(whole().segments()).trace());
        Random random = new Random(7);
        List<Segment> twice = new ArrayList<>();
        for (Segment segment : whole().segments()) {
            twice.add(segment);
            if (random.nextBoolean()) {
                twice.add(segment);
            }
        }
        assertThat(Files.readAllBytes(only(twice).trace())).isEqualTo(expected);

        Conversation cut = new Conversation().opens();
        int from = cut.segments().size();
        cut.data.send(true, packet(true, PacketType.DATA, 0, 0, 0, 40_000));
        int to = cut.segments().size() - 1;
        List<Segment> shuffled = new ArrayList<>(cut.segments());
        Collections.shuffle(shuffled.subList(from, to), random);
        assertThat(only(shuffled).calls()).containsEntry("pull", 7L).containsEntry("send", 1L);
    }

    @Test
    void theTraceEndsWhereTheCaptureLacksSomethingThatWasReceived() throws Exception {
        Conversation conversation = whole();
        List<Segment> segments = new ArrayList<>(conversation.segments());
        segments.removeIf(segment -> segment.length() == 45);
        ImportedLink link = only(segments);
        assertThat(link.hole()).isEqualTo("0.000000");
        List<Segment> late = new ArrayList<>();
        for (Segment segment : segments) {
            late.add(new Segment(segment.timeNs() + 1_000_000L * late.size(), segment.from(), segment.to(),
                    segment.flags(), segment.sequence(), segment.acknowledgement(), segment.length(),
                    segment.payload()));
        }
        link = only(late);
        assertThat(link.hole()).isNotEmpty();
        assertThat(link.calls()).containsEntry("pull", 6L).doesNotContainKey("send");
        assertThat(Importing.verdict(link.trace())).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void whatWasLostOnTheWayAndSentAgainIsNoHole() throws Exception {
        Conversation conversation = whole();
        List<Segment> segments = new ArrayList<>(conversation.segments());
        int at = 0;
        while (segments.get(at).length() != 45) {
            at++;
        }
        // It comes after what is behind it, and nothing was acknowledged in between.
        Collections.swap(segments, at, at - 1);
        assertThat(only(segments).hole()).isEmpty();
    }

    @Test
    void withoutTheBeginningOfAChannelThereIsNoTrace() throws Exception {
        Conversation conversation = new Conversation().opens().fiveBytes();
        int from = conversation.segments().size();
        TcpTraffic.Connection later = conversation.traffic.connection(Conversation.A, Conversation.B);
        later.open();
        later.send(true, Conversation.hello(5, ChannelClass.LATENCY, 1));
        later.send(false, Conversation.hello(5, ChannelClass.LATENCY, 0x701));
        conversation.ends();
        List<Segment> segments = conversation.segments().subList(from, conversation.segments().size());
        CaptureReport report = Importing.of(segments, folder.resolve("x.ndjson"));
        assertThat(report.hasTraces()).isFalse();
        assertThat(report.fromTheMiddle()).isEqualTo(1);
        assertThat(report.links().getFirst().missing()).isEqualTo(1);
        assertThat(folder.resolve("x.ndjson")).doesNotExist();
    }

    @Test
    void otherTrafficIsCountedAndLeftAlone() throws Exception {
        TcpTraffic traffic = new TcpTraffic();
        TcpTraffic.Connection web = traffic.connection("10.0.0.1", "10.0.0.9");
        web.open();
        web.send(true, "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        TcpTraffic.Connection silent = traffic.connection("10.0.0.1", "10.0.0.9");
        silent.open();
        Conversation conversation = new Conversation(traffic, Conversation.A, Conversation.B, 1).opens();
        web.send(false, "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        conversation.fiveBytes();
        CaptureReport report = Importing.of(traffic.segments(), folder.resolve("x.ndjson"));
        assertThat(report.others()).isEqualTo(2);
        assertThat(Importing.verdict(report.links().getFirst().trace())).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void eachPairOfLivesHasItsOwnTrace() throws Exception {
        TcpTraffic traffic = new TcpTraffic();
        new Conversation(traffic, "10.0.0.1", "10.0.0.2", 1).opens().fiveBytes();
        new Conversation(traffic, "10.0.0.3", "10.0.0.2", 1).opens().fiveBytes().ends();
        new Conversation(traffic, "10.0.0.1", "10.0.0.2", 2).opens().ends();
        CaptureReport report = Importing.of(traffic.segments(), folder.resolve("x.ndjson"));
        assertThat(report.links()).extracting(link -> link.trace().getFileName().toString())
                .containsExactly("x.1.ndjson", "x.2.ndjson", "x.3.ndjson");
        assertThat(Importing.verdict(report.links().get(0).trace())).isInstanceOf(Verdict.Accepted.class);
        assertThat(Importing.verdict(report.links().get(1).trace())).isInstanceOf(Verdict.Accepted.class);
        // Nobody sent the five bytes that this FIN is behind.
        assertThat(Importing.verdict(report.links().get(2).trace())).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void whatCanNotBeReadIsPartOfTheTrace() throws Exception {
        Conversation conversation = new Conversation().opens();
        byte[] lies = packet(true, PacketType.DATA, 0, 0, 0, 5);
        lies[4] = 0x7F;
        conversation.data.send(true, lies);
        conversation.data.send(true, new byte[100_000]);
        ImportedLink link = only(conversation.segments());
        assertThat(Files.readString(link.trace())).contains("UNREADABLE").contains("legal is 0 to 65496");
        assertThat(Importing.verdict(link.trace())).isNotInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void anybodysBytesAreReadWithoutHarm() throws Exception {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            Conversation conversation = whole();
            List<Segment> segments = new ArrayList<>(conversation.segments());
            int changes = 1 + random.nextInt(5);
            for (int i = 0; i < changes; i++) {
                int at = random.nextInt(segments.size());
                Segment old = segments.get(at);
                byte[] payload = old.payload().clone();
                if (payload.length > 0) {
                    payload[random.nextInt(payload.length)] = (byte) random.nextInt();
                }
                segments.set(at, new Segment(old.timeNs() + random.nextInt(1_000) - 500, old.from(), old.to(),
                        random.nextInt(4) == 0 ? random.nextInt(64) : old.flags(),
                        random.nextInt(4) == 0 ? random.nextInt() : old.sequence(), old.acknowledgement(),
                        old.length(), payload));
            }
            CaptureReport report = Importing.of(segments, folder.resolve("x.ndjson"));
            for (ImportedLink link : report.links()) {
                if (link.trace() != null) {
                    assertThat(Importing.verdict(link.trace())).as("round %d", round)
                            .isNotInstanceOf(Verdict.Malformed.class);
                }
            }
        }
    }

    @Test
    void aSegmentFarAheadDoesNotTakeAllMemory() throws Exception {
        Conversation conversation = new Conversation().opens();
        List<Segment> segments = new ArrayList<>(conversation.segments());
        Segment like = segments.getLast();
        for (int i = 0; i < 200; i++) {
            segments.add(new Segment(like.timeNs(), like.from(), like.to(), TcpTraffic.ACK,
                    like.sequence() + 10_000 + i * 60_000, like.acknowledgement(), 60_000, new byte[60_000]));
        }
        assertThat(only(segments).hole()).isNotEmpty();
        assertThat((long) 200 * 60_000).isGreaterThan(Reassembly.MAX_HELD);
    }

    @Test
    void withoutTsharkItIsSaidWhereToGetIt() throws IOException {
        Path any = Files.write(folder.resolve("any.pcap"), new byte[10]);
        CaptureImport.Order order = new CaptureImport.Order(any, folder.resolve("x.ndjson"),
                java.util.Set.of(Format.NETCHANNEL), List.of(Config.DEFAULTS, Config.DEFAULTS), "no-such-tshark");
        assertThatThrownBy(() -> CaptureImport.run(order, _ -> { }))
                .isInstanceOf(CaptureException.class).hasMessage(Tshark.MISSING);
        assertThat(folder.resolve("x.ndjson")).doesNotExist();
    }
}
