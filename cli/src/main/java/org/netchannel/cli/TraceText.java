package org.netchannel.cli;

import java.util.List;
import org.netchannel.conformance.report.CallText;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/** Lines of one trace for a person. What stands in a trace is somebody else's: no text can steer the terminal. */
final class TraceText {
    private static final int LONGEST_NAME = 24;
    private static final long NANOS = 1_000_000_000;

    private final TraceHeader header;
    private final String format;

    TraceText(TraceHeader header) {
        this.header = header;
        int widest = header.hosts().stream().mapToInt(host -> shortened(host).length()).max().orElseThrow();
        this.format = "%7d  %-" + widest + "s  %d.%09d  %s";
    }

    String ofHeader() {
        return "trace of " + shortened(header.implementation()) + ", hosts " + names(header) + ", seed "
                + header.seed() + (header.config().given().isEmpty() ? "" : ", " + header.config().given());
    }

    String of(TraceLine line) {
        return String.format(format, line.step(), shortened(line.host()), line.nanos() / NANOS, line.nanos() % NANOS,
                Failures.printable(CallText.of(line.event())));
    }

    /** The name of a host; empty where there are not so many. */
    String name(int host) {
        return host < header.hosts().size() ? shortened(header.hosts().get(host)) : "";
    }

    boolean isFirst(String host) {
        return header.hosts().getFirst().equals(host);
    }

    /** The names of all hosts, for a message. */
    static String names(TraceHeader header) {
        List<String> names = header.hosts().stream().limit(LONGEST_NAME).map(TraceText::shortened).toList();
        return String.join(", ", names) + (names.size() < header.hosts().size() ? ", ..." : "");
    }

    private static String shortened(String name) {
        String clean = Failures.printable(name);
        return clean.length() <= LONGEST_NAME ? clean : clean.substring(0, LONGEST_NAME - 3) + "...";
    }
}
