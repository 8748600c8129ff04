package org.netchannel.specs.value;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.domains.DomainContextBase;
import net.jqwik.api.Provide;

/** Random TLA+ values in canonical form: a function that is a sequence or a record is generated as one. */
final class TlaValues extends DomainContextBase {
    @Provide
    Arbitrary<TlaValue> values() {
        return values(2).withoutEdgeCases();
    }

    @Provide
    Arbitrary<List<TlaValue>> sequences() {
        return Arbitraries.integers().between(1, 3).<TlaValue>map(TlaValue.Int::new)
                .list().ofMaxSize(8).withoutEdgeCases();
    }

    private static Arbitrary<TlaValue> values(int depth) {
        if (depth == 0) {
            return atoms();
        }
        Arbitrary<TlaValue> inner = values(depth - 1);
        return Arbitraries.oneOf(
                atoms(),
                inner.list().ofMaxSize(4).map(TlaValue.Sequence::new),
                inner.set().ofMaxSize(4).map(set -> new TlaValue.SetOf(new LinkedHashSet<>(set))),
                functions(names().map(TlaValue.Str::new), inner),
                functions(Arbitraries.oneOf(atoms(), inner.list().ofMaxSize(2).map(TlaValue.Sequence::new)), inner));
    }

    private static Arbitrary<TlaValue> functions(Arbitrary<? extends TlaValue> keys, Arbitrary<TlaValue> values) {
        return Arbitraries.maps(keys, values).ofMinSize(1).ofMaxSize(4).map(TlaValues::function);
    }

    private static TlaValue function(Map<? extends TlaValue, TlaValue> map) {
        SequencedMap<TlaValue, TlaValue> mapping = new LinkedHashMap<>(map);
        boolean onlyStrings = map.keySet().stream().allMatch(TlaValue.Str.class::isInstance);
        boolean onlyNames = map.keySet().stream()
                .allMatch(key -> key instanceof TlaValue.Str(String name) && name.matches("[a-z][a-zA-Z]*"));
        // A string that is no identifier can't be told from the text of a record.
        return TlaValue.function(onlyStrings && !onlyNames ? new LinkedHashMap<>(Map.of(
                new TlaValue.Bool(true), map.values().iterator().next())) : mapping);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().withCharRange('a', 'z').withChars('A', 'Z').ofMinLength(1).ofMaxLength(6)
                .map(name -> "f" + name);
    }

    private static Arbitrary<TlaValue> atoms() {
        return Arbitraries.oneOf(
                Arbitraries.of(true, false).map(TlaValue.Bool::new),
                Arbitraries.integers().map(TlaValue.Int::new),
                Arbitraries.strings().ascii().ofMaxLength(6).map(TlaValue.Str::new),
                names().map(name -> new TlaValue.ModelValue("m_" + name + "1")));
    }
}
