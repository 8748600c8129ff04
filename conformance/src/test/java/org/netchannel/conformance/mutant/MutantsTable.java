package org.netchannel.conformance.mutant;

import java.util.LinkedHashMap;
import java.util.Map;

/** docs/mutants.md: every mutant, and how the kit found it. */
final class MutantsTable {
    private static final String INTRODUCTION = """
            # Broken implementations, and how the kit finds them

            Each row is the reference with one behaviour broken, put through drills, walks and scenarios as
            `./netchannel conform` does. `./netchannel test --full` fails when one is not found within a minute. The
            times are those of one run and include making the failing run smaller. To write the table anew:

                mvn -pl conformance -am test -Dtest=SourceMutantsTest -Dmutants.hunt=true -Dmutants.write=true

            | clause | race | what is broken | found by | clauses named | seconds |
            |---|---|---|---|---|---|
            """;

    private final Map<SourceMutant, String> rows = new LinkedHashMap<>();

    synchronized void add(SourceMutant mutant, String foundBy, String named, double seconds) {
        rows.put(mutant, "| %s | %s | %s | %s | %s | %.1f |".formatted(
                mutant.clause(), mutant.race(), mutant.name(), foundBy, named, seconds));
    }

    synchronized String text() {
        return INTRODUCTION + String.join("\n", rows.values()) + "\n";
    }
}
