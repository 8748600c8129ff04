package org.netchannel.conformance.suite;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What an implementation is put through.
 *
 * @param parts which parts
 * @param topics what drills and scenarios are about
 * @param arrangements who is on which side in walks and scenarios, in turn
 * @param seed fixes every choice
 * @param runs how many scenarios at most
 * @param time for how long scenarios at most, apart from making failing ones smaller
 * @param findings stops looking when there are so many, at least 1
 * @param workers how many threads
 */
public record Plan(
        Set<Part> parts,
        Set<Topic> topics,
        List<Arrangement> arrangements,
        long seed,
        long runs,
        Duration time,
        int findings,
        int workers) {}
