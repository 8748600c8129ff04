package org.netchannel.specs;

/** Whether a model belongs to every build. */
public enum ModelSize {
    /** Seconds; part of every build. */
    QUICK,
    /** Minutes to hours; run on demand. */
    THOROUGH,
    /** Too large to be exhausted: walked at random, on demand. */
    SIMULATION
}
