package org.netchannel.optimized.nio;

import java.io.IOException;
import org.netchannel.optimized.PollKey;
import org.netchannel.optimized.Poller;

/** What a selection key has to know of its channel, whichever kind it is. Any thread calls. */
interface PolledChannel {
    /**
     * Registers what the channel stands for.
     *
     * @return the key, or null when there is nothing yet: it is not bound, or connect was not called
     * @throws IOException when the channel or the poller was closed
     */
    PollKey register(Poller poller, VirtualSelectionKey key) throws IOException;

    /** What to notice for these operations, in the channel's present state. */
    int interestFor(int operations);

    /** The operations that these readinesses mean. */
    int operationsFor(int readiness);

    /** The channel's selection keys. */
    SelectionKeys selectionKeys();
}
