package org.netchannel.specs.mutation;

/** What is done to a module. */
public enum MutationKind {
    /** A conjunct that says nothing about the next state becomes TRUE: a guard, or a part of a definition. */
    CONJUNCT("conjunct dropped", "TRUE"),
    /** What EXCEPT puts in the place of a value becomes {@code @}, the value that was there. */
    UPDATE("update dropped", "@"),
    /** An action's conjunct about a variable's next value leaves the variable as it is. */
    NEXT_VALUE("next value dropped", "UNCHANGED"),
    /** A conjunct of a temporal formula becomes TRUE: fairness, mostly. */
    TEMPORAL("temporal conjunct dropped", "TRUE");

    private final String text;
    private final String replacement;

    MutationKind(String text, String replacement) {
        this.text = text;
        this.replacement = replacement;
    }

    /**
     * The words for it in a report.
     *
     * @return lower-case words
     */
    public String text() {
        return text;
    }

    String replacement() {
        return replacement;
    }
}
