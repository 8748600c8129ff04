package org.netchannel.specs.coverage;

import java.util.Comparator;

/**
 * Where an expression stands in a module. Lines and columns count from 1, the last ones included.
 *
 * @param module name of the module
 * @param line its first line
 * @param column column of its first character
 * @param lastLine its last line
 * @param lastColumn column of its last character
 */
public record Place(String module, int line, int column, int lastLine, int lastColumn) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::module)
            .thenComparingInt(Place::line)
            .thenComparingInt(Place::column)
            .thenComparing(Place::lastLine, Comparator.reverseOrder())
            .thenComparing(Place::lastColumn, Comparator.reverseOrder());

    /** Whether another place is inside this one. */
    boolean contains(Place other) {
        boolean after = other.line > line || other.line == line && other.column >= column;
        boolean before = other.lastLine < lastLine || other.lastLine == lastLine && other.lastColumn <= lastColumn;
        return module.equals(other.module) && after && before;
    }

    // What contains another comes before it.
    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return module + ".tla:" + line + ":" + column;
    }
}
