package org.netchannel.specs.counterexample;

import org.netchannel.specs.value.TlaState;

/**
 * A state of a counterexample and how the system came into it.
 *
 * @param number from 1
 * @param action the action, with its arguments where they are known; {@code Initial state} in the first step
 * @param location where in the module the action stands, as TLC prints it; empty in the first step
 * @param text the state as TLC printed it
 * @param state the state
 */
public record Step(int number, ActionCall action, String location, String text, TlaState state) {
    Step withAction(ActionCall call) {
        return new Step(number, call, location, text, state);
    }
}
