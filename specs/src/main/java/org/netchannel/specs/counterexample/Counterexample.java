package org.netchannel.specs.counterexample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A behaviour that violates a property. Immutable.
 *
 * @param steps the first is an initial state; may be empty when TLC printed none
 * @param ending how it goes on
 * @param note what a reader should know about this account of it, such as why arguments of actions are missing
 */
public record Counterexample(List<Step> steps, Ending ending, Optional<String> note) {
    /** Keeps its own copy. */
    public Counterexample {
        steps = List.copyOf(steps);
    }

    /** The same behaviour with actions for each step, and one more when a step leads back; null leaves one as it is. */
    Counterexample named(List<ActionCall> actions) {
        List<Step> renamed = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            ActionCall action = actions.get(i);
            renamed.add(action == null ? steps.get(i) : steps.get(i).withAction(action));
        }
        boolean renamesBack = ending instanceof Ending.BackTo && actions.get(steps.size()) != null;
        return new Counterexample(renamed, renamesBack ? renamed(actions.get(steps.size())) : ending, note);
    }

    private Ending renamed(ActionCall action) {
        return ending instanceof Ending.BackTo(var _, int step) ? new Ending.BackTo(action, step) : ending;
    }

    Counterexample noting(String text) {
        return new Counterexample(steps, ending, Optional.of(note.map(first -> first + "; " + text).orElse(text)));
    }
}
