package org.netchannel.conformance.suite;

import java.time.Duration;

/**
 * What a part came to.
 *
 * @param part the part
 * @param runs how many runs there were
 * @param failed how many of them failed
 * @param lines how many trace lines were judged
 * @param byTlc how many traces stock TLC has judged as well
 * @param took how long it took
 * @param remark why it ended early or was left out; empty when neither
 */
public record PartResult(Part part, long runs, long failed, long lines, long byTlc, Duration took, String remark) {}
