package org.netchannel.specs.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Domain(DomainContext.Global.class)
@Domain(TlaValues.class)
class TlaParserTest {
    @Property
    void whatIsPrintedIsReadBack(@ForAll TlaValue value) {
        assertThat(TlaParser.parse(value.toString())).isEqualTo(value);
    }

    @Property
    void lineBreaksBetweenPartsDoNotMatter(@ForAll TlaValue value) {
        // TLC breaks long values after commas and around the pairs of a function.
        String broken = value.toString()
                .replaceAll(", (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", ",\n   ")
                .replaceAll(" @@ (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", " @@\n  ");
        if (!value.toString().contains("\\\"")) {
            assertThat(TlaParser.parse(broken)).isEqualTo(value);
        }
    }

    @Property
    void damagedTextIsReadOrRefusedInOneLine(@ForAll TlaValue value, @ForAll long seed) {
        String damaged = damage(value.toString(), new Random(seed));
        try {
            TlaParser.parse(damaged);
        } catch (TlaSyntaxException e) {
            assertThat(e.getMessage()).startsWith("expected ").contains(" at character ");
        }
    }

    private static String damage(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        damaged.setCharAt(random.nextInt(text.length()), "[]{}()<>\"\\,:@|0a ".charAt(random.nextInt(17)));
        return damaged.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "1..3; {1, 2, 3}",
        "-1..1; {-1, 0, 1}",
        "1..1000000; 1..1000000",
        "<< >>; <<>>",
        "(1 :> a @@ 2 :> b); <<a, b>>",
        "(2 :> b @@ 1 :> a); <<a, b>>",
        "(2 :> b); (2 :> b)",
        "(\"x\" :> 1 @@ \"y\" :> 2); [x |-> 1, y |-> 2]",
        "[two words |-> 1]; [two words |-> 1]",
        "\"a \\\"b\\\" \\\\ c\"; \"a \\\"b\\\" \\\\ c\"",
        "{ }; {}",
        "-2147483648; -2147483648"
    })
    void formsOfTlcAreReadAsTheValueTheyMean(String text, String canonical) {
        assertThat(TlaParser.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "[", "[]", "[a |-> ]", "<<1, >>", "<<1", "{1 2}", "(1 :> 2", "(1 @@ 2)", "\"open", "1 2", "SUBSET {1}",
        "2147483648", "-", "1..", "[a |-> 1", "[a 1]", "..", "<1>"
    })
    void whatIsNoValueIsRefused(String text) {
        assertThatThrownBy(() -> TlaParser.parse(text)).isInstanceOf(TlaSyntaxException.class);
        assertThat(TlaParser.parseOrKeep(text)).isEqualTo(new TlaValue.Unread(text));
    }

    @ParameterizedTest
    @CsvSource({"200, true", "201, false"})
    void nestingIsBounded(int levels, boolean legal) {
        String text = "{".repeat(levels - 1) + "1" + "}".repeat(levels - 1);
        if (legal) {
            assertThat(TlaParser.parse(text)).hasToString(text);
        } else {
            assertThatThrownBy(() -> TlaParser.parse(text)).hasMessageContaining("at most 200 levels");
        }
    }

    @Example
    void neighboursDoNotCountAsLevels() {
        String text = "<<" + "{1}, ".repeat(500) + "{1}>>";
        assertThat(TlaParser.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"1..1000, true", "0..999, true", "1..1001, false"})
    void intervalIsASetUpToAThousandElements(String text, boolean isSet) {
        assertThat(TlaParser.parse(text) instanceof TlaValue.SetOf(var elements) && elements.size() == 1_000)
                .isEqualTo(isSet);
    }

    @Example
    void errorNamesThePlaceAndWhatIsThere() {
        assertThatThrownBy(() -> TlaParser.parse("<<1, ?>>"))
                .hasMessage("expected a value at character 5, found '?>>'");
        assertThatThrownBy(() -> TlaParser.parse("<<1, ")).hasMessage("expected a value at character 5, found the end");
    }

    @Example
    void setsAreEqualWhateverTheOrder() {
        assertThat(TlaParser.parse("{1, {2, 3}}")).isEqualTo(TlaParser.parse("{{3, 2}, 1}"));
        assertThat(TlaParser.parse("[a |-> 1, b |-> 2]")).isEqualTo(TlaParser.parse("[b |-> 2, a |-> 1]"));
    }
}
