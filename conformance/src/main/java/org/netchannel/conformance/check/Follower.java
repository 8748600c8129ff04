package org.netchannel.conformance.check;

import java.util.Map;
import java.util.Set;

/** Sees how {@link SpecOracle} explains a trace. Called in the oracle's thread. */
@FunctionalInterface
public interface Follower {
    /**
     * An event was explained. A line about several packets is several events.
     *
     * @param event the record of the specification, not to be changed
     * @param clauses ids of the clauses that it exercises
     */
    void explained(Map<String, Object> event, Set<String> clauses);
}
