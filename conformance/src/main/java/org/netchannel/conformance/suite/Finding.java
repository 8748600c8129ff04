package org.netchannel.conformance.suite;

/**
 * One mistake of the implementation, as far as one can tell from outside.
 *
 * @param smallest the run that shows it with the least to read
 * @param runs how many runs failed like it
 */
public record Finding(FailedRun smallest, long runs) {}
