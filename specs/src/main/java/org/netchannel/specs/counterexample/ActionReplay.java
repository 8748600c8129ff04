package org.netchannel.specs.counterexample;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.netchannel.specs.counterexample.ActionExplainer.Found;
import org.netchannel.specs.PropertyKind;
import org.netchannel.specs.tlc.TlcMain;
import org.netchannel.specs.value.TlaState;
import tlc2.tool.Action;
import tlc2.tool.ITool;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import util.SimpleFilenameToStream;

/**
 * Runs a counterexample through TLC's evaluator to learn the arguments of its actions, which TLC does not print. Main
 * class of a process of its own: TLC keeps its specification in static fields.
 */
public final class ActionReplay {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What to replay.
     *
     * @param module root module
     * @param config configuration
     * @param states the states as TLC printed them
     * @param backTo number of the state the last one leads back to, or 0
     */
    record Request(String module, String config, List<String> states, int backTo) {}

    /**
     * What came out of it.
     *
     * @param actions an action for each state, and one more for the step that leads back when there is one; null where
     *     none could be found
     * @param problem why actions are missing; null when none are
     * @param kind name of the kind of property that the last step violates; null when it violates none
     * @param property its name; null for a deadlock
     */
    record Response(List<Found> actions, String problem, String kind, String property) {}

    private final ITool tool;
    private String problem;
    private PropertyKind kind;
    private String property;

    private ActionReplay(ITool tool) {
        this.tool = tool;
    }

    /**
     * Replays the request in one file and writes the response to another.
     *
     * @param arguments paths of the two files
     * @throws IOException when a file can't be read or written
     */
    public static void main(String[] arguments) throws IOException {
        Thread.ofPlatform().daemon().name("parent-watch").start(TlcMain::endWithParent);
        Request request = JSON.readValue(Path.of(arguments[0]).toFile(), Request.class);
        JSON.writeValue(Path.of(arguments[1]).toFile(), respond(request));
        System.exit(0);
    }

    private static Response respond(Request request) {
        try {
            // The evaluator wants both names without their endings.
            String config = request.config.replaceFirst("\\.cfg$", "");
            ActionReplay replay =
                    new ActionReplay(new FastTool("", request.module, config, new SimpleFilenameToStream()));
            List<Found> actions = replay.actions(request);
            return new Response(
                    actions, replay.problem, replay.kind == null ? null : replay.kind.name(), replay.property);
        } catch (RuntimeException | StackOverflowError e) {
            return new Response(List.of(), "the replay failed: " + oneLine(e), null, null);
        }
    }

    private List<Found> actions(Request request) {
        List<TLCState> states = new ArrayList<>();
        List<Found> actions = new ArrayList<>();
        for (String text : request.states) {
            Predicate<TLCState> wanted = matcher(text);
            Optional<TLCState> state = states.isEmpty() ? initial(wanted) : successor(states.getLast(), wanted);
            if (state.isEmpty()) {
                problem = "state " + (states.size() + 1) + " is not reached when the behaviour is replayed";
                break;
            }
            actions.add(states.isEmpty() ? null : action(states.getLast(), state.get()));
            states.add(state.get());
        }
        boolean complete = states.size() == request.states.size();
        if (complete) {
            findViolation(states);
        }
        IntStream.range(actions.size(), request.states.size()).forEach(i -> actions.add(null));
        if (request.backTo > 0) {
            actions.add(complete ? action(states.getLast(), states.get(request.backTo - 1)) : null);
        }
        return actions;
    }

    /** Invariants, action properties and deadlock: whatever the last step shows. */
    private void findViolation(List<TLCState> states) {
        TLCState last = states.getLast();
        for (int i = 0; i < tool.getInvariants().length; i++) {
            if (!tool.isValid(tool.getInvariants()[i], last)) {
                violates(PropertyKind.INVARIANT, tool.getInvNames()[i]);
                return;
            }
        }
        for (int i = 0; states.size() > 1 && i < tool.getImpliedActions().length; i++) {
            if (!tool.isValid(tool.getImpliedActions()[i], states.get(states.size() - 2), last)) {
                violates(PropertyKind.ACTION_PROPERTY, tool.getImpliedActNames()[i]);
                return;
            }
        }
        if (Stream.of(tool.getActions()).allMatch(action -> tool.getNextStates(action, last).empty())) {
            violates(PropertyKind.DEADLOCK, null);
        }
    }

    private void violates(PropertyKind what, String name) {
        kind = what;
        // A conjunct of a property has no name of its own: TLC then gives its place.
        property = name != null && name.matches("\\w+") ? name : null;
    }

    private static Predicate<TLCState> matcher(String text) {
        TlaState wanted = TlaState.parse(text);
        return state -> {
            String printed = state.toString();
            return printed.strip().equals(text.strip()) || TlaState.parse(printed).equals(wanted);
        };
    }

    private Optional<TLCState> initial(Predicate<TLCState> wanted) {
        return find(tool.getInitStates(), wanted);
    }

    private Optional<TLCState> successor(TLCState state, Predicate<TLCState> wanted) {
        for (Action action : tool.getActions()) {
            Optional<TLCState> found = find(tool.getNextStates(action, state), wanted);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<TLCState> find(StateVec states, Predicate<TLCState> wanted) {
        for (int i = 0; i < states.size(); i++) {
            if (wanted.test(states.elementAt(i))) {
                return Optional.of(states.elementAt(i));
            }
        }
        return Optional.empty();
    }

    /** Null when the evaluator fails on this step: the step then keeps the name that TLC gave it. */
    private Found action(TLCState before, TLCState after) {
        try {
            return ActionExplainer.explain(tool, before, after).orElse(null);
        } catch (RuntimeException | StackOverflowError e) {
            problem = "a step can't be explained: " + oneLine(e);
            return null;
        }
    }

    private static String oneLine(Throwable thrown) {
        return thrown.toString().strip().replaceAll("\\s+", " ");
    }
}
