package org.netchannel.conformance.run;

import org.netchannel.conformance.guide.Guide;
import org.netchannel.conformance.scenario.Scenario;

/**
 * A scenario that failed.
 *
 * @param chosen as the campaign chose it
 * @param smallest the smallest run that was found to fail in the same way; it has a violation
 */
public record Failure(Guide.Chosen chosen, Run smallest) {
    /**
     * The scenario before it was made smaller.
     *
     * @return as the campaign chose it
     */
    public Scenario original() {
        return chosen.scenario();
    }
}
