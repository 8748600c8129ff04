package org.netchannel.specs;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.specs.counterexample.Counterexample;

/** Small specifications, one for each thing that can come out of TLC. */
public final class Toys {
    /** Little time, so that a test that hangs fails soon; still enough for a busy machine. */
    static final RunSettings SETTINGS = new RunSettings(2, 1, Duration.ofSeconds(60), 1, true);

    /** A model of 641,601 states. */
    static final Model GRID = holds("Grid", "Grid.cfg", 801 * 801);

    /** The same, with an invariant that its last state violates. */
    static final Model GRID_CORNER = violates("Grid", "GridCorner.cfg", PropertyKind.INVARIANT, "NotTheCorner");

    private Toys() {}

    public static SpecFiles files() throws IOException {
        try {
            return SpecFiles.in(Path.of(Toys.class.getResource("/toys/Relay.tla").toURI()).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Model holds(String module, String config, long distinctStates) {
        return model(module, config, new Expected.Holds(), OptionalLong.of(distinctStates));
    }

    public static Model violates(String module, String config, PropertyKind kind, String property) {
        return model(module, config, new Expected.Violates(kind, Optional.ofNullable(property)), OptionalLong.empty());
    }

    /** Random walks of a model that holds or violates an invariant. */
    static Model simulated(Model model, Simulation simulation) {
        return new Model(
                model.name() + "-simulated", model.module(), model.config(), model.description(), model.races(),
                model.clauses(), model.expected(), model.twin(), model.checkDeadlock(), OptionalLong.empty(),
                model.seconds(), model.megabytes(), ModelSize.SIMULATION, Optional.of(simulation));
    }

    private static Model model(String module, String config, Expected expected, OptionalLong distinctStates) {
        boolean deadlock =
                expected instanceof Expected.Violates violates && violates.kind() == PropertyKind.DEADLOCK;
        return new Model(
                config.replace(".cfg", ""), module, config, "A toy.", List.of(), List.of(), expected,
                Optional.empty(), deadlock, distinctStates, 1, 128, ModelSize.QUICK, Optional.empty());
    }

    /** The counterexample of an invariant, with arguments. */
    public static Counterexample explainedCounterexample(String module, String config, String invariant)
            throws IOException, InterruptedException {
        Model model = violates(module, config, PropertyKind.INVARIANT, invariant);
        ModelResult result =
                new ModelRunner(files(), SETTINGS).run(List.of(model), RunListener.NONE).getFirst();
        return result.counterexample().orElseThrow(() -> new AssertionError(result.finding()));
    }

    /** A program that checks a model, with a checkpoint every second in a folder, and says what it notes. */
    public static final class Interruptible {
        private Interruptible() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            RunListener listener = new RunListener() {
                @Override
                public void note(String text) {
                    System.out.println(text);
                }
            };
            Model model = arguments[1].equals("Grid.cfg") ? GRID : GRID_CORNER;
            try (Checkpoints kept =
                    Checkpoints.open(Path.of(arguments[0]), Duration.ofSeconds(1)).orElseThrow()) {
                new ModelRunner(files(), SETTINGS, new RunMode.Interruptible(kept)).run(List.of(model), listener);
            }
        }
    }

    /** A program that runs a model without end and says when TLC has made progress. */
    public static final class Endless {
        private Endless() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            RunListener listener = new RunListener() {
                @Override
                public void progress(Progress progress) {
                    System.out.println("progress");
                }
            };
            RunSettings settings = new RunSettings(1, 1, Duration.ofMinutes(5), 1, false);
            new ModelRunner(files(), settings).run(List.of(holds("Counter", "CounterEndless.cfg", 1)), listener);
        }
    }
}
