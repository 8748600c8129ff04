package org.netchannel.bench.speed;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * One way of doing what a question is about. One thread calls. Each sample opens all it needs, and closes it, but for
 * what has to be warm.
 */
interface Contender extends AutoCloseable {
    /** What it is called in tables, in lower case. */
    String name();

    /**
     * Does it for a while.
     *
     * @param time how long to measure, what opening takes not included
     * @return what was measured, by quantity
     * @throws IOException when a connection fails, or a byte arrives that is wrong
     */
    Map<Quantity, Double> sample(Duration time) throws IOException;

    /** Ends what has outlived samples. */
    @Override
    default void close() {
        // Most have nothing of that kind.
    }
}
