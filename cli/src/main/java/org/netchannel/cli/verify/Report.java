package org.netchannel.cli.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.cli.verify.Finding.Violation;

/** Tells what {@code verify} has checked, how much, for how long, and with what verdict. */
public final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private record Entry(String part, Finding finding, Duration took) {}

    private final Clauses clauses;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A report on nothing yet.
     *
     * @param clauses the clauses there are
     */
    public Report(Clauses clauses) {
        this.clauses = clauses;
    }

    /**
     * Adds what a part has found.
     *
     * @param part the part's name
     * @param finding what it has found
     * @param took how long that took
     */
    public void add(String part, Finding finding, Duration took) {
        entries.add(new Entry(part, finding, took));
    }

    /**
     * Whether everything held.
     *
     * @return false when there is a violation, or nothing was checked
     */
    public boolean held() {
        return !entries.isEmpty() && entries.stream().allMatch(entry -> entry.finding().violations().isEmpty());
    }

    /**
     * The line about the part that was added last, and its violations.
     *
     * @param out where to
     */
    public void printLast(PrintWriter out) {
        Entry entry = entries.getLast();
        boolean held = entry.finding().violations().isEmpty();
        out.printf("%-10s %s %s (%s)%n", entry.part(), held ? "ok  " : "FAIL", entry.finding().summary(),
                seconds(entry.took()));
        for (Violation violation : entry.finding().violations()) {
            print(out, violation);
        }
    }

    private void print(PrintWriter out, Violation violation) {
        out.println();
        out.println("VIOLATION: " + violation.title());
        for (String id : new TreeSet<>(violation.clauses())) {
            out.println("  " + id + " " + clauses.text(id));
        }
        violation.explanation().forEach(line -> out.println("  " + line));
        violation.evidence().forEach(file -> out.println("  see " + file));
        out.println();
    }

    /**
     * The lines about all parts together.
     *
     * @param out where to
     */
    public void printEnd(PrintWriter out) {
        Set<String> exercised = exercised();
        if (!exercised.isEmpty()) {
            Set<String> rest = new TreeSet<>(clauses.ids());
            rest.removeAll(exercised);
            out.printf("%-10s %d of %d exercised%s%n", "clauses", exercised.size(), clauses.ids().size(),
                    rest.isEmpty() ? "" : "; not " + String.join(", ", rest));
        }
        out.printf("%-10s %s (%s)%n", "verdict", held() ? "everything held" : violations(),
                seconds(took()));
    }

    /**
     * The whole report for programs.
     *
     * @param out where to
     * @throws IOException when it can't be written
     */
    public void printJson(PrintWriter out) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("verdict", held() ? "HELD" : "VIOLATED");
        report.put("seconds", took().toMillis() / 1000.0);
        report.put("parts", entries.stream().map(Report::json).toList());
        report.put("clausesExercised", exercised());
        report.put("clauses", clauses.ids());
        out.println(JSON.writeValueAsString(report));
    }

    private static Map<String, Object> json(Entry entry) {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("part", entry.part());
        part.put("held", entry.finding().violations().isEmpty());
        part.put("seconds", entry.took().toMillis() / 1000.0);
        part.put("summary", entry.finding().summary());
        part.putAll(entry.finding().numbers());
        part.put("violations", entry.finding().violations().stream().map(Report::json).toList());
        return part;
    }

    private static Map<String, Object> json(Violation violation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", violation.title());
        json.put("clauses", new TreeSet<>(violation.clauses()));
        json.put("explanation", violation.explanation());
        json.put("evidence", violation.evidence().stream().map(Object::toString).toList());
        return json;
    }

    private Set<String> exercised() {
        Set<String> exercised = new TreeSet<>();
        entries.forEach(entry -> exercised.addAll(entry.finding().clauses()));
        return exercised;
    }

    private String violations() {
        long count = entries.stream().mapToLong(entry -> entry.finding().violations().size()).sum();
        return count + (count == 1 ? " violation" : " violations");
    }

    private Duration took() {
        return entries.stream().map(Entry::took).reduce(Duration.ZERO, Duration::plus);
    }

    private static String seconds(Duration duration) {
        return String.format("%.1f s", duration.toMillis() / 1000.0);
    }
}
