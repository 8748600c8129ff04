package org.netchannel.bench.stack;

import java.io.IOException;

/** Something that carries bytes between two threads, to be compared with others. */
public interface Carrier {
    /**
     * Opens one connection.
     *
     * @return both ends
     * @throws IOException when it can't be opened
     */
    Pipe open() throws IOException;

    /**
     * What it is called in tables.
     *
     * @return in lower case, with hyphens
     */
    String tableName();
}
