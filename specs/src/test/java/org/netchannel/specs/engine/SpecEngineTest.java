package org.netchannel.specs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SpecEngineTest {
    private static final Path MODULES = Path.of("src/test/resources/engine");

    private static SpecEngine engine;

    @BeforeAll
    static void load() {
        engine = load("Queue");
    }

    private static SpecEngine load(String module) {
        return SpecEngine.load(MODULES, module, module, Set.of("Event"));
    }

    private static SpecState initial(SpecEngine engine) {
        return engine.initialStates().getFirst();
    }

    private static Map<String, Object> event(String op, int value) {
        return Map.of("op", op, "value", value);
    }

    private static SpecState step(SpecEngine engine, SpecState state, String op, int value) {
        engine.supply("Event", event(op, value));
        List<SpecState> next = engine.successors("Next", state);
        assertThat(next).hasSize(1);
        return next.getFirst();
    }

    @Test
    void everyInitialStateIsFound() {
        assertThat(engine.initialStates())
                .extracting(state -> state.value("seen"))
                .containsExactly(Set.of(), Set.of(0));
    }

    @Test
    void anActionIsTakenWithTheSuppliedEventAndNoOther() {
        SpecState state = step(engine, step(engine, initial(engine), "put", 7), "put", 8);
        assertThat(state.value("queue")).isEqualTo(List.of(7, 8));
        engine.supply("Event", event("put", 9));
        assertThat(engine.successors("Next", state)).as("the queue is full").isEmpty();
        engine.supply("Event", event("take", 8));
        assertThat(engine.successors("Next", state)).as("8 is not the first").isEmpty();
        assertThat(step(engine, state, "take", 7).value("queue")).isEqualTo(List.of(8));
    }

    @Test
    void theStateStepsStartFromStaysAsItWas() {
        SpecState before = step(engine, initial(engine), "put", 1);
        String text = before.toString();
        step(engine, before, "put", 2);
        step(engine, before, "take", 1);
        assertThat(before).hasToString(text);
    }

    @Test
    void anActionWithChoicesHasSeveralSuccessors() {
        SpecState state = step(engine, step(engine, initial(engine), "put", 7), "put", 8);
        assertThat(engine.successors("TakeAny", state))
                .extracting(next -> next.value("queue"))
                .containsExactly(List.of(7), List.of(8));
    }

    @Test
    void theNextStateRelationIsTakenApartIntoActionsWithTheirArguments() {
        SpecEngine parts = SpecEngine.load(MODULES, "Parts", "Parts", Set.of());
        assertThat(parts.actions()).extracting(SpecAction::name).containsExactly("Add", "Add", "Clear", "Next");
        assertThat(parts.actions()).extracting(SpecAction::arguments)
                .containsExactly(Map.of("n", 1), Map.of("n", 2), Map.of(), Map.of());
        SpecState zero = initial(parts);
        assertThat(parts.actions()).extracting(action -> parts.successors(action, zero).stream()
                        .map(state -> state.value("sum"))
                        .toList())
                .containsExactly(List.of(1), List.of(2), List.of(0), List.of());
    }

    @Test
    void statesAreEqualWhenTheirVariablesAreHoweverTheyWereReached() {
        SpecState seven = step(engine, initial(engine), "put", 7);
        SpecState again = step(engine, step(engine, seven, "put", 7), "take", 7);
        assertThat(again).isEqualTo(seven).hasSameHashCodeAs(seven);
        assertThat(step(engine, initial(engine), "put", 8)).isNotEqualTo(seven);
        assertThat(step(engine, seven, "put", 7)).isNotEqualTo(seven);
    }

    @Test
    void anExpressionOfTheEventIsNotTakenForAConstant() {
        SpecState state = initial(engine);
        engine.supply("Event", event("put", 4));
        assertThat(engine.value("Twice", state)).isEqualTo(8);
        engine.supply("Event", event("put", 5));
        assertThat(engine.value("Twice", state)).isEqualTo(10);
        assertThat(engine.value("Event", state)).isEqualTo(event("put", 5));
    }

    @Test
    void violatedInvariantsAreNamed() {
        SpecState one = step(engine, initial(engine), "put", 1);
        assertThat(engine.violatedInvariants(one)).isEmpty();
        assertThat(engine.violatedInvariants(step(engine, one, "put", 2))).containsExactly("NotEmptyBound");
    }

    @Test
    void everyShapeOfValueComesOut() {
        assertThat(engine.value("Record", initial(engine))).isEqualTo(Map.ofEntries(
                Map.entry("number", 1),
                Map.entry("text", "a"),
                Map.entry("flag", true),
                Map.entry("set", Set.of(1, 2, 3)),
                Map.entry("tuple", List.of(1, "b")),
                Map.entry("sequence", List.of(1, 4)),
                Map.entry("function", Map.of("p", 0, "q", 0)),
                Map.entry("pairs", Map.of(5, 5, 7, 7)),
                Map.entry("interval", Set.of(2, 3, 4)),
                Map.entry("filtered", Set.of(2, 4)),
                Map.entry("nobody", "Nobody"),
                Map.entry("empty", List.of())));
        assertThat(engine.value("Shifted", initial(engine))).isEqualTo(List.of(5, 0, 1));
    }

    @Test
    void everyShapeOfValueGoesIn() {
        Object value = Map.of(
                "list", List.of(1, true, "x"), "set", Set.of(2, 1), "nested", Map.of("a", List.of(Map.of(4, 5, 6, 7))));
        engine.supply("Event", Map.of("op", "put", "value", value));
        assertThat(engine.value("EventValue", initial(engine))).isEqualTo(value);
    }

    @Test
    void whatHasNoShapeIsRefused() {
        assertThatThrownBy(() -> engine.supply("Event", Map.of("op", 1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Long");
        assertThatThrownBy(() -> engine.supply("Evnt", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Evnt")
                .hasMessageContaining("Event");
        assertThatThrownBy(() -> engine.successors("Nxt", initial(engine)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Nxt");
        assertThatThrownBy(() -> initial(engine).value("quee"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quee");
    }

    @Test
    void mistakesInTheSpecificationAreReportedWithTlcsWordsAndThePlace() {
        SpecState one = step(engine, initial(engine), "put", 1);
        assertThatThrownBy(() -> engine.value("Divides", one))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessageContaining("Divides")
                .hasMessageContaining("second argument of \\div is 0")
                .hasMessageContaining("Line 22, column 12 to line 22, column 26 in Queue");
        assertThatThrownBy(() -> engine.value("Overflow", one))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessageContaining("Overflow");
        assertThatThrownBy(() -> engine.value("TooDeep", one))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessageContaining("StackOverflowError");
        assertThatThrownBy(() -> engine.successors("Forgets", one))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessageContaining("Forgets gives seen no value");
        engine.supply("Event", Map.of("op", "put", "value", "text"));
        assertThatThrownBy(() -> engine.successors("NoBoolean", one)).isInstanceOf(SpecEvaluationException.class);
        engine.supply("Event", Map.of("op", "put"));
        assertThatThrownBy(() -> engine.successors("Next", one))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessageContaining("value");
    }

    @Test
    void anEngineWorksOnAfterAMistake() {
        SpecState one = step(engine, initial(engine), "put", 1);
        assertThatThrownBy(() -> engine.value("Divides", one)).isInstanceOf(SpecEvaluationException.class);
        assertThat(step(engine, one, "take", 1).value("queue")).isEqualTo(List.of());
    }

    @Test
    void anInputThatWasNeverSuppliedIsAnError() {
        SpecEngine fresh = load("Queue");
        assertThatThrownBy(() -> fresh.successors("Next", initial(fresh)))
                .isInstanceOf(SpecEvaluationException.class)
                .hasMessageContaining("nothing was supplied for Event");
    }

    @Test
    void aModuleWithAnErrorIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> SpecEngine.load(MODULES, "Broken", "Broken", Set.of()))
                .isInstanceOf(SpecLoadException.class)
                .hasMessageContaining("Undefined")
                .hasMessageContaining("line 3");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> SpecEngine.load(MODULES, "Missing", "Queue", Set.of()))
                .isInstanceOf(SpecLoadException.class)
                .hasMessageContaining("Missing");
        assertThatThrownBy(() -> SpecEngine.load(MODULES, "Queue", "Missing", Set.of()))
                .isInstanceOf(SpecLoadException.class)
                .hasMessageContaining("Missing.cfg");
        assertThatThrownBy(() -> SpecEngine.load(MODULES, "Queue", "Queue", Set.of("NoInput")))
                .hasMessageContaining("NoInput");
    }

    @Test
    void enginesDoNotDisturbEachOther() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Object>> ends =
                    threads.invokeAll(List.of(() -> longRun(3), () -> longRun(4))).stream().toList();
            assertThat(ends.get(0).get()).isEqualTo(List.of(3));
            assertThat(ends.get(1).get()).isEqualTo(List.of(4));
        }
    }

    private static Object longRun(int value) {
        SpecEngine own = load("Queue");
        SpecState state = step(own, initial(own), "put", value);
        for (int i = 0; i < 500; i++) {
            state = step(own, step(own, state, "put", value), "take", value);
        }
        return state.value("queue");
    }

    @Test
    void nothingIsPrinted() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        System.setErr(System.out);
        try {
            SpecEngine fresh = load("Queue");
            fresh.value("Prints", initial(fresh));
            assertThatThrownBy(() -> fresh.value("Divides", initial(fresh)))
                    .isInstanceOf(SpecEvaluationException.class);
            assertThatThrownBy(() -> load("Broken")).isInstanceOf(SpecLoadException.class);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(printed.toString()).isEmpty();
    }
}
