package org.netchannel.conformance.suite;

import java.time.Duration;
import java.util.function.Supplier;
import org.netchannel.traces.Endpoint;

/**
 * The implementation under test.
 *
 * @param name what reports call it
 * @param maker makes an endpoint for each run; called by several threads
 * @param drillLimit the time for a drill; long where endpoints watch their time themselves
 */
public record Subject(String name, Supplier<? extends Endpoint> maker, Duration drillLimit) {}
