package org.netchannel.specs.engine;

/** An expression that TLC cannot evaluate in some state: a mistake in the specification, or an unfit input. */
public final class SpecEvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message what was evaluated, what TLC said, and the expressions it was in
     * @param cause what TLC threw
     */
    public SpecEvaluationException(String message, Throwable cause) {
        super(message, cause);
    }
}
