package org.netchannel.conformance.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netchannel.conformance.Programs;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.traces.Config;
import org.netchannel.traces.PacketType;

/** Capture files, as tshark reads them. */
class TsharkTest {
    private static final int WHOLE = 262_144;

    @TempDir
    private Path folder;

    @BeforeAll
    static void tsharkIsThere() {
        Programs.require("tshark");
    }

    private CaptureReport imported(Path capture) throws Exception {
        return CaptureImport.run(new CaptureImport.Order(capture, folder.resolve("x.ndjson"),
                Set.of(Format.NETCHANNEL), List.of(Config.DEFAULTS, Config.DEFAULTS), "tshark"), _ -> { });
    }

    private static List<Segment> ipv6() {
        TcpTraffic traffic = new TcpTraffic();
        new Conversation(traffic, "fd00:0:0:0:0:0:0:1", "fd00:0:0:0:0:0:0:2", 1).opens().fiveBytes().ends();
        return traffic.segments();
    }

    private static List<Segment> ipv4() {
        return new Conversation().opens().fiveBytes().ends().segments();
    }

    @Test
    void segmentsAreReadAsTheyWereWritten() throws Exception {
        List<Segment> read = new ArrayList<>();
        String complaint = new Tshark("tshark").read(PcapFile.pcap(folder.resolve("x.pcap"), ipv4(), WHOLE), read::add);
        assertThat(complaint).isEmpty();
        assertThat(read).usingRecursiveComparison().isEqualTo(ipv4());
    }

    @Test
    void bothFileFormatsAndBothProtocolsAreRead() throws Exception {
        for (List<Segment> segments : List.of(ipv4(), ipv6())) {
            for (Path file : List.of(PcapFile.pcap(folder.resolve("x.pcap"), segments, WHOLE),
                    PcapFile.pcapng(folder.resolve("x.pcapng"), segments))) {
                CaptureReport report = imported(file);
                assertThat(report.links()).hasSize(1);
                assertThat(report.links().getFirst().packets()).isEqualTo(11);
                assertThat(Importing.verdict(report.links().getFirst().trace()))
                        .isInstanceOf(Verdict.Accepted.class);
            }
        }
    }

    @Test
    void aFileThatIsCutOffIsReadUpToThere() throws Exception {
        Path file = PcapFile.pcap(folder.resolve("x.pcap"), ipv4(), WHOLE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
        CaptureReport report = imported(file);
        assertThat(report.complaint()).contains("cut short");
        assertThat(report.hasTraces()).isTrue();
    }

    @Test
    void whatIsNoCaptureIsSaidToBeNone() throws Exception {
        Path file = Files.write(folder.resolve("x.pcap"), "no capture at all".getBytes());
        assertThatThrownBy(() -> imported(file)).isInstanceOf(CaptureException.class).hasMessageContaining("tshark");
    }

    @Test
    void payloadThatWasNotCapturedIsAHole() throws Exception {
        Conversation conversation = new Conversation().opens();
        conversation.data.send(true, Conversation.packet(true, PacketType.DATA, 0, 0, 0, 900));
        CaptureReport report = imported(PcapFile.pcap(folder.resolve("x.pcap"), conversation.segments(), 130));
        assertThat(report.links().getFirst().hole()).isNotEmpty();
        // Here not even HELLO is whole.
        report = imported(PcapFile.pcap(folder.resolve("y.pcap"), conversation.segments(), 96));
        assertThat(report.hasTraces()).isFalse();
        assertThat(report.withoutHello()).isEqualTo(2);
    }
}
