package org.netchannel.conformance.run;

import org.netchannel.conformance.scenario.Scenario;

/**
 * A scenario that failed.
 *
 * @param original as its seed made it
 * @param smallest the smallest run that was found to fail in the same way; it has a violation
 */
public record Failure(Scenario original, Run smallest) {}
