package org.netchannel.optimized;

import java.util.function.BooleanSupplier;

/** How a test waits that steps everything itself: for something to be so, never for a time. */
public final class Until {
    private Until() {}

    /**
     * Steps until it is so. A test that takes too long is interrupted ({@link org.junit.jupiter.api.Timeout}).
     *
     * @param reached what is waited for
     * @param step what brings it about
     */
    public static void reached(BooleanSupplier reached, Runnable step) {
        while (!reached.getAsBoolean()) {
            step.run();
            if (Thread.interrupted()) {
                throw new AssertionError("what the test waits for does not happen");
            }
        }
    }
}
