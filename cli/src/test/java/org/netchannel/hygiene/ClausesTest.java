package org.netchannel.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netchannel.hygiene.ClauseTable.Column;

/** Specification, implementations, tests and drills are in step with the clauses of protocol.md. */
class ClausesTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/clauses.md");

    /** Clauses that a column lacks for a reason. */
    private static final Map<Column, Set<String>> EXPLAINED = Map.of();

    private static ClauseTable table;

    @BeforeAll
    static void read() {
        table = new ClauseTable(ROOT);
    }

    @ParameterizedTest
    @EnumSource
    void everyClauseHasAPlace(Column column) {
        assertThat(table.missing(column)).isEqualTo(EXPLAINED.getOrDefault(column, Set.of()));
    }

    @Test
    void everyIdThatIsCitedIsAClause() {
        assertThat(table.undefined()).isEmpty();
        assertThat(table.clauses()).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    }

    @Test
    void pageSaysWhereEachClauseStands() throws IOException {
        if (Boolean.getBoolean("clauses.write")) {
            Files.writeString(PAGE, table.page());
        }
        assertThat(PAGE).as("write it anew with -Dclauses.write=true").hasContent(table.page());
    }

    @Test
    void gapsAndUnknownIdsAreFound(@TempDir Path root) throws IOException {
        for (Column column : Column.values()) {
            Files.createDirectories(root.resolve(column.folder()));
        }
        Files.createDirectories(root.resolve("docs"));
        Files.writeString(root.resolve("docs/protocol.md"), "- **NC-A-1** one\n- **NC-A-2** two, see NC-A-9\n");
        Files.writeString(root.resolve(Column.REFERENCE.folder()).resolve("A.java"), "/** NC-A-1, NC-A-3. */\n");
        ClauseTable broken = new ClauseTable(root);
        assertThat(broken.missing(Column.REFERENCE)).containsExactly("NC-A-2");
        assertThat(broken.missing(Column.TESTS)).containsExactly("NC-A-1", "NC-A-2");
        assertThat(broken.undefined()).containsExactly("NC-A-3");
        assertThat(broken.page()).contains("| NC-A-1 |  | [A](../reference/src/main/A.java) |  |  |  |\n");
    }
}
