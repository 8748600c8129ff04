package org.netchannel.specs.counterexample;

/** How a counterexample goes on after its last step. */
public sealed interface Ending {
    /** The last step is the violation. */
    record Finite() implements Ending {}

    /** The last state stays for ever: nothing that fairness demands can happen. */
    record Stuttering() implements Ending {}

    /**
     * A step leads back to an earlier state, and so on for ever.
     *
     * @param action the action of that step, with arguments where they are known
     * @param step number of the step it leads back to
     */
    record BackTo(ActionCall action, int step) implements Ending {}
}
