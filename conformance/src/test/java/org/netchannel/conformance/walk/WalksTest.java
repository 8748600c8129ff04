package org.netchannel.conformance.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.link.SeededChoices;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.specs.SpecFiles;
import org.netchannel.specs.engine.SpecState;

/**
 * The walks that are kept are behaviours of the specification as it is now. When it has changed and they are not, or to
 * look for better ones, {@code -Dwalks.write=true} finds new ones, which takes some minutes, and writes the page.
 */
class WalksTest {
    private static final boolean WRITE = Boolean.getBoolean("walks.write");
    private static final Path PAGE = Path.of("../docs/walks.md");
    private static final long SEED = 1;

    private static List<Walk> walks;

    @BeforeAll
    static void read() throws IOException {
        if (WRITE) {
            Files.write(PAGE, WalkTable.page(WalkWriter.write(SEED)));
        }
        walks = WRITE ? WalkWriter.read() : Walks.builtIn();
    }

    @ParameterizedTest
    @EnumSource
    void everyWalkIsABehaviourOfTheSpecification(WalkModel model) throws IOException {
        WalkSpec spec = WalkSpec.load(SpecFiles.builtIn(), model);
        List<Walk> own = walks.stream().filter(walk -> walk.model() == model).toList();
        assertThat(own).isNotEmpty();
        for (Walk walk : own) {
            int followed = spec.follow(walk.steps());
            assertThat(followed)
                    .as(() -> "the specification does not allow " + walk.steps().get(followed) + " after "
                            + walk.steps().subList(0, followed))
                    .isEqualTo(walk.steps().size());
        }
        assertThat(spec.follow(swapped(own.getFirst().steps()))).isLessThan(2);
    }

    /** The second step first, which is not possible where the first one makes it possible. */
    private static List<WalkStep> swapped(List<WalkStep> steps) {
        List<WalkStep> swapped = new ArrayList<>(steps);
        WalkStep arrival = steps.stream().filter(step -> step.action().equals("Arrive")).findFirst().orElseThrow();
        swapped.remove(arrival);
        swapped.addFirst(arrival);
        return swapped;
    }

    @ParameterizedTest
    @EnumSource
    void everyStepOfAWalkIsAStepOfMcNetChannel(WalkModel model) throws IOException {
        WalkSpec spec = WalkSpec.load(SpecFiles.builtIn(), model);
        SeededChoices choices = new SeededChoices(SEED);
        SpecState state = spec.start();
        for (int i = 0; i < 60; i++) {
            SpecState before = state;
            List<WalkSpec.Next> next = spec.next(state);
            assertThat(next).allSatisfy(one -> assertThat(spec.isStepOfMcNetChannel(before, one.state()))
                    .as(one.step()::toString)
                    .isTrue());
            if (next.isEmpty()) {
                return;
            }
            state = next.get(choices.below(next.size())).state();
        }
    }

    @Test
    void everyPairOfActionsOccursButThoseThatCannot() {
        Pairs actions = new Pairs(WalkStep::action);
        walks.forEach(walk -> actions.count(walk.steps()));
        List<String> missing = new ArrayList<>();
        List<String> impossible = new ArrayList<>();
        for (String first : actions.names()) {
            for (String second : actions.names()) {
                boolean occurs = actions.get(first, second) > 0;
                boolean can = !ImpossiblePairs.isImpossible(first, second);
                if (can && !occurs) {
                    missing.add(first + ", " + second);
                } else if (occurs && !can) {
                    impossible.add(first + ", " + second);
                }
            }
        }
        assertThat(actions.names()).hasSize(18);
        assertThat(impossible).isEmpty();
        assertThat(missing).isEmpty();
    }

    @Test
    void everyActionIsOneThatTheSpecificationHas() throws IOException {
        WalkSpec spec = WalkSpec.load(SpecFiles.builtIn(), WalkModel.EVERYTHING);
        TreeSet<String> used = new TreeSet<>();
        walks.forEach(walk -> walk.steps().forEach(step -> used.add(step.action())));
        assertThat(used).isEqualTo(new TreeSet<>(spec.actions()));
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        List<String> lines = walks.stream().flatMap(walk -> WalkText.lines(walk).stream()).toList();
        assertThat(WalkText.parse(lines.stream())).isEqualTo(walks);
    }

    @Test
    void thePageShowsTheWalks() throws IOException {
        assertThat(Files.readAllLines(PAGE)).isEqualTo(WalkTable.page(walks));
    }

    @Test
    void walksThatAddNothingAreLeftOut() {
        WalkRunner runner =
                new WalkRunner(ReferenceEndpoint::new, (header, lines) -> new Verdict.Accepted(0, Set.of()));
        WalkResult one = runner.run(walks.get(0), SEED);
        WalkResult other = runner.run(walks.get(1), SEED);
        assertThat(Walks.cover(List.of(one, one, other, other)))
                .containsExactlyInAnyOrder(walks.get(0), walks.get(1));
    }
}
