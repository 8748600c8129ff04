package org.netchannel.conformance.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.traces.Config;
import org.netchannel.traces.TraceReader;

/** Imports segments without a file, and asks the specification about what comes of it. */
final class Importing {
    private static final SpecOracle ORACLE = new SpecOracle(Path.of("../specs/tla"));

    private Importing() {}

    static CaptureReport of(List<Segment> segments, Path trace, Config a, Config b)
            throws IOException, InterruptedException {
        CaptureImport.Order order = new CaptureImport.Order(
                trace, trace, Set.of(Format.NETCHANNEL, Format.PROTOTYPE), List.of(a, b), "tshark");
        return CaptureImport.run(order, sink -> {
            for (Segment segment : segments) {
                sink.take(segment);
            }
            return "";
        }, _ -> { });
    }

    static CaptureReport of(List<Segment> segments, Path trace) throws IOException, InterruptedException {
        return of(segments, trace, Config.DEFAULTS, Config.DEFAULTS);
    }

    static synchronized Verdict verdict(Path trace) throws IOException {
        try (TraceReader reader = TraceReader.open(trace)) {
            return ORACLE.check(reader.header(), reader);
        }
    }
}
