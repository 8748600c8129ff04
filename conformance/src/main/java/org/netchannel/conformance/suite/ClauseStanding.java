package org.netchannel.conformance.suite;

/**
 * Where a clause stands.
 *
 * @param runs how many runs exercised it and were accepted
 * @param violated whether a finding names it
 */
public record ClauseStanding(long runs, boolean violated) {
    /** The three verdicts. */
    public enum Verdict {
        /** Exercised, and nothing was found against it. */
        PASSED,
        /** A finding names it. */
        VIOLATED,
        /** No accepted run exercised it. */
        NOT_EXERCISED
    }

    /**
     * The verdict.
     *
     * @return violated when a finding names it, whatever else exercised it
     */
    public Verdict verdict() {
        return violated ? Verdict.VIOLATED : runs > 0 ? Verdict.PASSED : Verdict.NOT_EXERCISED;
    }
}
