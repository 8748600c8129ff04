package org.netchannel.specs;

import org.netchannel.specs.coverage.Coverage;
import org.netchannel.specs.distributed.Cluster;

/** What a run of models does besides checking them. */
public sealed interface RunMode {
    /** Nothing. */
    record Plain() implements RunMode {}

    /**
     * It leaves checkpoints, and goes on from those that are there.
     *
     * @param checkpoints where they are
     */
    record Interruptible(Checkpoints checkpoints) implements RunMode {}

    /**
     * It has several machines work on each model.
     *
     * @param cluster the machines
     */
    record Distributed(Cluster cluster) implements RunMode {}

    /**
     * It counts how often each expression is evaluated.
     *
     * @param coverage where it counts; all models together
     */
    record Covering(Coverage coverage) implements RunMode {}
}
