package org.netchannel.cli.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.cli.ExitStatus;
import org.netchannel.cli.verify.Clauses;
import org.netchannel.conformance.check.Verdict;

/**
 * Tells a verdict on one trace.
 *
 * @param file the trace's name, as it was typed
 * @param oracle who judged
 * @param seconds how long it took
 * @param linesRead how many lines the judge has read, without the header
 * @param clauses the clauses of the protocol
 */
public record CheckReport(String file, String oracle, double seconds, long linesRead, Clauses clauses) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * The process's status for a verdict.
     *
     * @param verdict the verdict
     * @return see {@link ExitStatus}
     */
    public static int status(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> ExitStatus.HELD;
            case Verdict.Rejected _ -> ExitStatus.VIOLATION;
            case Verdict.Malformed _, Verdict.Vacuous _, Verdict.Incomplete _ -> ExitStatus.USAGE;
            case Verdict.EvaluationError _ -> ExitStatus.BROKEN;
        };
    }

    /**
     * Whether a verdict says that the trace is right or wrong; any other is one line on standard error.
     *
     * @param verdict the verdict
     * @return whether to print it as a result
     */
    public static boolean isAboutTheTrace(Verdict verdict) {
        return verdict instanceof Verdict.Accepted || verdict instanceof Verdict.Rejected;
    }

    /**
     * Why there is no result, in one line.
     *
     * @param verdict the verdict
     * @return the reason; names the file
     */
    public String why(Verdict verdict) {
        String why = switch (verdict) {
            case Verdict.Malformed(String reason) -> reason;
            case Verdict.Vacuous _ -> file + " has no line after the header, so accepting it would prove nothing";
            case Verdict.Incomplete(long step, String reason) ->
                file + " could not be checked beyond step " + step + ": " + reason;
            case Verdict.EvaluationError(long step, String reason) ->
                file + ": the specification could not be evaluated at step " + step + ": " + reason;
            case Verdict.Accepted _, Verdict.Rejected _ -> throw new IllegalArgumentException("this is a result");
        };
        return String.join(" ", why.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
    }

    /**
     * Prints a result for a person.
     *
     * @param out where to
     * @param verdict accepted or rejected
     */
    public void print(PrintWriter out, Verdict verdict) {
        switch (verdict) {
            case Verdict.Accepted accepted -> print(out, accepted);
            case Verdict.Rejected rejected -> print(out, rejected);
            default -> throw new IllegalArgumentException("this is no result");
        }
    }

    private void print(PrintWriter out, Verdict.Accepted accepted) {
        out.printf("accepted: %,d lines in %.1f s, %,.0f lines a second%n", accepted.lines(), seconds, rate(accepted));
        Set<String> exercised = new TreeSet<>(accepted.clauses());
        if (!exercised.isEmpty()) {
            out.printf("clauses exercised: %d of %d: %s%n",
                    exercised.size(), clauses.ids().size(), String.join(", ", exercised));
        }
    }

    private void print(PrintWriter out, Verdict.Rejected rejected) {
        out.printf("rejected at step %d%n", rejected.step());
        if (!rejected.clauses().isEmpty()) {
            out.println("clauses in play:");
            rejected.clauses().forEach(id -> out.println("  " + id + " " + clauses.text(id)));
        }
        rejected.explanation().forEach(out::println);
    }

    private double rate(Verdict.Accepted accepted) {
        return accepted.lines() / Math.max(seconds, 1e-9);
    }

    /**
     * Prints any verdict for programs.
     *
     * @param out where to
     * @param verdict the verdict
     * @throws IOException when it can't be written
     */
    public void printJson(PrintWriter out, Verdict verdict) throws IOException {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("file", file);
        report.put("oracle", oracle);
        report.put("verdict", name(verdict));
        report.put("seconds", Math.round(seconds * 1000) / 1000.0);
        report.put("linesRead", linesRead);
        switch (verdict) {
            case Verdict.Accepted accepted -> {
                report.put("lines", accepted.lines());
                report.put("linesPerSecond", Math.round(rate(accepted)));
                report.put("clausesExercised", new TreeSet<>(accepted.clauses()));
            }
            case Verdict.Rejected rejected -> {
                report.put("step", rejected.step());
                Map<String, String> texts = new LinkedHashMap<>();
                rejected.clauses().forEach(id -> texts.put(id, clauses.text(id)));
                report.put("clauses", texts);
                report.put("explanation", rejected.explanation());
            }
            default -> report.put("reason", why(verdict));
        }
        out.println(JSON.writeValueAsString(report));
    }

    private static String name(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted _ -> "ACCEPTED";
            case Verdict.Rejected _ -> "REJECTED";
            case Verdict.Malformed _ -> "MALFORMED";
            case Verdict.Incomplete _ -> "INCOMPLETE";
            case Verdict.EvaluationError _ -> "EVALUATION_ERROR";
            case Verdict.Vacuous _ -> "VACUOUS";
        };
    }
}
