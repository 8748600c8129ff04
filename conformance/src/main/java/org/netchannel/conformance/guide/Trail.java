package org.netchannel.conformance.guide;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.netchannel.conformance.check.Follower;

/**
 * What a run exercised: which actions of the specification how often, in which situations, and which of them followed
 * each other on a connection. A situation is an action with the clauses that it exercises and its surroundings. One
 * thread calls.
 */
public final class Trail implements Follower {
    private final Surroundings surroundings = new Surroundings();
    private final Map<String, Long> actions = new TreeMap<>();
    private final Set<String> situations = new LinkedHashSet<>();
    private final Set<String> pairs = new HashSet<>();
    private final Map<String, String> last = new HashMap<>();

    /** Nothing was exercised yet. */
    public Trail() {}

    @Override
    public void explained(Map<String, Object> event, Set<String> clauses) {
        String action = Actions.of(event);
        actions.merge(action, 1L, Long::sum);
        String connection = surroundings.connection(event);
        situations.add(action + " " + new TreeSet<>(clauses) + " " + surroundings.next(event));
        if (!connection.isEmpty()) {
            String there = event.get("host") + " " + action;
            String before = last.put(connection, there);
            if (before != null) {
                boolean sameHost = before.charAt(0) == there.charAt(0);
                pairs.add(before.substring(2) + (sameHost ? ", then " : ", then on the other host ") + action);
            }
        }
    }

    /**
     * Actions and how often they were taken.
     *
     * @return by the names of {@link Actions#all}
     */
    public Map<String, Long> actions() {
        return Collections.unmodifiableMap(actions);
    }

    /**
     * Situations that came.
     *
     * @return each once, in the order in which they came
     */
    public Set<String> situations() {
        return Collections.unmodifiableSet(situations);
    }

    /**
     * Which actions followed each other on a connection.
     *
     * @return each pair once
     */
    public Set<String> pairs() {
        return Collections.unmodifiableSet(pairs);
    }
}
