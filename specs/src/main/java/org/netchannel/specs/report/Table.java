package org.netchannel.specs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table of text: columns as wide as their widest cell. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final String alignment;

    /**
     * A table without rows.
     *
     * @param alignment a character for each column, {@code l} or {@code r}
     */
    Table(String alignment) {
        this.alignment = alignment;
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    List<String> lines() {
        int[] widths = IntStream.range(0, alignment.length())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String space = " ".repeat(widths[column] - row.get(column).length());
            line.append(alignment.charAt(column) == 'r' ? space + row.get(column) : row.get(column) + space);
            line.append("  ");
        }
        return line.toString().stripTrailing();
    }
}
