package org.netchannel.conformance.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.engine.SpecAction;
import org.netchannel.specs.engine.SpecEngine;
import org.netchannel.specs.engine.SpecState;

/** The specification that walks are behaviours of: WalkNetChannel, executed step by step. One thread calls. */
final class WalkSpec {
    private static final String MODULE = "WalkNetChannel";

    /** A step that can be taken, and the state after it. */
    record Next(WalkStep step, SpecState state) {}

    private final SpecEngine engine;

    private WalkSpec(SpecEngine engine) {
        this.engine = engine;
    }

    /** Loads the module with the constants of a model; takes about a second. */
    static WalkSpec load(SpecFiles modules, WalkModel model) throws IOException {
        Path directory = Files.createTempDirectory("walk-specification");
        try {
            modules.extractTo(directory);
            for (String file : List.of(MODULE + ".tla", model.config() + ".cfg")) {
                Files.writeString(directory.resolve(file), WalkModel.text(file));
            }
            return new WalkSpec(SpecEngine.load(directory, MODULE, model.config(), Set.of()));
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** The names of the actions. */
    List<String> actions() {
        return engine.actions().stream().map(SpecAction::name).distinct().toList();
    }

    SpecState start() {
        return engine.initialStates().getFirst();
    }

    /** The steps that can be taken from a state, as far as an endpoint could. */
    List<Next> next(SpecState state) {
        Set<?> holders = (Set<?>) engine.value("Holders", state);
        Set<?> unsettled = (Set<?>) engine.value("Unsettled", state);
        List<Next> all = new ArrayList<>();
        for (SpecAction action : engine.actions()) {
            List<?> end = Arrays.asList(action.arguments().get("h"), action.arguments().get("id"));
            boolean suitable = switch (action.name()) {
                case "AppSend", "AppReceive", "AppShutdown", "AppClose", "AppAbort" -> holders.contains(end);
                case "HolTimerExpires" -> !unsettled.contains(end);
                default -> true;
            };
            if (suitable) {
                all.addAll(next(action, state));
            }
        }
        return all;
    }

    private List<Next> next(SpecAction action, SpecState state) {
        return engine.successors(action, state).stream()
                .map(after -> new Next(StepReader.read(action, state, after), after))
                .toList();
    }

    /**
     * How many steps of a walk the specification can take: all, if it is one of its behaviours.
     *
     * @param steps the walk's
     * @return the number of steps
     */
    int follow(List<WalkStep> steps) {
        Set<SpecState> states = Set.of(start());
        for (int i = 0; i < steps.size(); i++) {
            WalkStep step = steps.get(i);
            Set<SpecState> after = new HashSet<>();
            for (SpecState state : states) {
                engine.actions().stream()
                        .filter(action -> action.name().equals(step.action()))
                        .flatMap(action -> next(action, state).stream())
                        .filter(next -> next.step().equals(step))
                        .forEach(next -> after.add(next.state()));
            }
            if (after.isEmpty()) {
                return i;
            }
            states = after;
        }
        return steps.size();
    }

    /** Whether a step is one of MCNetChannel's, too: WalkNetChannel must not make any up. */
    boolean isStepOfMcNetChannel(SpecState before, SpecState after) {
        return engine.successors("Next", before).contains(after);
    }
}
