package org.netchannel.conformance.suite;

import java.util.List;
import java.util.Map;

/**
 * What an implementation has come to.
 *
 * @param identity name and version as the implementation says
 * @param parts what each part came to, also those that were left out
 * @param findings what was found, the most telling first
 * @param others names of runs that failed too, perhaps because of the same
 * @param exercised for each clause that an accepted run exercised, how many did
 * @param actions for each action of the specification that a trace shows, how often accepted runs took it; 0 for never
 */
public record Result(
        String identity,
        List<PartResult> parts,
        List<Finding> findings,
        List<String> others,
        Map<String, Long> exercised,
        Map<String, Long> actions) {

    /**
     * Where a clause stands.
     *
     * @param id its id
     * @return the standing
     */
    public ClauseStanding standing(String id) {
        boolean violated = findings.stream().anyMatch(finding -> finding.clauses().contains(id));
        return new ClauseStanding(exercised.getOrDefault(id, 0L), violated);
    }
}
