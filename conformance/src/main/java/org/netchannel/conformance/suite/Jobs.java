package org.netchannel.conformance.suite;

import java.util.List;
import org.netchannel.conformance.check.SpecOracle;

/** What a part has to run. Any thread may call. */
interface Jobs {
    /** Runs the next one, if there is one; says whether there was. */
    boolean next(SpecOracle oracle) throws InterruptedException;

    /** How far it is, for a person. */
    String progress();

    /** What was found, when all are done. */
    Findings findings();

    /**
     * What was found.
     *
     * @param told the most telling first
     * @param others names of runs that failed too, perhaps because of the same
     */
    record Findings(List<Finding> told, List<String> others) {}
}
