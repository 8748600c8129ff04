package org.netchannel.specs.tlc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netchannel.specs.counterexample.ActionCall;
import org.netchannel.specs.counterexample.Counterexample;
import org.netchannel.specs.counterexample.Ending;
import org.netchannel.specs.counterexample.Step;
import org.netchannel.specs.value.TlaState;

/** Puts a counterexample together from the states that TLC prints. */
final class TraceBuilder {
    private static final int MOST_STEPS = 10_000;
    private static final long MOST_CHARACTERS = 64 << 20;
    private static final String INITIAL = "Initial state";
    private static final String INITIAL_OF_TLC = "Initial predicate";
    private static final Pattern HEADING = Pattern.compile("\\d{1,9}: <(.*?)(?: (line .*))?>\\R?");
    private static final Pattern BACK = Pattern.compile("(\\d{1,9}): Back to state(?:: <(.*?)(?: line .*)?>)?\\s*");

    private final List<Step> steps = new ArrayList<>();
    private Ending ending = new Ending.Finite();
    private boolean begun;
    private long characters;
    private long dropped;

    void begin() {
        begun = true;
    }

    boolean begun() {
        return begun;
    }

    /** The message that an initial state violates a property holds the state after its first line. */
    void initialState(String text) {
        add(INITIAL, "", text.substring(text.indexOf('\n') + 1));
    }

    void state(String text) {
        Matcher heading = HEADING.matcher(text);
        if (heading.lookingAt()) {
            String location = heading.group(2) == null ? "" : heading.group(2);
            String action = heading.group(1).equals(INITIAL_OF_TLC) ? INITIAL : heading.group(1);
            add(action, location, text.substring(heading.end()));
        }
    }

    private void add(String action, String location, String text) {
        characters += text.length();
        if (steps.size() < MOST_STEPS && characters <= MOST_CHARACTERS) {
            steps.add(new Step(steps.size() + 1, ActionCall.named(action), location, text, TlaState.parse(text)));
        } else {
            dropped++;
        }
    }

    void stuttering() {
        ending = new Ending.Stuttering();
    }

    void backTo(String text) {
        Matcher back = BACK.matcher(text);
        if (back.matches()) {
            String action = back.group(2) == null ? "" : back.group(2);
            ending = new Ending.BackTo(ActionCall.named(action), Integer.parseInt(back.group(1)));
        }
    }

    Optional<Counterexample> build() {
        Optional<String> note = dropped == 0
                ? Optional.empty()
                : Optional.of("the last " + dropped + " of " + (dropped + steps.size()) + " states were dropped");
        return steps.isEmpty() ? Optional.empty() : Optional.of(new Counterexample(steps, ending, note));
    }
}
