package org.netchannel.specs.tlc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.netchannel.specs.Counts;
import org.netchannel.specs.Finding;
import org.netchannel.specs.Finding.Stage;
import org.netchannel.specs.PropertyKind;
import org.netchannel.specs.counterexample.Counterexample;
import tlc2.output.EC;

/** Collects what TLC says, and makes a report of it at the end. One thread at a time. */
final class Transcript {
    private static final int MOST_LINES = 200;
    private static final int LONGEST_LINE = 1_000;
    private static final int MOST_ERRORS = 20;
    private static final Pattern COUNTS = Pattern.compile(
            "([\\d,]{1,23}) states generated.*?, ([\\d,]{1,23}) distinct states found.*?, ([\\d,]{1,23}) states left");
    private static final Pattern VIOLATED =
            Pattern.compile("(?:Invariant|Action property|Property) (\\S+) is violated");

    private final Deque<String> lines = new ArrayDeque<>();
    private final List<String> errors = new ArrayList<>();
    private final TraceBuilder trace = new TraceBuilder();
    private boolean outOfMemory;
    private boolean success;
    private Finding.Violated violated;
    private Counts counts = Counts.NONE;

    void line(String line) {
        if (lines.size() == MOST_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
    }

    void message(ToolMessage message) {
        switch (message.code()) {
            case EC.TLC_SUCCESS -> success = true;
            case EC.TLC_STATS, EC.TLC_PROGRESS_STATS -> count(message.text());
            case EC.TLC_INVARIANT_VIOLATED_INITIAL, EC.TLC_PROPERTY_VIOLATED_INITIAL -> {
                violated(message.code() == EC.TLC_INVARIANT_VIOLATED_INITIAL
                        ? PropertyKind.INVARIANT : PropertyKind.ACTION_PROPERTY, message.text());
                trace.initialState(message.text());
            }
            case EC.TLC_INVARIANT_VIOLATED_BEHAVIOR -> violated(PropertyKind.INVARIANT, message.text());
            case EC.TLC_ACTION_PROPERTY_VIOLATED_BEHAVIOR -> violated(PropertyKind.ACTION_PROPERTY, message.text());
            case EC.TLC_TEMPORAL_PROPERTY_VIOLATED -> violated(PropertyKind.TEMPORAL_PROPERTY, "");
            case EC.TLC_DEADLOCK_REACHED -> violated(PropertyKind.DEADLOCK, "");
            case EC.TLC_BEHAVIOR_UP_TO_THIS_POINT, EC.TLC_COUNTER_EXAMPLE -> trace.begin();
            case EC.TLC_STATE_PRINT1, EC.TLC_STATE_PRINT2 -> trace.state(message.text());
            case EC.TLC_STATE_PRINT3 -> trace.stuttering();
            case EC.TLC_BACK_TO_STATE -> trace.backTo(message.text());
            default -> other(message);
        }
    }

    private void violated(PropertyKind kind, String text) {
        Matcher name = VIOLATED.matcher(text);
        violated = new Finding.Violated(kind, name.find() ? List.of(name.group(1)) : List.of());
    }

    private void count(String text) {
        Matcher matcher = COUNTS.matcher(text);
        if (matcher.find()) {
            counts = new Counts(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3)));
        }
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }

    private void other(ToolMessage message) {
        outOfMemory |= message.code() == EC.SYSTEM_OUT_OF_MEMORY
                || message.code() == EC.SYSTEM_OUT_OF_MEMORY_LIVENESS
                || message.code() == EC.SYSTEM_OUT_OF_MEMORY_TOO_MANY_INIT;
        boolean error = message.severity() == ToolMessage.ERROR || message.severity() == ToolMessage.BUG;
        if (error && errors.size() < MOST_ERRORS) {
            errors.add(message.text().strip());
        }
    }

    /** The report of a run that ended by itself. */
    TlcReport report(int exitStatus, Duration processorTime) {
        Finding finding = finding(exitStatus);
        Optional<Counterexample> counterexample =
                finding instanceof Finding.Violated || trace.begun() ? trace.build() : Optional.empty();
        return new TlcReport(finding, counts, processorTime, counterexample);
    }

    /** The report of a simulation that ended by itself; only the process knows how far it came. */
    TlcReport simulated(int exitStatus, Counts latest, Duration processorTime) {
        TlcReport said = report(exitStatus, processorTime);
        boolean quiet = exitStatus == EC.ExitStatus.SUCCESS && violated == null && errors.isEmpty();
        Finding finding = !quiet ? said.finding()
                : latest.traces() > 0 ? new Finding.NoneFound(latest.traces())
                : new Finding.Failed(Stage.TOOL, "no random trace was finished, so nothing is shown");
        return new TlcReport(finding, latest, processorTime, said.counterexample());
    }

    /** The report of a run that was cut off. */
    TlcReport cutOff(Finding finding, Counts latest) {
        return new TlcReport(finding, latest, Duration.ZERO, Optional.empty());
    }

    private Finding finding(int exitStatus) {
        if (exitStatus == EC.ExitStatus.SUCCESS && success) {
            return new Finding.Holds();
        }
        if (violated != null && violated.kind() == kindOf(exitStatus, violated.kind())) {
            return violated;
        }
        return new Finding.Failed(stage(exitStatus), explanation(exitStatus));
    }

    /** The kind, if TLC ends with this status for it; null otherwise. */
    private static PropertyKind kindOf(int exitStatus, PropertyKind kind) {
        int status = switch (kind) {
            case INVARIANT -> EC.ExitStatus.VIOLATION_SAFETY;
            case ACTION_PROPERTY, TEMPORAL_PROPERTY -> EC.ExitStatus.VIOLATION_LIVENESS;
            case DEADLOCK -> EC.ExitStatus.VIOLATION_DEADLOCK;
        };
        return status == exitStatus ? kind : null;
    }

    private Stage stage(int exitStatus) {
        return switch (exitStatus) {
            case EC.ExitStatus.ERROR_SPEC_PARSE, EC.ExitStatus.ERROR_CONFIG_PARSE -> Stage.PARSING;
            case EC.ExitStatus.VIOLATION_ASSUMPTION,
                    EC.ExitStatus.VIOLATION_LIVENESS,
                    EC.ExitStatus.VIOLATION_ASSERT,
                    EC.ExitStatus.FAILURE_SPEC_EVAL,
                    EC.ExitStatus.FAILURE_SAFETY_EVAL,
                    EC.ExitStatus.FAILURE_LIVENESS_EVAL -> Stage.EVALUATION;
            case EC.ExitStatus.ERROR -> outOfMemory || errors.isEmpty() ? Stage.TOOL : Stage.EVALUATION;
            default -> Stage.TOOL;
        };
    }

    private String explanation(int exitStatus) {
        List<String> parts = new ArrayList<>(errors);
        String said = lines.stream()
                .filter(line -> !line.isBlank())
                .filter(line -> !line.startsWith("Parsing file ") && !line.startsWith("Semantic processing "))
                .collect(Collectors.joining("\n"));
        if (!said.isEmpty()) {
            parts.add(said);
        }
        parts.add("TLC ended with exit status " + exitStatus);
        return String.join("\n", parts);
    }
}
