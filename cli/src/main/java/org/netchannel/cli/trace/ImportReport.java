package org.netchannel.cli.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.netchannel.cli.ExitStatus;
import org.netchannel.conformance.capture.CaptureReport;
import org.netchannel.conformance.capture.CaptureReport.ImportedLink;

/** What {@code trace import} tells. */
public final class ImportReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final CaptureReport report;

    /**
     * Tells of an import.
     *
     * @param report what it came to
     */
    public ImportReport(CaptureReport report) {
        this.report = report;
    }

    /**
     * Whether there was nothing that could be imported.
     *
     * @return true when there is no trace and nothing of the prototype
     */
    public boolean isEmpty() {
        return !report.hasTraces() && report.prototype().isEmpty();
    }

    /**
     * Why there was nothing.
     *
     * @return one line
     */
    public String whyEmpty() {
        List<String> notes = notes();
        String what = notes.isEmpty()
                ? String.format(Locale.ROOT, "no channels in %,d TCP segments", report.segments())
                : String.join("; ", notes);
        return report.complaint().isEmpty() ? what : what + "; tshark: " + report.complaint();
    }

    /**
     * What the command ends with.
     *
     * @return an exit status
     */
    public int status() {
        if (isEmpty()) {
            return ExitStatus.USAGE;
        }
        return report.prototype().races().isEmpty() ? ExitStatus.HELD : ExitStatus.VIOLATION;
    }

    /**
     * For a person.
     *
     * @param out where to
     */
    public void print(PrintWriter out) {
        for (ImportedLink link : report.links()) {
            if (link.trace() != null) {
                print(out, link);
            }
        }
        if (!report.prototype().isEmpty()) {
            out.printf(Locale.ROOT, "prototype  %,d TCP connections, %,d virtual connections, packets %s%n",
                    report.prototypeStreams(), report.prototype().connections(), report.prototype().packets());
            report.prototype().lines().forEach(line -> out.println("race       " + line));
            if (report.prototype().races().isEmpty()) {
                out.println("race       none of R1, R2, R3, R6, R8, R10, R11, R27 and R28 is seen in this capture");
            }
        }
        notes().forEach(note -> out.println("note       " + note));
        if (!report.complaint().isEmpty()) {
            out.println("note       tshark: " + report.complaint());
        }
    }

    private static void print(PrintWriter out, ImportedLink link) {
        out.printf(Locale.ROOT, "trace      %s%n", link.trace());
        out.printf("host A     %s%n", link.hosts().get(0));
        out.printf("host B     %s%n", link.hosts().get(1));
        out.printf(Locale.ROOT, "captured   %,d packets on %,d channels%n", link.packets(), link.channels());
        out.printf("inferred   %s%n", inferred(link));
        if (!link.hole().isEmpty()) {
            out.printf("note       the trace ends %s s after the beginning: there bytes are missing from the capture "
                    + "that were received%n", link.hole());
        }
        if (link.leftOut() > 0) {
            out.printf(Locale.ROOT, "note       %,d packets about connections of an earlier life of a host are left "
                    + "out%n", link.leftOut());
        }
    }

    private static String inferred(ImportedLink link) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(link.calls()).forEach((op, count) -> {
            if (!op.equals("pull")) {
                parts.add(String.format(Locale.ROOT, "%,d %s", count, op));
            }
        });
        return String.join(", ", parts);
    }

    /** What was not imported, and why. */
    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        report.links().stream().filter(link -> link.trace() == null).forEach(link -> notes.add(String.format(
                Locale.ROOT, "no trace of %s and %s: %,d of their channels were there before the capture began, and "
                        + "what went over them before is missing",
                link.hosts().get(0), link.hosts().get(1), link.missing())));
        note(notes, report.fromTheMiddle(), "channels were there before the capture began");
        note(notes, report.withoutHello(), "TCP connections have packets, but no HELLO that names a channel (NC-CH-2)");
        note(notes, report.unanswered(), "channels were never answered");
        note(notes, report.others(), "TCP connections are something else");
        return notes;
    }

    private static void note(List<String> notes, long count, String what) {
        if (count > 0) {
            notes.add(String.format(Locale.ROOT, "%,d %s", count, what));
        }
    }

    /**
     * For a program.
     *
     * @param out where to
     * @throws IOException when it can't be written
     */
    public void printJson(PrintWriter out) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("capture", report.capture().toString());
        json.put("segments", report.segments());
        json.put("complaint", report.complaint());
        json.put("links", report.links().stream().map(ImportReport::json).toList());
        json.put("fromTheMiddle", report.fromTheMiddle());
        json.put("withoutHello", report.withoutHello());
        json.put("unanswered", report.unanswered());
        json.put("others", report.others());
        Map<String, Object> prototype = new LinkedHashMap<>();
        prototype.put("streams", report.prototypeStreams());
        prototype.put("connections", report.prototype().connections());
        prototype.put("packets", report.prototype().packets());
        prototype.put("races", report.prototype().races());
        json.put("prototype", prototype);
        out.println(JSON.writeValueAsString(json));
    }

    private static Map<String, Object> json(ImportedLink link) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hosts", link.hosts());
        json.put("trace", link.trace() == null ? null : link.trace().toString());
        json.put("lines", link.lines());
        json.put("packets", link.packets());
        json.put("channels", link.channels());
        json.put("missing", link.missing());
        json.put("calls", new TreeMap<>(link.calls()));
        json.put("leftOut", link.leftOut());
        json.put("hole", link.hole().isEmpty() ? null : link.hole());
        return json;
    }
}
