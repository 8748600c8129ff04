package org.netchannel.specs.counterexample;

import java.util.ArrayList;
import java.util.List;
import org.netchannel.specs.value.Change;
import org.netchannel.specs.value.Difference;
import org.netchannel.specs.value.StateText;
import org.netchannel.specs.value.TlaState;

/** Writes a counterexample for a person: a line for each step, with the action and only what it changed. */
public final class CounterexampleText {
    private static final int WIDEST_ACTION = 32;
    private static final int LONGEST_ARGUMENT = 80;
    private static final int LONGEST_VALUE = 120;
    /** What is gone was shown when it came. */
    private static final int LONGEST_GONE = 60;
    private static final int NARROWEST = 60;
    private static final int MOST_CHANGES = 40;
    /** A state is split into parts of about this many lines. */
    private static final int PART_LINES = 2;
    private static final int MOST_PARTS = 40;

    private final Counterexample counterexample;
    private final int width;
    private final int numberWidth;
    private final int actionWidth;
    private final List<String> lines = new ArrayList<>();

    private CounterexampleText(Counterexample counterexample, int width) {
        this.counterexample = counterexample;
        this.width = Math.max(NARROWEST, width);
        numberWidth = Integer.toString(counterexample.steps().size() + 1).length();
        actionWidth = counterexample.steps().stream()
                .skip(1)
                .mapToInt(step -> action(step).length())
                .filter(length -> length <= WIDEST_ACTION)
                .max()
                .orElse(0);
    }

    /**
     * Writes it.
     *
     * @param counterexample the behaviour
     * @param width longest line, in characters
     * @return lines without line ends
     */
    public static List<String> lines(Counterexample counterexample, int width) {
        CounterexampleText text = new CounterexampleText(counterexample, width);
        text.steps();
        text.ending();
        counterexample.note().ifPresent(note -> text.wrapped("(", List.of(note + ")"), ""));
        return text.lines;
    }

    private void steps() {
        TlaState before = null;
        for (Step step : counterexample.steps()) {
            if (before == null) {
                lines.add(number(step.number()) + "  " + action(step));
                initialState(step.state());
            } else {
                step(step.number(), action(step), Difference.between(before, step.state()));
            }
            before = step.state();
        }
    }

    private static String action(Step step) {
        return step.action().text(LONGEST_ARGUMENT);
    }

    private String number(int number) {
        return ("%" + numberWidth + "d").formatted(number);
    }

    private void step(int number, String action, List<Change> changes) {
        String head = number(number) + "  " + action;
        String indent = " ".repeat(numberWidth + 2 + actionWidth + 2);
        List<String> texts = texts(changes);
        if (action.length() <= actionWidth) {
            wrapped(head + " ".repeat(indent.length() - head.length()), texts, indent);
        } else {
            wrapped(head, List.of(), indent);
            wrapped(indent, texts, indent);
        }
    }

    private static List<String> texts(List<Change> changes) {
        List<String> texts = new ArrayList<>();
        changes.stream().limit(MOST_CHANGES).forEach(change -> texts.add(text(change)));
        if (changes.isEmpty()) {
            texts.add("(nothing changes)");
        } else if (changes.size() > MOST_CHANGES) {
            texts.add((changes.size() - MOST_CHANGES) + " more changes");
        }
        return texts;
    }

    private static String text(Change change) {
        String after = change.after().map(value -> value.text(LONGEST_VALUE)).orElse("");
        String before = change.before().map(value -> value.text(LONGEST_GONE)).orElse("");
        return change.path() + ": "
                + (change.what() == Change.What.CHANGED
                        ? before + " -> " + after
                        : change.what().text() + " " + before + after);
    }

    private void initialState(TlaState state) {
        String indent = " ".repeat(numberWidth + 2);
        StateText.parts(state, (width - indent.length()) * PART_LINES, MOST_PARTS)
                .forEach(part -> wrapped(indent, List.of(part), indent + "  "));
    }

    private void ending() {
        String indent = " ".repeat(numberWidth + 2);
        switch (counterexample.ending()) {
            case Ending.Finite() -> {
                if (counterexample.steps().size() > 2) {
                    altogether(indent);
                }
            }
            case Ending.Stuttering() -> lines.add(number(counterexample.steps().size() + 1)
                    + "  stuttering: nothing happens any more, and fairness asks for nothing");
            case Ending.BackTo(ActionCall action, int step) -> backTo(action.text(LONGEST_ARGUMENT), step);
        }
    }

    private void altogether(String indent) {
        TlaState first = counterexample.steps().getFirst().state();
        TlaState last = counterexample.steps().getLast().state();
        lines.add(indent + "all steps together:");
        wrapped(indent, texts(Difference.between(first, last)), indent);
    }

    private void backTo(String action, int step) {
        List<Step> steps = counterexample.steps();
        List<Change> changes = step >= 1 && step <= steps.size()
                ? Difference.between(steps.getLast().state(), steps.get(step - 1).state())
                : List.of();
        step(steps.size() + 1, action, changes);
        lines.add(" ".repeat(numberWidth + 2) + "back to step " + step + ", and so on for ever");
    }

    /** Puts texts behind one another, separated by semicolons, and breaks lines between words. */
    private void wrapped(String first, List<String> texts, String indent) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : String.join("; ", texts).split(" ")) {
            if (!empty && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString().stripTrailing());
    }
}
