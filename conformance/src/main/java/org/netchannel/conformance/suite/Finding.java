package org.netchannel.conformance.suite;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One mistake of the implementation, as far as one can tell from outside.
 *
 * @param smallest the run that shows it with the least to read
 * @param clauses ids of the clauses that do not hold, as far as one can tell
 * @param alike names of the other runs that failed, as it seems, because of it
 */
public record Finding(FailedRun smallest, Set<String> clauses, List<String> alike) {
    /** Keeps immutable copies. */
    public Finding {
        clauses = Collections.unmodifiableSet(new TreeSet<>(clauses));
        alike = List.copyOf(alike);
    }

    /**
     * How many runs failed because of it.
     *
     * @return the number, at least 1
     */
    public int runs() {
        return 1 + alike.size();
    }
}
