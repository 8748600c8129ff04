package org.netchannel.specs.pictures;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.netchannel.specs.engine.SpecAction;
import org.netchannel.specs.engine.SpecEngine;
import org.netchannel.specs.engine.SpecState;

/**
 * A small state machine, seen through an operator of the specification that says in which of its states each of several
 * things is. Every state of the specification that can be reached is looked at.
 *
 * @param initial its states at the beginning
 * @param edges from a state to another one: what can lead there
 */
record StateMachine(SortedSet<String> initial, SortedMap<Edge, SortedSet<String>> edges) {
    /** From a state to another one. */
    record Edge(String from, String to) implements Comparable<Edge> {
        @Override
        public int compareTo(Edge other) {
            return Comparator.comparing(Edge::from).thenComparing(Edge::to).compare(this, other);
        }
    }

    SortedSet<String> states() {
        SortedSet<String> states = new TreeSet<>(initial);
        edges.keySet().forEach(edge -> states.addAll(Set.of(edge.from(), edge.to())));
        return states;
    }

    static StateMachine of(SpecEngine engine, String operator) {
        StateMachine machine = new StateMachine(new TreeSet<>(), new TreeMap<>());
        Map<SpecState, Map<Object, String>> seen = new HashMap<>();
        Deque<SpecState> left = new ArrayDeque<>(engine.initialStates());
        left.forEach(state -> seen.put(state, see(engine, operator, state)));
        seen.values().forEach(all -> machine.initial.addAll(all.values()));
        while (!left.isEmpty()) {
            SpecState state = left.remove();
            for (SpecAction action : engine.actions()) {
                for (SpecState next : engine.successors(action, state)) {
                    Map<Object, String> after = seen.computeIfAbsent(next, found -> {
                        left.add(found);
                        return see(engine, operator, found);
                    });
                    machine.add(seen.get(state), after, () -> Cause.of(action, state, next));
                }
            }
        }
        return machine;
    }

    private void add(Map<Object, String> before, Map<Object, String> after, Supplier<String> cause) {
        after.forEach((thing, state) -> {
            if (!state.equals(before.get(thing))) {
                edges.computeIfAbsent(new Edge(before.get(thing), state), missing -> new TreeSet<>()).add(cause.get());
            }
        });
    }

    @SuppressWarnings("unchecked") // the operator is a function to strings
    private static Map<Object, String> see(SpecEngine engine, String operator, SpecState state) {
        return (Map<Object, String>) engine.value(operator, state);
    }
}
