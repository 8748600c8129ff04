package org.netchannel.conformance.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netchannel.specs.engine.SpecEngine;
import org.netchannel.specs.engine.SpecState;
import org.netchannel.traces.TraceLine;

/**
 * Follows a trace through the specification. After each event it holds every state that the specification may be in, as
 * far as the events alone tell: one, as a rule, and a few while a choice of the implementation has not shown yet. Steps
 * without an event are looked for only when an event has no other explanation, first shortly before it, then earlier.
 */
final class TraceSearch {
    /** How many events back a step without an event may have been taken. */
    static final int WINDOW = 4096;

    /** How many states are followed at a time; with more, a rejection proves nothing. */
    static final int MAX_STATES = 256;

    private static final int FEW = 8;
    private static final int FIRST_RETRY = 16;
    private static final int RETRY_GROWTH = 16;

    private final SpecEngine engine;
    private final Deque<Step> past = new ArrayDeque<>();
    private List<SpecState> states;
    private boolean narrowed;

    /**
     * One event and where it was met.
     *
     * @param line the line it is from
     * @param event the record of the specification
     * @param before the states the specification may have been in
     */
    record Step(TraceLine line, Map<String, Object> event, List<SpecState> before) {}

    /** Begins at the beginning. */
    TraceSearch(SpecEngine engine) {
        this(engine, engine.initialStates());
    }

    /** Begins in the middle. */
    TraceSearch(SpecEngine engine, List<SpecState> states) {
        this.engine = engine;
        this.states = states;
    }

    /** The states that the specification may be in after the events so far. */
    List<SpecState> states() {
        return states;
    }

    /** Whether the events so far have an explanation with this one after them. If not, the search is over. */
    boolean explain(TraceLine line, Map<String, Object> event) {
        past.addLast(new Step(line, event, states));
        if (past.size() > WINDOW) {
            past.removeFirst();
        }
        List<SpecState> after = take(event, states);
        for (int back = FIRST_RETRY; after.isEmpty(); back *= RETRY_GROWTH) {
            after = withHiddenSteps(back);
            if (back >= past.size() && after.isEmpty()) {
                return false;
            }
        }
        states = after;
        return true;
    }

    /** Of the last event. */
    Step last() {
        return past.getLast();
    }

    /** Whether states had to be left out, so that an explanation may have been missed. */
    boolean narrowed() {
        return narrowed;
    }

    private List<SpecState> take(Map<String, Object> event, List<SpecState> before) {
        engine.supply("Event", event);
        if (before.size() == 1) {
            return distinct(engine.successors("TraceNext", before.getFirst()));
        }
        List<SpecState> after = new ArrayList<>();
        before.forEach(state -> after.addAll(engine.successors("TraceNext", state)));
        return distinct(after);
    }

    /** Follows the last events again, and takes every step without an event that is possible before each of them. */
    private List<SpecState> withHiddenSteps(int count) {
        List<Step> again = past.stream().skip(Math.max(0, past.size() - count)).toList();
        List<SpecState> current = again.getFirst().before();
        for (Step step : again) {
            current = take(step.event(), hidden(step, current));
        }
        return current;
    }

    private List<SpecState> hidden(Step step, List<SpecState> from) {
        engine.supply("Event", step.event());
        Set<SpecState> reached = new LinkedHashSet<>(from);
        Deque<SpecState> open = new ArrayDeque<>(from);
        while (!open.isEmpty() && reached.size() <= MAX_STATES) {
            for (SpecState next : engine.successors("Internal", open.removeFirst())) {
                if (reached.add(next)) {
                    open.addLast(next);
                }
            }
        }
        narrowed |= !open.isEmpty();
        return List.copyOf(reached);
    }

    /** As a rule there are one or two, so they are compared and not hashed. */
    private List<SpecState> distinct(List<SpecState> found) {
        if (found.size() <= 1) {
            return found;
        }
        Collection<SpecState> distinct = found.size() <= FEW ? new ArrayList<>() : new LinkedHashSet<>();
        for (SpecState state : found) {
            if (!distinct.contains(state)) {
                distinct.add(state);
            }
        }
        narrowed |= distinct.size() > MAX_STATES;
        return distinct.stream().limit(MAX_STATES).toList();
    }
}
