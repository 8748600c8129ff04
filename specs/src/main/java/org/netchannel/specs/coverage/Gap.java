package org.netchannel.specs.coverage;

/**
 * An action or expression that no model reaches.
 *
 * @param place where it stands
 * @param definition the definition that it belongs to
 * @param expression its text, blanks shortened
 */
public record Gap(Place place, String definition, String expression) {
    @Override
    public String toString() {
        return place + " in " + definition + ": " + expression;
    }
}
