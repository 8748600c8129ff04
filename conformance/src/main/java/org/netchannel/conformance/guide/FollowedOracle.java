package org.netchannel.conformance.guide;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/** The executed specification, which remembers what the traces that it accepted exercised. One thread calls. */
public final class FollowedOracle implements TraceChecker {
    private final SpecOracle oracle;
    private final Map<String, Long> actions = new HashMap<>();
    private Optional<Trail> last = Optional.empty();

    /**
     * Nothing was exercised yet.
     *
     * @param oracle judges
     */
    public FollowedOracle(SpecOracle oracle) {
        this.oracle = oracle;
    }

    @Override
    public Verdict check(TraceHeader header, Iterable<TraceLine> lines) {
        Trail trail = new Trail();
        Verdict verdict = oracle.check(header, lines, trail);
        last = verdict instanceof Verdict.Accepted ? Optional.of(trail) : Optional.empty();
        last.ifPresent(accepted ->
                accepted.actions().forEach((action, times) -> actions.merge(action, times, Long::sum)));
        return verdict;
    }

    /**
     * What the last trace exercised.
     *
     * @return empty when it was not accepted
     */
    public Optional<Trail> last() {
        return last;
    }

    /**
     * All actions of the specification, and how often accepted traces took each.
     *
     * @return a new map, 0 for never
     */
    public Map<String, Long> actions() {
        Map<String, Long> all = new LinkedHashMap<>();
        Actions.all().forEach(action -> all.put(action, actions.getOrDefault(action, 0L)));
        return all;
    }
}
