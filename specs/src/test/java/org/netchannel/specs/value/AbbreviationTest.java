package org.netchannel.specs.value;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Domain(DomainContext.Global.class)
@Domain(TlaValues.class)
class AbbreviationTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "40; [a |-> [b |-> <<1, 2>>], c |-> 3]",
        "33; [a |-> [b |-> <<1, 2>>], c |-> 3]",
        "32; [a |-> [b |-> <<…>>], c |-> 3]",
        "26; [a |-> […], c |-> 3]",
        "10; [a |-> [b…"
    })
    void deepestPartsGoFirst(int longest, String text) {
        assertThat(TlaParser.parse("[a |-> [b |-> <<1, 2>>], c |-> 3]").text(longest)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "(1 :> (A :> <<{333}, {}>>) @@ 9 :> {4}); 37; (1 :> (A :> <<{…}, {}>>) @@ 9 :> {4})",
        "(1 :> (A :> <<{333}, {}>>) @@ 9 :> {4}); 36; (1 :> (A :> <<…>>) @@ 9 :> {4})",
        "(1 :> (A :> <<{333}, {}>>) @@ 9 :> {4}); 25; (1 :> (…) @@ 9 :> {…})",
        "[a |-> 1, n |-> 0, f |-> FALSE, s |-> \"\", e |-> {}, q |-> <<>>]; 50; [a |-> 1, …]",
        "[a |-> 1, t |-> TRUE, m |-> A]; 29; [a |-> 1, t |-> TRUE, m |-> …"
    })
    void eachKindOfValueIsShortened(String value, int longest, String text) {
        assertThat(TlaParser.parse(value).text(longest)).isEqualTo(text);
    }

    @Property
    void textIsNeverTooLongAndWholeWhereItFits(
            @ForAll TlaValue value, @ForAll @IntRange(min = 1, max = 60) int longest) {
        String text = value.text(longest);
        assertThat(text.length()).isLessThanOrEqualTo(longest);
        assertThat(text.equals(value.toString())).isEqualTo(value.toString().length() <= longest);
    }
}
