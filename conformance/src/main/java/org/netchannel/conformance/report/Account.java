package org.netchannel.conformance.report;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.conformance.Violation;
import org.netchannel.traces.TraceLine;

/**
 * What a person wants to know about a run that failed.
 *
 * @param did what the implementation did
 * @param allowed what would have been right
 * @param before the state before it, as the specification has it; may be empty
 */
public record Account(List<String> did, List<String> allowed, List<String> before) {
    private static final String LINE = "line: ";
    private static final String EXPECTED = "the specification says";
    private static final String ENDPOINT_SAYS = "endpoint.md says";
    private static final String STATE = "state before";

    /**
     * Tells about a run.
     *
     * @param violation what was wrong
     * @param trace every call up to it
     * @return the account
     */
    public static Account of(Violation violation, List<TraceLine> trace) {
        List<String> did = new ArrayList<>();
        List<String> allowed = new ArrayList<>();
        List<String> before = new ArrayList<>();
        boolean rejected = violation.details().stream().anyMatch(detail -> detail.startsWith(LINE));
        if (rejected && !trace.isEmpty()) {
            TraceLine last = trace.getLast();
            did.add("host " + last.host() + ", step " + last.step() + ": " + Words.of(last.event()));
        }
        List<String> section = did;
        for (String detail : violation.details()) {
            boolean expected = detail.startsWith(EXPECTED) || detail.startsWith(ENDPOINT_SAYS);
            section = expected ? allowed : detail.startsWith(STATE) ? before : section;
            section.add(detail);
        }
        if (allowed.isEmpty()) {
            allowed.add("what the clauses say");
        }
        return new Account(List.copyOf(did), List.copyOf(allowed), List.copyOf(before));
    }
}
