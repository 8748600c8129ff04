package org.netchannel.conformance;

import java.io.Serial;

/** Ends a run at its first violation. What comes after one says nothing: it may all follow from it. */
public final class ViolationFound extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Violation violation;

    /**
     * Carries a violation to the runner.
     *
     * @param violation what was found
     */
    public ViolationFound(Violation violation) {
        super(violation.toString(), null, false, false);
        this.violation = violation;
    }

    /**
     * What ended the run.
     *
     * @return the violation
     */
    public Violation violation() {
        return violation;
    }
}
