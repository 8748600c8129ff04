package org.netchannel.specs.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Domain(DomainContext.Global.class)
@Domain(TlaValues.class)
class DifferenceTest {
    private static TlaState state(TlaValue value) {
        return new TlaState(new LinkedHashMap<>(Map.of("x", value)));
    }

    private static String text(Change change) {
        String values = Stream.of(change.before(), change.after())
                .flatMap(value -> value.stream().map(Object::toString))
                .reduce((before, after) -> before + " -> " + after)
                .orElseThrow();
        return change.path() + " " + change.what().text() + " " + values;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "1; 2; x changed 1 -> 2",
        "[a |-> [b |-> 1, c |-> 2]]; [a |-> [b |-> 1, c |-> 3]]; x.a.c changed 2 -> 3",
        "(A :> (1 :> 5 @@ 7 :> 6)); (A :> (1 :> 5 @@ 7 :> 8)); x[A][7] changed 6 -> 8",
        "(<<A, 1>> :> 5); (<<A, 1>> :> 6); x[A, 1] changed 5 -> 6",
        "(A :> 1); (A :> 1 @@ B :> 2); x[B] added 2",
        "(A :> 1 @@ B :> 2); (A :> 1); x[B] removed 2",
        "[a |-> 1]; [a |-> 1, b |-> 2]; x.b added 2",
        "{1, 2}; {2, 3}; x changed {1, 2} -> {2, 3}",
        "{\"an element that is long\", \"an element that is longer\"}; {\"an element that is long\"}; "
                + "x removed \"an element that is longer\"",
        "{\"an element that is long\"}; {\"an element that is longer\"}; "
                + "x removed \"an element that is long\", x added \"an element that is longer\"",
        "<<1>>; <<1, 2>>; x appended 2",
        "<<1>>; <<1, 1>>; x appended 1",
        "<<1, 1>>; <<1>>; x removed first 1",
        "<<1, 2, 3>>; <<2, 3>>; x removed first 1",
        "<<1, 2, 3>>; <<2, 3, 4>>; x changed <<1, 2, 3>> -> <<2, 3, 4>>",
        "<<[n |-> 1], [n |-> 2]>>; <<[n |-> 2], [n |-> 3]>>; x removed first [n |-> 1], x appended [n |-> 3]",
        "<<1, 2, 3>>; <<1, 3>>; x[2] removed 2",
        "<<1, 3>>; <<1, 2, 3>>; x[2] inserted 2",
        "<<[n |-> 1], [n |-> 2], 3>>; <<3>>; x removed first [n |-> 1], x removed first [n |-> 2]",
        "<<>>; <<0, 0>>; x changed <<>> -> <<0, 0>>",
        "<<>>; [a |-> 1]; x.a added 1",
        "<<5>>; (1 :> 5 @@ 7 :> 6); x[7] added 6",
        "<<[a |-> 1, b |-> 1]>>; <<[a |-> 1, b |-> 2]>>; x[1].b changed 1 -> 2",
        "<<[a |-> 1], [a |-> 1]>>; <<[a |-> 1]>>; x removed first [a |-> 1]",
        "<<[a |-> 1]>>; <<[a |-> 1], [a |-> 1]>>; x appended [a |-> 1]",
        "<<[a |-> 1], [a |-> 2], [a |-> 3]>>; <<[a |-> 1], [a |-> 4], [a |-> 3]>>; x[2].a changed 2 -> 4",
        "<<[a |-> 1], [a |-> 2]>>; <<[a |-> 1], [a |-> 9], [a |-> 2]>>; x[2] inserted [a |-> 9]",
        "<<[a |-> 1], [a |-> 2], [a |-> 3]>>; <<[a |-> 1], [a |-> 3]>>; x[2] removed [a |-> 2]",
        "<<[a |-> 1], [a |-> 2]>>; <<[a |-> 5]>>; x[1].a changed 1 -> 5, x[2] removed [a |-> 2]",
        "(<<A>> :> 5); (<<A>> :> 6); x[<<A>>] changed 5 -> 6",
        "<<>>; {}; x changed <<>> -> {}",
        "NULL; [a |-> 1]; x changed NULL -> [a |-> 1]"
    })
    void changesAreFoundInDepth(String before, String after, String expected) {
        List<Change> changes = Difference.between(state(TlaParser.parse(before)), state(TlaParser.parse(after)));
        assertThat(changes.stream().map(DifferenceTest::text).toList())
                .isEqualTo(List.of(expected.split(", x")).stream()
                .map(part -> part.startsWith("x") ? part : "x" + part)
                .toList());
    }

    @ParameterizedTest
    @CsvSource({"12, 12", "13, 1"})
    void manyDifferencesInOneSequenceAreOneChange(int added, int changes) {
        String records = "[a |-> 1], ".repeat(added - 1) + "[a |-> 1]";
        assertThat(Difference.between(
                        state(TlaParser.parse("<<>>")), state(TlaParser.parse("<<" + records + ">>"))))
                .hasSize(changes);
    }

    @Property
    void equalStatesHaveNoChangesAndOthersHaveSome(@ForAll TlaValue first, @ForAll TlaValue second) {
        assertThat(Difference.between(state(first), state(first))).isEmpty();
        assertThat(Difference.between(state(first), state(second)).isEmpty()).isEqualTo(first.equals(second));
    }

    @Property
    void gapsLeadFromOneSequenceToTheOther(@ForAll List<TlaValue> before, @ForAll List<TlaValue> after) {
        List<TlaValue> patched = new ArrayList<>();
        int place = 0;
        for (Alignment.Gap gap : Alignment.gaps(before, after)) {
            patched.addAll(before.subList(place, gap.from()));
            patched.addAll(after.subList(gap.to(), gap.to() + gap.inserted()));
            place = gap.from() + gap.removed();
        }
        patched.addAll(before.subList(place, before.size()));
        assertThat(patched).isEqualTo(after);
    }

    private static TlaValue packet(int number, TlaValue content) {
        SequencedMap<String, TlaValue> fields = new LinkedHashMap<>();
        fields.put("number", new TlaValue.Int(number));
        fields.put("content", content);
        return new TlaValue.Rec(fields);
    }

    @Property
    void queueThatMovesOnIsNotTakenForAChangeOfAll(@ForAll List<TlaValue> queue) {
        List<TlaValue> numbered = new ArrayList<>();
        for (int i = 0; i < queue.size(); i++) {
            numbered.add(packet(i, queue.get(i)));
        }
        numbered.add(packet(queue.size(), new TlaValue.Bool(true)));
        List<TlaValue> moved = new ArrayList<>(numbered.subList(1, numbered.size()));
        moved.add(packet(queue.size() + 1, new TlaValue.Bool(true)));
        assertThat(Difference.between(state(new TlaValue.Sequence(numbered)), state(new TlaValue.Sequence(moved))))
                .extracting(Change::what)
                .containsExactlyElementsOf(
                        queue.isEmpty()
                                ? List.of(Change.What.CHANGED)
                                : List.of(Change.What.FIRST_REMOVED, Change.What.APPENDED));
    }
}
