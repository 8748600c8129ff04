package org.netchannel.conformance.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.netchannel.conformance.capture.CaptureReport.ImportedLink;
import org.netchannel.conformance.capture.Links.Link;
import org.netchannel.conformance.capture.Links.Life;
import org.netchannel.traces.Config;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceWriter;

/**
 * Reads captured channels into traces, one for each pair of hosts. Packets are kept in a temporary file, so that memory
 * does not grow with the capture. What a trace says of the applications is inferred; see {@link Explainer}.
 */
public final class CaptureImport {
    private static final String ENDING = ".ndjson";
    private static final double MICROS = 1e6;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Order order;
    private final Consumer<String> progress;

    /**
     * What to read, and how.
     *
     * @param capture a pcap or pcapng file
     * @param trace where the trace goes; with several links, a number goes before its ending
     * @param formats the formats to look for
     * @param settings settings of host A and of host B that are not on the wire
     * @param program what to call as tshark
     */
    public record Order(Path capture, Path trace, Set<Format> formats, List<Config> settings, String program) {}

    private CaptureImport(Order order, Consumer<String> progress) {
        this.order = order;
        this.progress = progress;
    }

    /**
     * Imports a capture.
     *
     * @param order what to read
     * @param progress is told how far it is
     * @return what was in it
     * @throws CaptureException when it can't be read, or tshark is not there
     * @throws IOException when a trace can't be written
     * @throws InterruptedException when the thread is interrupted; no process is left behind
     */
    public static CaptureReport run(Order order, Consumer<String> progress) throws IOException, InterruptedException {
        Tshark tshark = new Tshark(order.program());
        return run(order, sink -> tshark.read(order.capture(), sink), progress);
    }

    static CaptureReport run(Order order, Capture.Source source, Consumer<String> progress)
            throws IOException, InterruptedException {
        return new CaptureImport(order, progress).run(source);
    }

    private CaptureReport run(Capture.Source source) throws IOException, InterruptedException {
        Path folder = order.trace().toAbsolutePath().getParent();
        try (Capture capture = Capture.read(source, folder, order.formats(), count ->
                progress.accept(String.format(Locale.ROOT, "%,d TCP segments read", count)))) {
            Links links = Links.of(capture.streams());
            List<ImportedLink> imported = new ArrayList<>();
            for (Link link : links.links()) {
                imported.add(imported(capture, link, imported.size() + 1, links.links().size()));
            }
            return new CaptureReport(order.capture(), capture.segments(), capture.complaint(), imported,
                    links.fromTheMiddle(), links.withoutHello(), links.unanswered(), links.others(),
                    links.prototype(), capture.races().report());
        }
    }

    private ImportedLink imported(Capture capture, Link link, int number, int of) throws IOException {
        List<String> hosts = link.hosts().stream().map(CaptureImport::text).toList();
        if (link.missing() > 0) {
            return ImportedLink.incomplete(hosts, link.streams().size(), link.missing());
        }
        Path file = of == 1 ? order.trace() : numbered(order.trace(), number);
        TraceHeader header = new TraceHeader("capture", List.of(Explainer.name(0), Explainer.name(1)),
                order.settings().getFirst(), 0);
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), "trace", ".tmp");
        try {
            Explainer explainer;
            try (TraceWriter writer = TraceWriter.create(part, header)) {
                explainer = new Explainer(capture.store(), link, writer::write);
                explainer.run(order.settings(), records -> progress.accept(String.format(Locale.ROOT,
                        "link %d of %d: record %,d of %,d", number, of, records, capture.store().size())));
            }
            Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return new ImportedLink(hosts, link.streams().size(), 0, file, explainer.counts(), explainer.leftOut(),
                    link.holeNs() == Long.MAX_VALUE ? "" : time(capture, link.holeNs()));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A time of the capture, in seconds from its first segment. */
    private static String time(Capture capture, long ns) {
        long firstNs = capture.streams().getFirst().firstNs();
        return String.format(Locale.ROOT, "%.6f", Math.round((ns - firstNs) / NANOS_PER_MICRO) / MICROS);
    }

    private static String text(Life life) {
        return String.format(Locale.ROOT, "%s, incarnation %016x", life.address(), life.incarnation());
    }

    private static Path numbered(Path trace, int number) {
        String name = trace.getFileName().toString();
        String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        String ending = name.endsWith(ENDING) ? ENDING : "";
        return trace.resolveSibling(stem + "." + number + ending);
    }
}
